package io.fencegate.benchmarks.peers.subject;

import io.fencegate.benchmarks.peers.load.Block;
import java.io.IOException;

/** The writers of a peer, in the process of its load. One thread. */
public final class PeerWrites implements Subject {
    private final String name;
    private final LoadProcess load;

    /**
     * Connects the writers.
     *
     * @param name of the peer
     * @param load its process; belongs to the caller
     * @param writers how many
     * @param length bytes of a payload
     * @throws IOException if they cannot connect
     */
    public PeerWrites(final String name, final LoadProcess load, final int writers, final int length)
            throws IOException {
        this.name = name;
        this.load = load;
        load.call("open " + writers + " " + length);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void prove() throws IOException {
        load.call("prove");
    }

    @Override
    public Block block(final long durationNs) throws IOException {
        return load.block("write", durationNs);
    }

    @Override
    public void fence() throws IOException {
        load.call("fence");
    }

    @Override
    public void close() {
        // The process is asked for other writers, or ended, by whoever has it.
    }
}
