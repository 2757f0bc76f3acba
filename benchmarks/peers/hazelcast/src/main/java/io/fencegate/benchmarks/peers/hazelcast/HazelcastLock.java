package io.fencegate.benchmarks.peers.hazelcast;

import com.hazelcast.cp.lock.FencedLock;
import io.fencegate.benchmarks.peers.load.PeerLock;
import java.util.OptionalLong;

/** The CP subsystem's lock; the number of a grant is its fence. Held by a thread of a client. */
final class HazelcastLock implements PeerLock {
    private final FencedLock lock;

    HazelcastLock(final FencedLock lock) {
        this.lock = lock;
    }

    @Override
    public long acquire() {
        return lock.lockAndGetFence();
    }

    @Override
    public OptionalLong tryAcquire() {
        final long fence = lock.tryLockAndGetFence();
        return fence == FencedLock.INVALID_FENCE ? OptionalLong.empty() : OptionalLong.of(fence);
    }

    @Override
    public void release() {
        lock.unlock();
    }

    @Override
    public void close() {
        // What is held goes with the client's session.
    }
}
