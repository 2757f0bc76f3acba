package io.fencegate.client.session.lease;

/**
 * What there is to tell of a kept lease.
 *
 * <p>Immutable; any thread.
 */
public enum KeeperNews {
    /** Nothing. */
    NONE,
    /** The sequencer confirmed the lease, and by our clock it still runs. */
    RENEWED,
    /** A third of the TTL is left, or less, since the last confirmed renewal. */
    DANGER,
    /** The TTL has passed since the last confirmed renewal was sent. */
    UNCONFIRMED,
    /** The lease is lost, for good. */
    LOST
}
