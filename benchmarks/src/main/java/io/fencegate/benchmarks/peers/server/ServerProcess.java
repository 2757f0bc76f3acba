package io.fencegate.benchmarks.peers.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A running server: ended by its process id when it is closed, and by a shutdown hook when this process is stopped before.
 * One thread.
 */
public final class ServerProcess implements AutoCloseable {
    private static final long START_DEADLINE_NS = TimeUnit.SECONDS.toNanos(120);
    private static final long STOP_DEADLINE_S = 10;
    private static final int CONNECT_MS = 500;
    private static final long PAUSE_MS = 20;

    private final Process process;
    private final Path log;
    private final int port;
    private final String stopSignal;
    private final Thread hook;

    private ServerProcess(final Process process, final Path log, final int port, final String stopSignal) {
        this.process = process;
        this.log = log;
        this.port = port;
        this.stopSignal = stopSignal;
        hook = new Thread(this::end, "stop-server");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Starts a server, and waits until it takes connections.
     *
     * @param command the program and its arguments; it stays in the foreground
     * @param directory in which it runs, and where {@code server.log} keeps what it says
     * @param port of the loopback interface on which it will listen
     * @param stopSignal that makes it end without waiting for anybody: {@code TERM}, {@code INT}
     * @return the server
     * @throws IOException if it does not start in time, or ends; says what it said last
     */
    static ServerProcess start(
            final List<String> command, final Path directory, final int port, final String stopSignal)
            throws IOException {
        final Path log = directory.resolve("server.log");
        final Process process = new ProcessBuilder(Programs.apart(command))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        final ServerProcess server = new ServerProcess(process, log, port, stopSignal);
        try {
            server.awaitPort();
        } catch (final IOException | RuntimeException ex) {
            server.close();
            throw ex;
        }
        return server;
    }

    /** A port of the loopback interface that nobody listens on now. @return it @throws IOException if there is none */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Where it listens. @return a port of the loopback interface */
    public int port() {
        return port;
    }

    /** Whether it still runs. @return false if it ended by itself */
    public boolean isAlive() {
        return process.isAlive();
    }

    private void awaitPort() throws IOException {
        final long deadlineNs = System.nanoTime() + START_DEADLINE_NS;
        while (true) {
            if (!process.isAlive()) {
                throw new IOException(
                        "the server ended at once: exitCode=" + process.exitValue() + " said=" + lastLine());
            }
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MS);
                return;
            } catch (final IOException notYet) {
                if (System.nanoTime() - deadlineNs > 0) {
                    throw new IOException(
                            "the server takes no connections: port=" + port + " said=" + lastLine(), notYet);
                }
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MS);
        } catch (final InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while a server starts", stopped);
        }
    }

    private String lastLine() throws IOException {
        final List<String> lines = Files.readAllLines(log, java.nio.charset.StandardCharsets.ISO_8859_1);
        return lines.isEmpty() ? "nothing" : lines.get(lines.size() - 1);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (final IllegalStateException goingDown) {
            // The hook runs already; ending twice does no harm.
        }
        end();
    }

    private void end() {
        if (!process.isAlive()) {
            return;
        }
        try {
            new ProcessBuilder("kill", "-" + stopSignal, Long.toString(process.pid()))
                    .start()
                    .waitFor(STOP_DEADLINE_S, TimeUnit.SECONDS);
            if (process.waitFor(STOP_DEADLINE_S, TimeUnit.SECONDS)) {
                return;
            }
        } catch (final IOException noKill) {
            // What follows needs no program.
        } catch (final InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
