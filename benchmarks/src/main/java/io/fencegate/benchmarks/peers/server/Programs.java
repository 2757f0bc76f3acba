package io.fencegate.benchmarks.peers.server;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where programs are looked for. Immutable.
 *
 * @param directories in this order
 */
public record Programs(List<Path> directories) {
    private static final String HEAP = "512m";

    /** Freezes the list. */
    public Programs {
        directories = List.copyOf(directories);
    }

    /** Those of this machine: the PATH, where servers lie, and where Debian keeps PostgreSQL's. @return the directories */
    public static Programs ofMachine() {
        final List<Path> found = new ArrayList<>();
        for (final String name : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            found.add(Path.of(name));
        }
        found.add(Path.of("/usr/sbin"));
        final Path versions = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(versions)) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(versions)) {
                all.forEach(version -> found.add(version.resolve("bin")));
            } catch (final IOException unreadable) {
                // As good as not there.
            }
        }
        return new Programs(found);
    }

    /**
     * Looks for a program.
     *
     * @param name of its file
     * @return its path, or null if there is none
     */
    public Path find(final String name) {
        for (final Path directory : directories) {
            final Path file = directory.resolve(name);
            if (Files.isExecutable(file) && Files.isRegularFile(file)) {
                return file;
            }
        }
        return null;
    }

    /**
     * The command of a peer's program in Java: this JVM's program, with nothing but the peer's class path.
     *
     * @param classPath of the peer
     * @param mainClass of its adapter, or of its server
     * @param args for it
     * @return the command
     */
    public static List<String> java(final String classPath, final String mainClass, final String... args) {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx" + HEAP, "-cp", classPath, mainClass));
        command.addAll(List.of(args));
        return command;
    }

    /**
     * A command that Ctrl-C on the terminal does not reach: the rig ends it when its time has come.
     *
     * @param command to start
     * @return the same in a session of its own, where that can be had
     */
    public static List<String> apart(final List<String> command) {
        final Path setsid = ofMachine().find("setsid");
        if (setsid == null) {
            return command;
        }
        final List<String> apart = new ArrayList<>();
        apart.add(setsid.toString());
        apart.addAll(command);
        return apart;
    }
}
