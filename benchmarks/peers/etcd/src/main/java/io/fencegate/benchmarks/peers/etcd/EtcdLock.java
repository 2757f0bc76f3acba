package io.fencegate.benchmarks.peers.etcd;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.Lease;
import io.etcd.jetcd.Lock;
import io.etcd.jetcd.lease.LeaseKeepAliveResponse;
import io.etcd.jetcd.lock.LockResponse;
import io.etcd.jetcd.support.CloseableClient;
import io.fencegate.benchmarks.peers.load.PeerLock;
import io.grpc.stub.StreamObserver;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * etcd's lock service: a key under the client's lease, which is kept alive as long as the lock may be wanted. The number
 * of a grant is the store's revision at that moment; the key of each later grant is a later change.
 */
final class EtcdLock implements PeerLock {
    private static final long TTL_S = 60;
    private static final long TRY_MS = 300;

    private final Lock locks;
    private final Lease leases;
    private final ByteSequence name;
    private final long lease;
    private final CloseableClient alive;
    private ByteSequence key;

    EtcdLock(final Client client, final ByteSequence name) throws Exception {
        locks = client.getLockClient();
        leases = client.getLeaseClient();
        this.name = name;
        lease = EtcdPeer.await(leases.grant(TTL_S)).getID();
        alive = leases.keepAlive(lease, new Unheard());
    }

    @Override
    public long acquire() throws Exception {
        return held(EtcdPeer.await(locks.lock(name, lease)));
    }

    @Override
    public OptionalLong tryAcquire() throws Exception {
        // A lease for this attempt alone: the queue forgets who stops waiting when that is revoked.
        final long attempt = EtcdPeer.await(leases.grant(TTL_S)).getID();
        try {
            return OptionalLong.of(held(locks.lock(name, attempt).get(TRY_MS, TimeUnit.MILLISECONDS)));
        } catch (final TimeoutException stillHeld) {
            EtcdPeer.await(leases.revoke(attempt));
            return OptionalLong.empty();
        }
    }

    private long held(final LockResponse granted) {
        key = granted.getKey();
        return granted.getHeader().getRevision();
    }

    @Override
    public void release() throws Exception {
        EtcdPeer.await(locks.unlock(key));
    }

    @Override
    public void close() {
        alive.close();
        leases.revoke(lease);
    }

    /** That the lease lives on is nothing to act on. */
    private static final class Unheard implements StreamObserver<LeaseKeepAliveResponse> {
        @Override
        public void onNext(final LeaseKeepAliveResponse kept) {
            // As it should be.
        }

        @Override
        public void onError(final Throwable cause) {
            // A lost lease is told by the unlock that finds no key, or by a number that does not rise.
        }

        @Override
        public void onCompleted() {
            // The lock was closed.
        }
    }
}
