package io.fencegate.benchmarks.peers.load;

/** One connection to a peer. One thread at a time. */
public interface PeerClient extends AutoCloseable {
    /**
     * Begins to write under a token, and shuts out everybody who opened the resource with a lower one.
     *
     * @param resource whose writes are fenced
     * @param token higher than every token of this resource before
     * @return the way to write under this token
     * @throws Exception if the server refuses, or cannot be reached
     */
    FencedWrites open(String resource, long token) throws Exception;

    /**
     * What was written last.
     *
     * @param resource that was written
     * @return the payload
     * @throws Exception if there is none, or the server cannot be reached
     */
    byte[] read(String resource) throws Exception;

    /**
     * A lock that yields what fences a write: a token, a revision, a version.
     *
     * @param name of the lock
     * @return the lock, not held yet
     * @throws Exception if the server cannot be reached
     */
    default PeerLock lock(final String name) throws Exception {
        throw new UnsupportedOperationException("this peer grants no locks");
    }

    @Override
    void close();
}
