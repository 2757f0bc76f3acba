package io.fencegate.benchmarks.peers.load;

import java.util.List;
import java.util.OptionalLong;

/**
 * A client that acquires a lock and gives it back, over and over, and a second one that must not get it meanwhile. Each
 * grant's number must be higher than all before, whoever got it. One thread at a time.
 */
public final class LockLoad implements AutoCloseable {
    private final PeerLock first;
    private final PeerLock second;
    private final ClosedLoop loop;
    private long highest = Long.MIN_VALUE;

    /**
     * Acquires nothing yet.
     *
     * @param first whose turns are measured; belongs to the caller, as the other one does
     * @param second the same lock as another client sees it
     */
    public LockLoad(final PeerLock first, final PeerLock second) {
        this.first = first;
        this.second = second;
        loop = new ClosedLoop(List.of(this::turn));
    }

    /**
     * Shows that the lock excludes: the second client is refused while the first holds it, and the other way round.
     *
     * @throws WrongReplyException if both hold it, or a later grant is not higher
     * @throws Exception if there is another answer, or none
     */
    public void contend() throws Exception {
        rise(first.acquire());
        mustBeRefused(second);
        first.release();
        final OptionalLong free = second.tryAcquire();
        if (free.isEmpty()) {
            throw new WrongReplyException("a lock that nobody holds was refused");
        }
        rise(free.getAsLong());
        mustBeRefused(first);
        second.release();
        turn();
    }

    /**
     * Measures one block; an exchange is acquire and release.
     *
     * @param durationNs how long new exchanges begin
     * @return what it took
     * @throws Exception whatever an exchange throws: then the block is void
     */
    public Block run(final long durationNs) throws Exception {
        return loop.run(durationNs);
    }

    private void turn() throws Exception {
        final long grant = first.acquire();
        first.release();
        rise(grant);
    }

    private static void mustBeRefused(final PeerLock other) throws Exception {
        final OptionalLong grant = other.tryAcquire();
        if (grant.isPresent()) {
            throw new WrongReplyException(
                    "a lock that is held was granted to another client: grant=" + grant.getAsLong());
        }
    }

    private void rise(final long grant) {
        if (grant <= highest) {
            throw new WrongReplyException("a later grant is not higher: grant=" + grant + " before=" + highest);
        }
        highest = grant;
    }

    @Override
    public void close() {
        loop.close();
    }
}
