package io.fencegate.client.lease;

/**
 * A release under way, which survives a lost connection, a new leader, and a restart of the sequencer.
 *
 * <p>The client's thread.
 */
public final class PendingRelease {
    PendingRelease() {}

    /** Whether the outcome is known. @return true from then on */
    public boolean isDone() {
        return false;
    }

    /**
     * Throws what went wrong.
     *
     * @throws IllegalStateException if it is not done
     * @throws io.fencegate.client.error.LeaseLostException if the lease had ended before
     * @throws io.fencegate.client.error.LeaseRefusedException if the sequencer refuses for another reason
     * @throws io.fencegate.client.error.NotReachableException if the sequencer did not answer in time
     */
    public void check() {
        throw new UnsupportedOperationException();
    }
}
