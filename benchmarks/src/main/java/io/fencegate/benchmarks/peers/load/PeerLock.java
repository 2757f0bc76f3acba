package io.fencegate.benchmarks.peers.load;

/** A lock of a peer, as one client holds it. One thread. */
public interface PeerLock extends AutoCloseable {
    /**
     * Acquires it; nobody else wants it.
     *
     * @return a number that fences: higher than that of every grant before
     * @throws Exception if it is not granted
     */
    long acquire() throws Exception;

    /** Gives it back. @throws Exception if it was lost */
    void release() throws Exception;

    @Override
    void close();
}
