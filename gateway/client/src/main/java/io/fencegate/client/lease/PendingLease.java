package io.fencegate.client.lease;

/**
 * An acquire under way, which survives a lost connection, a new leader, and a restart of the sequencer.
 *
 * <p>The client's thread.
 */
public final class PendingLease {
    PendingLease() {}

    /** Whether the outcome is known. @return true from then on */
    public boolean isDone() {
        return false;
    }

    /**
     * The lease.
     *
     * @return as granted
     * @throws IllegalStateException if it is not done
     * @throws io.fencegate.client.error.DeniedException if somebody else holds it, and it was not to be waited for
     * @throws io.fencegate.client.error.WaitTimedOutException if it did not come free in time
     * @throws io.fencegate.client.error.WaitCancelledException if it was cancelled
     * @throws io.fencegate.client.error.LeaseLostException if it came free, and ended again before this client knew
     * @throws io.fencegate.client.error.LeaseRefusedException if the sequencer refuses for another reason
     * @throws io.fencegate.client.error.NotReachableException if the sequencer did not answer in time
     */
    public Lease lease() {
        throw new UnsupportedOperationException();
    }

    /** Place in the queue as last told. @return from 1; 0 if not in the queue */
    public int place() {
        return 0;
    }

    /** Gives up. The lease may have been granted just before: so {@link #lease()} tells once it is done. */
    public void cancel() {
        throw new UnsupportedOperationException();
    }
}
