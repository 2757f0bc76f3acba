package io.fencegate.benchmarks.peers.server;

import java.io.IOException;
import java.nio.file.Path;

/** How one kind of server is started. Stateless. */
public interface PeerServer {
    /**
     * Looks whether it is installed.
     *
     * @return what is missing, in a few words, or null if nothing is
     */
    String missing();

    /**
     * Starts it, and waits until it takes connections.
     *
     * @param directory for its data, empty
     * @param isSynced whether a write is on disk before its answer leaves; else as its weaker setting has it
     * @return the running server
     * @throws IOException if it does not start; says what it said last
     */
    ServerProcess start(Path directory, boolean isSynced) throws IOException;
}
