package io.fencegate.client;

import io.fencegate.client.session.HeldLease;
import io.fencegate.core.grant.Grant;
import java.time.Duration;
import java.util.List;

/**
 * A client of sequencer and gateway.
 *
 * <p>Not thread-safe: one client and its writers belong to one thread.
 */
public final class FencegateClient implements AutoCloseable {
    FencegateClient() {}

    public static FencegateClient connect(final ClientConfig config) {
        throw new UnsupportedOperationException();
    }

    public long clientId() {
        throw new UnsupportedOperationException();
    }

    /** wait zero: do not wait; throws DeniedException, WaitTimedOutException, LeaseRefusedException, NotReachable. */
    public Lease acquire(final String resource, final Duration ttl, final Duration wait) {
        throw new UnsupportedOperationException();
    }

    public Lease renew(final Grant grant, final Duration ttl) {
        throw new UnsupportedOperationException();
    }

    public void release(final Grant grant) {
        throw new UnsupportedOperationException();
    }

    public List<HeldLease> leases(final String prefix) {
        throw new UnsupportedOperationException();
    }

    public FencedWriter open(final Grant grant) {
        throw new UnsupportedOperationException();
    }

    public LastRecord read(final String resource) {
        throw new UnsupportedOperationException();
    }

    /** Keeps the sessions alive while nothing else is called. */
    public int poll() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
