package io.fencegate.verification.resilience;

/**
 * What became of the client's writes and its lease. Each fault ends in exactly one of these.
 *
 * <p>Immutable; any thread.
 */
enum Ending {
    /** Everything went on under the same token. */
    RESUMED,
    /** The gateway or the sequencer refused, and said why. */
    REFUSED,
    /** The lease is lost, and the client was told to whom. */
    LEASE_LOST,
    /** Writes had no answer and never will: only the journal knows. */
    IN_DOUBT,
    /** The gateway lost what it had acknowledged. */
    WRITES_LOST,
    /** The gateway has another journal, or an older one. */
    WENT_BACK,
    /** Nobody answered for as long as the client's settings allow. */
    TIMED_OUT,
    /** None of these: the laboratory waited in vain. */
    NONE
}
