package io.fencegate.benchmarks.peers.load;

import java.util.OptionalLong;

/** A lock of a peer, or a lease of ours, as one client holds it. One thread at a time, from acquire to release the same. */
public interface PeerLock extends AutoCloseable {
    /**
     * Acquires it; nobody else wants it.
     *
     * @return a number that fences: higher than that of every grant before
     * @throws Exception if it is not granted
     */
    long acquire() throws Exception;

    /**
     * Acquires it unless somebody else holds it.
     *
     * @return the number as of {@link #acquire}; empty if it was not granted within a moment: then it is not wanted any more
     * @throws Exception if there was another answer, or none
     */
    OptionalLong tryAcquire() throws Exception;

    /** Gives it back. @throws Exception if it was lost */
    void release() throws Exception;

    @Override
    void close();
}
