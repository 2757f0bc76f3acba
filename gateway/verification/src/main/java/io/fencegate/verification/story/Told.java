package io.fencegate.verification.story;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer, as the actor was told it: a word, and facts. Tokens and clients are told apart from other facts, as
 * stories call them by names of their own.
 *
 * <p>One thread.
 */
public final class Told {
    /** The word for no answer. */
    public static final String UNANSWERED = "UNANSWERED";

    private final String word;
    private final Map<String, Long> tokens = new LinkedHashMap<>();
    private final Map<String, Long> clients = new LinkedHashMap<>();
    private final Map<String, String> facts = new LinkedHashMap<>();
    private long generation;
    private long position;
    private int runningCrc;

    private Told(final String word) {
        this.word = word;
    }

    /**
     * Begins an answer.
     *
     * @param word the name of a verdict, or another word
     * @return the answer, without facts yet
     */
    public static Told of(final String word) {
        return new Told(word);
    }

    /**
     * Begins an answer.
     *
     * @param verdict of sequencer or gateway
     * @return the answer, without facts yet
     */
    public static Told of(final Enum<?> verdict) {
        return new Told(verdict.name());
    }

    /**
     * Adds a token.
     *
     * @param name of the fact
     * @param token or 0: none
     * @return this
     */
    public Told token(final String name, final long token) {
        tokens.put(name, token);
        return this;
    }

    /**
     * Adds a client.
     *
     * @param name of the fact
     * @param clientId or 0: none
     * @return this
     */
    public Told client(final String name, final long clientId) {
        clients.put(name, clientId);
        return this;
    }

    /**
     * Adds a fact.
     *
     * @param name of the fact
     * @param value of the fact
     * @return this
     */
    public Told fact(final String name, final Object value) {
        facts.put(name, String.valueOf(value));
        return this;
    }

    /**
     * Adds where the record stands that this answer is about.
     *
     * @param inGeneration of the record, or 0
     * @param atPosition of the record, or 0
     * @return this
     */
    public Told record(final long inGeneration, final long atPosition) {
        generation = inGeneration;
        position = atPosition;
        return fact("generation", inGeneration);
    }

    /**
     * Adds the running CRC of an OPENED.
     *
     * @param crc over the payload CRCs of the token's records
     * @return this
     */
    public Told runningCrc(final int crc) {
        runningCrc = crc;
        return this;
    }

    /** The word. @return a verdict's name, or another one */
    public String word() {
        return word;
    }

    /** A token. @param name of the fact @return 0 if it was not told */
    public long tokenOf(final String name) {
        return tokens.getOrDefault(name, 0L);
    }

    /** A number. @param name of the fact @return 0 if it was not told */
    public long numberOf(final String name) {
        return Long.parseLong(facts.getOrDefault(name, "0"));
    }

    /** Tokens by their facts' names. @return all */
    public Map<String, Long> tokens() {
        return tokens;
    }

    /** Clients by their facts' names. @return all */
    public Map<String, Long> clients() {
        return clients;
    }

    /** Other facts by their names. @return all */
    public Map<String, String> facts() {
        return facts;
    }

    /** Generation of the record. @return 0 if it was not told */
    public long generation() {
        return generation;
    }

    /** Position of the record. @return 0 if it was not told */
    public long position() {
        return position;
    }

    /** Running CRC of an OPENED. @return 0 if it was not told */
    public int runningCrc() {
        return runningCrc;
    }
}
