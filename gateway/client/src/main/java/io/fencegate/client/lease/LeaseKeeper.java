package io.fencegate.client.lease;

/**
 * Renews a lease at a third of its TTL until it is closed or the lease is lost, whenever the client is polled.
 *
 * <p>The client's thread.
 */
public final class LeaseKeeper implements AutoCloseable {
    LeaseKeeper() {}

    /** The lease as last confirmed. @return with the newest seal */
    public Lease lease() {
        throw new UnsupportedOperationException();
    }

    /** Whether it is still kept. @return false once it is lost or this keeper is closed */
    public boolean isKeeping() {
        return false;
    }

    /** Whether the last confirmed renewal covers the present, by this process's clock. @return true if so */
    public boolean isConfirmed() {
        return false;
    }

    /** Stops keeping, and ends the lease. @return the release under way */
    public PendingRelease release() {
        throw new UnsupportedOperationException();
    }

    /** Stops keeping: the lease runs on until its time is over. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
