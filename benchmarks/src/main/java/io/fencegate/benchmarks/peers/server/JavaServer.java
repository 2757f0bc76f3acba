package io.fencegate.benchmarks.peers.server;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A server that is a Java program of its peer's class path: a JVM of its own. It is told its port, its directory and
 * {@code synced} or {@code unsynced}, and ends with its input, that is with this process, whatever happens to it.
 */
public final class JavaServer implements PeerServer {
    private final Libraries libraries;
    private final String peer;
    private final String mainClass;

    /**
     * A server.
     *
     * @param libraries where its class path is looked for
     * @param peer whose it is
     * @param mainClass that starts it
     */
    public JavaServer(final Libraries libraries, final String peer, final String mainClass) {
        this.libraries = libraries;
        this.peer = peer;
        this.mainClass = mainClass;
    }

    @Override
    public String missing() {
        return libraries.classPathOf(peer) == null
                ? "no server or client library in benchmarks/target/peers/" + peer
                : null;
    }

    @Override
    public ServerProcess start(final Path directory, final boolean isSynced) throws IOException {
        final int port = ServerProcess.freePort();
        return ServerProcess.start(
                Programs.java(
                        libraries.classPathOf(peer),
                        mainClass,
                        Integer.toString(port),
                        directory.toString(),
                        isSynced ? "synced" : "unsynced"),
                directory,
                port,
                "TERM");
    }
}
