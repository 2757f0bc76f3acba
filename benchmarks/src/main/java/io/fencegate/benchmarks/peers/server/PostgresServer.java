package io.fencegate.benchmarks.peers.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One PostgreSQL with its defaults, a fresh database, and commits that wait for the disk or do not. It refuses to run as
 * root: then it runs as the user {@code postgres}, whom its package made.
 */
public final class PostgresServer implements PeerServer {
    private static final String PROGRAM = "postgres";
    private static final long INIT_DEADLINE_S = 120;

    private final Programs programs;

    /** A server. @param programs where it is looked for */
    public PostgresServer(final Programs programs) {
        this.programs = programs;
    }

    @Override
    public String missing() {
        return programs.find(PROGRAM) == null || programs.find("initdb") == null
                ? "no " + PROGRAM + " or no initdb found"
                : null;
    }

    @Override
    public ServerProcess start(final Path directory, final boolean isSynced) throws IOException {
        final List<String> asUser = asUser(directory);
        final Path data = directory.resolve("data");
        final List<String> init = new ArrayList<>(asUser);
        init.addAll(List.of(programs.find("initdb").toString(), "-D", data.toString(), "-A", "trust"));
        init.addAll(List.of("-U", "postgres", "-E", "UTF8", "--locale=C"));
        initialise(init, directory);
        final int port = ServerProcess.freePort();
        final List<String> command = new ArrayList<>(asUser);
        command.addAll(List.of(programs.find(PROGRAM).toString(), "-D", data.toString(), "-p", Integer.toString(port)));
        for (final String setting : List.of(
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "fsync=on",
                "synchronous_commit=" + (isSynced ? "on" : "off"))) {
            command.addAll(List.of("-c", setting));
        }
        // INT: ends the sessions of its clients and stops; TERM would wait for them.
        return ServerProcess.start(command, directory, port, "INT");
    }

    private static List<String> asUser(final Path directory) throws IOException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return List.of();
        }
        final UserPrincipal user =
                directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(PROGRAM);
        Files.setOwner(directory, user);
        // Its way to its own directory: what is in there besides stays unreadable.
        Files.setPosixFilePermissions(directory.getParent(), PosixFilePermissions.fromString("rwx--x--x"));
        return List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups");
    }

    private static void initialise(final List<String> command, final Path directory) throws IOException {
        final Path log = directory.resolve("initdb.log");
        final Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(INIT_DEADLINE_S, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("initdb failed: said="
                        + Files.readString(log, StandardCharsets.ISO_8859_1)
                                .strip()
                                .replaceAll("\\s+", " "));
            }
        } catch (final InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped while initdb runs", stopped);
        } finally {
            process.destroyForcibly();
        }
    }
}
