package io.fencegate.client.session.lease;

/**
 * What there is to tell of a watch.
 *
 * <p>Immutable; any thread.
 */
public enum WatchNews {
    /** Nothing. */
    NONE,
    /** Something happened to a lease. */
    EVENT,
    /** Events may have been missed. */
    GAP,
    /** The sequencer watches (again). */
    WATCHING,
    /** The sequencer refuses. */
    REFUSED
}
