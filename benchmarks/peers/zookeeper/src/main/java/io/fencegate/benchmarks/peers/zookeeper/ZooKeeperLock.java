package io.fencegate.benchmarks.peers.zookeeper;

import io.fencegate.benchmarks.peers.load.PeerLock;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.locks.InterProcessMutex;
import org.apache.curator.framework.recipes.locks.StandardLockInternalsDriver;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.data.Stat;

/**
 * Curator's mutex: an ephemeral node in a queue of nodes. The number of a grant is the transaction that made its node,
 * which the answer to its making brings along; the numbers in the nodes' names begin anew when ZooKeeper has cleared an
 * empty queue away.
 */
final class ZooKeeperLock implements PeerLock {
    private static final long ACQUIRE_S = 30;
    private static final long TRY_MS = 300;

    private final Stat made = new Stat();
    private final InterProcessMutex mutex;

    ZooKeeperLock(final CuratorFramework curator, final String path) {
        mutex = new InterProcessMutex(curator, path, new NotingDriver(made));
    }

    @Override
    public long acquire() throws Exception {
        return tryFor(TimeUnit.SECONDS.toMillis(ACQUIRE_S))
                .orElseThrow(() -> new IllegalStateException("the mutex was not granted: seconds=" + ACQUIRE_S));
    }

    @Override
    public OptionalLong tryAcquire() throws Exception {
        return tryFor(TRY_MS);
    }

    private OptionalLong tryFor(final long millis) throws Exception {
        made.setCzxid(0);
        if (!mutex.acquire(millis, TimeUnit.MILLISECONDS)) {
            return OptionalLong.empty();
        }
        if (made.getCzxid() == 0) {
            throw new IllegalStateException("the mutex came without a transaction");
        }
        return OptionalLong.of(made.getCzxid());
    }

    @Override
    public void release() throws Exception {
        mutex.release();
    }

    @Override
    public void close() {
        // What is held goes with the session.
    }

    /** Notes what the making of a node answers; else as Curator's own. */
    private static final class NotingDriver extends StandardLockInternalsDriver {
        private final Stat made;

        NotingDriver(final Stat made) {
            this.made = made;
        }

        @Override
        public String createsTheLock(final CuratorFramework client, final String path, final byte[] lockNodeBytes)
                throws Exception {
            return client.create()
                    .storingStatIn(made)
                    .creatingParentContainersIfNeeded()
                    .withProtection()
                    .withMode(CreateMode.EPHEMERAL_SEQUENTIAL)
                    .forPath(path, lockNodeBytes == null ? new byte[0] : lockNodeBytes);
        }
    }
}
