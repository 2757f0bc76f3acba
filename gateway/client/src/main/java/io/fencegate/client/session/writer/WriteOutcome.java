package io.fencegate.client.session.writer;

/**
 * What became of a write that was offered.
 *
 * <p>Immutable; any thread.
 */
public enum WriteOutcome {
    /** It is durable at the gateway's level. */
    ACCEPTED,
    /** It was refused, or never sent, or sent behind a refused one: nothing was written. */
    REFUSED,
    /** It had no answer, and the resource cannot be opened again: only the journal knows. */
    IN_DOUBT,
    /** Nothing could be settled in time: opening the writer again tells what became of it. */
    TIMED_OUT
}
