package io.fencegate.benchmarks.peers.subject;

import io.fencegate.benchmarks.peers.load.Block;
import java.io.IOException;

/** A peer, used by clients in the process of its load, which belongs to the caller. One thread. */
public final class LoadedPeer implements Subject {
    private final String name;
    private final LoadProcess load;
    private final String proof;
    private final String block;
    private final String end;

    private LoadedPeer(
            final String name, final LoadProcess load, final String proof, final String block, final String end) {
        this.name = name;
        this.load = load;
        this.proof = proof;
        this.block = block;
        this.end = end;
    }

    /**
     * Its writers, which are connected now.
     *
     * @param name of the peer
     * @param load its process
     * @param writers how many
     * @param length bytes of a payload
     * @return the subject
     * @throws IOException if they cannot connect
     */
    public static LoadedPeer writing(final String name, final LoadProcess load, final int writers, final int length)
            throws IOException {
        load.call("open " + writers + " " + length);
        return new LoadedPeer(name, load, "prove", "write", "fence");
    }

    /**
     * Its lock, acquired and given back by one client.
     *
     * @param name of the peer
     * @param load its process
     * @return the subject
     */
    public static LoadedPeer locking(final String name, final LoadProcess load) {
        return new LoadedPeer(name, load, "contend", "lock", "contend");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void prove() throws IOException {
        load.call(proof);
    }

    @Override
    public Block block(final long durationNs) throws IOException {
        return load.block(block, durationNs);
    }

    @Override
    public void fence() throws IOException {
        load.call(end);
    }

    @Override
    public void close() {
        // The clients go with their process, or when it is asked for others.
    }
}
