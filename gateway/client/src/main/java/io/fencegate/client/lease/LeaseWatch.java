package io.fencegate.client.lease;

/**
 * A watch over leases, which goes on after a lost connection, a new leader, and a restart of the sequencer, and tells
 * where events may have been missed.
 *
 * <p>The client's thread.
 */
public final class LeaseWatch implements AutoCloseable {
    LeaseWatch() {}

    /** Whether the sequencer watches. @return false before its first answer, while it is not reached, and at the end */
    public boolean isWatching() {
        return false;
    }

    /** Ends the watch: nothing more is told. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
