package io.fencegate.verification.checker.fact;

/** What a history can break. Immutable; any thread. */
public enum Property {
    /** Uniqueness: no two grants bear the same token, and a gateway binds a token to one client. */
    S1,
    /** Monotonic sequence: if one grant is answered before another is asked for, its token is lower. */
    S2,
    /** Fencing: per resource, tokens in journal order never fall, and nothing below a fence that was told is accepted. */
    S3,
    /** Exactly once: per resource and token, accepted sequences are 1, 2, 3 … */
    S4,
    /** Durability: what was told of survives what its level survives, with the bytes that were sent. */
    S5,
    /** No forgery: with a key, no fence rises but by a grant of the sequencer. */
    S6,
    /** Who asks for a lease and does not crash gets an answer. */
    L1,
    /** The holder of the newest token can open and write. */
    L2,
    /** One lease a resource: the sequencer grants none before the one before it has ended. */
    EXCLUSION,
    /** What a caller was told was refused is not in the journal. */
    REFUSAL,
    /** Opens, writes and reads of a resource happen as if one after the other. */
    LINEARIZABILITY
}
