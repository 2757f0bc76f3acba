package io.fencegate.benchmarks.peers.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** One etcd, a cluster of itself, with its defaults: its log is synced before a write is acknowledged. */
public final class EtcdServer implements PeerServer {
    private static final String PROGRAM = "etcd";

    private final Programs programs;

    /** A server. @param programs where it is looked for */
    public EtcdServer(final Programs programs) {
        this.programs = programs;
    }

    @Override
    public String missing() {
        return programs.find(PROGRAM) == null ? "no " + PROGRAM + " found" : null;
    }

    @Override
    public ServerProcess start(final Path directory, final boolean isSynced) throws IOException {
        if (!isSynced) {
            throw new IllegalArgumentException("etcd syncs each write");
        }
        final int port = ServerProcess.freePort();
        final String clients = "http://127.0.0.1:" + port;
        final String nodes = "http://127.0.0.1:" + ServerProcess.freePort();
        final List<String> command = List.of(
                programs.find(PROGRAM).toString(),
                "--name=single",
                "--data-dir=" + directory.resolve("data"),
                "--listen-client-urls=" + clients,
                "--advertise-client-urls=" + clients,
                "--listen-peer-urls=" + nodes,
                "--initial-advertise-peer-urls=" + nodes,
                "--initial-cluster=single=" + nodes);
        return ServerProcess.start(command, directory, port, "TERM");
    }
}
