package io.fencegate.verification.history;

import java.util.Objects;

/**
 * Fills the fields of an event. What is not named stays 0 or empty.
 *
 * <p>One thread.
 */
public final class EventBuilder {
    final long atNs;
    final EventKind kind;
    final String actor;
    long op;
    String resource = "";
    long clientId;
    long token;
    long sequence;
    int crc;
    long generation;
    long position;
    long fence;
    String word = "";

    EventBuilder(final long atNs, final String actor, final EventKind kind) {
        if (atNs < 0 || actor.isEmpty()) {
            throw new IllegalArgumentException(
                    "an event has a time from 0 and an actor: atNs=" + atNs + " actor=" + actor);
        }
        this.atNs = atNs;
        this.actor = actor;
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    /** Sets what a call and its end share. @param value a number, unique within the actor @return this */
    public EventBuilder op(final long value) {
        op = value;
        return this;
    }

    /** Sets the resource. @param value its name @return this */
    public EventBuilder resource(final String value) {
        resource = Objects.requireNonNull(value, "resource");
        return this;
    }

    /** Sets the client. @param value its number @return this */
    public EventBuilder clientId(final long value) {
        clientId = value;
        return this;
    }

    /** Sets the token. @param value a token, or a term where the kind says so @return this */
    public EventBuilder token(final long value) {
        token = value;
        return this;
    }

    /** Sets the sequence. @param value from 1, or 0 for none @return this */
    public EventBuilder sequence(final long value) {
        sequence = value;
        return this;
    }

    /** Sets the checksum. @param value any number @return this */
    public EventBuilder crc(final int value) {
        crc = value;
        return this;
    }

    /** Sets the identity of a record. @param inGeneration from 1, or 0 for none @param atPosition of it @return this */
    public EventBuilder record(final long inGeneration, final long atPosition) {
        generation = inGeneration;
        position = atPosition;
        return this;
    }

    /** Sets the generation. @param value from 1, or 0 for none @return this */
    public EventBuilder generation(final long value) {
        generation = value;
        return this;
    }

    /** Sets the position. @param value of a record, or a count @return this */
    public EventBuilder position(final long value) {
        position = value;
        return this;
    }

    /** Sets the fence that an answer told. @param value a token, or 0 for none @return this */
    public EventBuilder fence(final long value) {
        fence = value;
        return this;
    }

    /** Sets the word. @param value an outcome, a reason, a fault @return this */
    public EventBuilder word(final String value) {
        word = Objects.requireNonNull(value, "word");
        return this;
    }

    /** Sets the word. @param constant a verdict, a fault @return this */
    public EventBuilder word(final Enum<?> constant) {
        return word(constant.name());
    }

    /** Ends the building. @return the event */
    public Event build() {
        return new Event(this);
    }
}
