package io.fencegate.benchmarks.peers.load;

/** Writes to one resource under one token, checked by the peer or by what it offers for it. One thread. */
public interface FencedWrites extends AutoCloseable {
    /**
     * Writes, and waits until that is as durable as the run asks for.
     *
     * @param payload to write; not kept
     * @return true if it was accepted, false if it was refused because of a higher token
     * @throws Exception if there was another answer, or none
     */
    boolean write(byte[] payload) throws Exception;

    @Override
    void close();
}
