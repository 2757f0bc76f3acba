package io.fencegate.benchmarks.peers.subject;

import io.fencegate.benchmarks.peers.load.Block;
import java.io.IOException;

/** A lock of a peer, acquired and given back by a client in the process of its load. One thread. */
public final class PeerLocks implements Subject {
    private final String name;
    private final LoadProcess load;

    /**
     * Asks for nothing yet.
     *
     * @param name of the peer
     * @param load its process; belongs to the caller
     */
    public PeerLocks(final String name, final LoadProcess load) {
        this.name = name;
        this.load = load;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void prove() throws IOException {
        load.call("contend");
    }

    @Override
    public Block block(final long durationNs) throws IOException {
        return load.block("lock", durationNs);
    }

    @Override
    public void fence() throws IOException {
        load.call("contend");
    }

    @Override
    public void close() {
        // The clients go with their process.
    }
}
