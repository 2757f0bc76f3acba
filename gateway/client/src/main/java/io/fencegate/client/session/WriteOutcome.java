package io.fencegate.client.session;

/**
 * What became of a write that was sent.
 *
 * <p>Immutable; any thread.
 */
public enum WriteOutcome {
    /** It is durable at the gateway's level. */
    ACCEPTED,
    /** The gateway answered that it refuses it. */
    REFUSED,
    /** It had no answer when its session ended; it was not accepted and never will be. */
    LOST,
    /** It had no answer, and the resource cannot be opened again: only the journal knows. */
    IN_DOUBT
}
