package io.fencegate.verification.history;

import java.util.Objects;

/**
 * One thing that was observed. Which fields are filled, and what they mean, {@link EventKind} says; the others are 0 or
 * empty.
 *
 * <p>Immutable; any thread.
 */
public final class Event {
    private final long atNs;
    private final EventKind kind;
    private final String actor;
    private final long op;
    private final String resource;
    private final long clientId;
    private final long token;
    private final long sequence;
    private final int crc;
    private final long generation;
    private final long position;
    private final long fence;
    private final String word;

    Event(final EventBuilder from) {
        atNs = from.atNs;
        kind = from.kind;
        actor = from.actor;
        op = from.op;
        resource = from.resource;
        clientId = from.clientId;
        token = from.token;
        sequence = from.sequence;
        crc = from.crc;
        generation = from.generation;
        position = from.position;
        fence = from.fence;
        word = from.word;
    }

    /**
     * Begins an event.
     *
     * @param atNs when it was observed, in nanoseconds since the history's beginning, not negative
     * @param actor who does it, or to whom it is done: a client, a node, a gateway; not empty
     * @param kind of event
     * @return a builder for the rest
     */
    public static EventBuilder at(final long atNs, final String actor, final EventKind kind) {
        return new EventBuilder(atNs, actor, kind);
    }

    /** When it was observed. @return nanoseconds since the history's beginning */
    public long atNs() {
        return atNs;
    }

    /** What it is about. @return the kind */
    public EventKind kind() {
        return kind;
    }

    /** Who did it, or to whom it was done. @return a name */
    public String actor() {
        return actor;
    }

    /** What a call and its end share, within an actor. @return a number; 0: none */
    public long op() {
        return op;
    }

    /** The resource. @return its name; empty: none */
    public String resource() {
        return resource;
    }

    /** The client. @return its number; 0: none */
    public long clientId() {
        return clientId;
    }

    /** The token. @return a token, or a bare term where the kind says so; 0: none */
    public long token() {
        return token;
    }

    /** The sequence. @return from 1; 0: none */
    public long sequence() {
        return sequence;
    }

    /** The checksum of a payload, or the running CRC where the kind says so. @return any number; 0: none, or it is 0 */
    public int crc() {
        return crc;
    }

    /** The generation of a record. @return from 1; 0: none */
    public long generation() {
        return generation;
    }

    /** The position of a record, or a count where the kind says so. @return from 0 */
    public long position() {
        return position;
    }

    /** The fence that an answer told. @return a token; 0: none */
    public long fence() {
        return fence;
    }

    /** An outcome, a reason, a fault. @return a word; empty: none */
    public String word() {
        return word;
    }

    /**
     * Whether the word is the name of a constant.
     *
     * @param constant a verdict, a fault
     * @return true if so
     */
    public boolean says(final Enum<?> constant) {
        return word.equals(constant.name());
    }

    @Override
    public boolean equals(final Object object) {
        return object instanceof Event other
                && atNs == other.atNs
                && kind == other.kind
                && actor.equals(other.actor)
                && op == other.op
                && resource.equals(other.resource)
                && clientId == other.clientId
                && token == other.token
                && sequence == other.sequence
                && crc == other.crc
                && generation == other.generation
                && position == other.position
                && fence == other.fence
                && word.equals(other.word);
    }

    @Override
    public int hashCode() {
        return Objects.hash(atNs, kind, actor, op, resource, token, sequence, position, word);
    }

    /** The event as one line of text. @return what {@link EventText#parse} reads */
    @Override
    public String toString() {
        return EventText.print(this);
    }
}
