package io.fencegate.benchmarks.peers.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** One Redis with an append-only file, synced at each write or each second; no snapshots. */
public final class RedisServer implements PeerServer {
    private static final String PROGRAM = "redis-server";

    private final Programs programs;

    /** A server. @param programs where it is looked for */
    public RedisServer(final Programs programs) {
        this.programs = programs;
    }

    @Override
    public String missing() {
        return programs.find(PROGRAM) == null ? "no " + PROGRAM + " found" : null;
    }

    @Override
    public ServerProcess start(final Path directory, final boolean isSynced) throws IOException {
        final int port = ServerProcess.freePort();
        final List<String> command = List.of(
                programs.find(PROGRAM).toString(),
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--dir",
                directory.toString(),
                "--appendonly",
                "yes",
                "--appendfsync",
                isSynced ? "always" : "everysec",
                "--save",
                "",
                "--daemonize",
                "no");
        return ServerProcess.start(command, directory, port, "TERM");
    }
}
