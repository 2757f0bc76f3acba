package io.fencegate.verification.history;

/**
 * What an event of a history is about, and which of its fields it fills. A field that is not named here stays 0 or empty,
 * except {@code clientId} and {@code resource}, which an event may always tell.
 *
 * <p>Callers tell of calls and of their ends: a call and its end share {@code actor} and {@code op}. Sequencer and gateway
 * tell of what they decide, where it can be seen. What survived in the journal stands at the end.
 *
 * <p>Immutable; any thread.
 */
public enum EventKind {
    /** A caller asks for a lease: op, resource, clientId. */
    ACQUIRE_CALLED,
    /** What it was told in the end (QUEUED is no end): op, word (a lease verdict or UNANSWERED), token if GRANTED. */
    ACQUIRE_ENDED,
    /** A holder gives its lease back: op, resource, clientId, token. */
    RELEASE_CALLED,
    /** What it was told: op, word. */
    RELEASE_ENDED,
    /** An operator revokes: op, resource, clientId (the operator's), token (of the lease that is to end). */
    REVOKE_CALLED,
    /** What the operator was told: op, word, token (the operator's fresh one) if REVOKED. */
    REVOKE_ENDED,
    /** A holder was told, or found out, that its lease is gone: resource, clientId, token, word (the reason). */
    LEASE_LOST,
    /** A caller opens at the gateway: op, resource, clientId, token. */
    OPEN_CALLED,
    /**
     * What it was told: op, word (OPENED, a verdict, UNANSWERED). OPENED tells sequence (S), crc (the running CRC over the
     * current token's records), generation and position of the last accepted record of the resource; a refusal tells the
     * fence.
     */
    OPEN_ENDED,
    /** A caller writes: op, resource, clientId, token, sequence, crc (of the payload). */
    WRITE_CALLED,
    /**
     * What it was told: op, word (ACCEPTED, DUPLICATE, a verdict, IN_DOUBT, UNANSWERED), generation and position of the
     * record if it was told them, fence if it was told one.
     */
    WRITE_ENDED,
    /** A caller reads: op, resource. */
    READ_CALLED,
    /** What it was told: op, word (FOUND, NO_RECORD, a verdict, UNANSWERED); of the record: token, sequence, crc, generation, position. */
    READ_ENDED,
    /** The actor is gone: its calls that have not ended never will. */
    CRASHED,

    /** A leader of the sequencer began a term: token (the term, a bare number). */
    TERM_BEGAN,
    /** The sequencer lives again from nothing: position (the number of the life; the first is 0 or 1 and may go untold). */
    LIFE_BEGAN,
    /**
     * The sequencer's cluster lost a suffix of its log that it had acknowledged: word (FLOOR_RAISED if a raised floor was
     * in it; any other word: none was; empty: nobody knows).
     */
    SUFFIX_LOST,
    /** The sequencer raised its floor: token (the one that was proven). */
    FLOOR_RAISED,
    /**
     * The sequencer decided a new grant, told once whatever its number of nodes: resource, clientId, token; op of the call
     * that asked for it, if known; word REVOKED for an operator's token, which has no lease.
     */
    ISSUED,
    /** A lease ended at the sequencer, before the next one is ISSUED: resource, clientId, token, word (a lease end). */
    LEASE_ENDED,

    /** A gateway raised a fence, and appended that: resource, token, clientId, generation, position (of its record). */
    FENCE_RAISED,
    /** The holder of the fence took over from its own older session: resource, token, clientId. */
    OPEN_TAKEN,
    /** A raised fence is on disk: resource, token. */
    FENCE_SYNCED,
    /** An OPENED left the gateway: resource, token, clientId, sequence (S). */
    OPEN_ANSWERED,
    /** A write was appended: resource, token, sequence, crc, generation, position. */
    APPENDED,
    /** The journal is on disk up to here: position. */
    JOURNAL_SYNCED,
    /**
     * A gateway (the actor) came back, and has done nothing yet in this run: generation (the new one), position (of the
     * last record that it found and keeps).
     */
    RECOVERED,
    /** Something was done to the actor: word (a {@link Fault}, or any other). */
    FAULT,
    /** Faults have stopped: from here on things are to get well. */
    HEALED,

    /** A journal was read to its end when all was over: what follows of this actor is all that it holds. */
    JOURNAL_READ,
    /** The journal holds this fence at the end: resource, token, clientId, generation, position. In order of position. */
    JOURNALED_FENCE,
    /** The journal holds this write at the end: resource, token, sequence, crc, generation, position. In order of position. */
    JOURNALED_WRITE;

    private static final String CALLED = "_CALLED";
    private static final String ENDED = "_ENDED";

    /**
     * Whether a caller begins something with this event.
     *
     * @return true for ACQUIRE_CALLED and its like
     */
    public boolean isCall() {
        return name().endsWith(CALLED);
    }

    /**
     * Whether a caller's call ends with this event.
     *
     * @return true for ACQUIRE_ENDED and its like
     */
    public boolean isEnd() {
        return name().endsWith(ENDED) && this != LEASE_ENDED;
    }

    /**
     * Whether this is what is found in a journal when all is over.
     *
     * @return true for JOURNALED_FENCE and JOURNALED_WRITE
     */
    public boolean isJournaled() {
        return this == JOURNALED_FENCE || this == JOURNALED_WRITE;
    }
}
