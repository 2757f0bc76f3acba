package io.fencegate.app.demo;

import io.fencegate.app.cli.CommandException;
import io.fencegate.app.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * Where the story plays: a folder, and the processes in it. None of them outlives the story, however it ends.
 *
 * <p>One thread; a shutdown hook ends what is left.
 */
final class Stage implements AutoCloseable {
    private static final String COMMAND_LINE = "io.fencegate.app.Fencegate";
    private static final long READY_TIMEOUT_MS = 60_000;

    private final Path directory;
    private final boolean keep;
    private final List<ChildProcess> roles = new CopyOnWriteArrayList<>();
    private final List<ChildProcess> actors = new CopyOnWriteArrayList<>();
    private final Thread hook = new Thread(this::clear, "end-of-demo");

    private Stage(final Path directory, final boolean keep) {
        this.directory = directory;
        this.keep = keep;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Opens a stage.
     *
     * @param keep folder that stays after the story; null for one that goes
     * @return the stage
     */
    static Stage open(final Path keep) {
        try {
            if (keep == null) {
                return new Stage(Files.createTempDirectory("fencegate-demo-"), false);
            }
            Files.createDirectories(keep);
            try (Stream<Path> entries = Files.list(keep)) {
                if (entries.findAny().isPresent()) {
                    throw new CommandException(
                            ExitCode.USAGE, "the folder is not empty: --keep " + keep + "; name a new one");
                }
            }
            return new Stage(keep.toAbsolutePath().normalize(), true);
        } catch (final IOException unusable) {
            throw new CommandException(
                    ExitCode.USAGE, "cannot use the folder: dir=" + keep + " reason=" + unusable.getMessage());
        }
    }

    /**
     * The folder of the story.
     *
     * @return its path
     */
    Path directory() {
        return directory;
    }

    /**
     * Starts a role and waits until it is ready.
     *
     * @param name that the story calls it
     * @param args of its command
     * @return the process
     */
    Role startRole(final String name, final String... args) {
        final List<String> main = new ArrayList<>(List.of(COMMAND_LINE));
        main.addAll(List.of(args));
        main.addAll(List.of("--attached", "--dir", directory.toString()));
        final ChildProcess process = start(name, main, roles);
        return new Role(process, process.await(READY_TIMEOUT_MS));
    }

    /**
     * Starts a client or a storage and waits until it is ready.
     *
     * @param name that the story calls it
     * @param main class and arguments
     * @return the process
     */
    Actor startActor(final String name, final Class<?> main, final String... args) {
        final List<String> command = new ArrayList<>(List.of(main.getName()));
        command.addAll(List.of(args));
        final ChildProcess process = start(name, command, actors);
        return new Actor(process, Facts.parse(process.await(READY_TIMEOUT_MS)));
    }

    /** Ends every process, and removes the folder unless it is to be kept. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (final IllegalStateException isEnding) {
            // The hook clears the stage.
            return;
        }
        clear();
    }

    private ChildProcess start(final String name, final List<String> main, final List<ChildProcess> group) {
        final ChildProcess process = ChildProcess.start(name, directory.resolve("log"), main);
        group.add(process);
        return process;
    }

    /** Clients may be stopped and hold nothing that needs care; roles close in good order, last first. */
    private void clear() {
        actors.forEach(ChildProcess::kill);
        for (int i = roles.size() - 1; i >= 0; i--) {
            roles.get(i).close();
        }
        if (!keep) {
            remove();
        }
    }

    private void remove() {
        try (Stream<Path> files = Files.walk(directory)) {
            for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (final IOException stays) {
            throw new CommandException(
                    ExitCode.USAGE, "cannot remove the folder: dir=" + directory + " reason=" + stays.getMessage());
        }
    }
}
