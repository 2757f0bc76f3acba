package io.fencegate.benchmarks.peers.load;

/** A system that others fence their writes with, as its clients see it. One thread makes the connections. */
public interface Peer extends AutoCloseable {
    /** The running server's version. @return as the server tells it @throws Exception if it does not answer */
    String version() throws Exception;

    /**
     * Connects one more client.
     *
     * @return the connection, which one thread at a time uses
     * @throws Exception if the server cannot be reached
     */
    PeerClient connect() throws Exception;

    @Override
    void close();
}
