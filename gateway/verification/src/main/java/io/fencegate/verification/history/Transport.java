package io.fencegate.verification.history;

/** How requests travel from callers to the gateway. Immutable; any thread. */
public enum Transport {
    /** As sessions do: in order, each at most once. What was refused is not accepted later. */
    STREAM,
    /** As single packets do: an old one may arrive again, after anything. */
    DATAGRAM
}
