package io.fencegate.app.process;

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
 * Where a system of several processes runs for a while: a folder, and the processes in it. None of them outlives the
 * stage, however it ends.
 *
 * <p>One thread; a shutdown hook ends what is left.
 */
public final class Stage implements AutoCloseable {
    private static final String COMMAND_LINE = "io.fencegate.app.Fencegate";
    private static final long READY_TIMEOUT_MS = 60_000;

    private final Path directory;
    private final boolean keep;
    private final List<ChildProcess> roles = new CopyOnWriteArrayList<>();
    private final List<ChildProcess> actors = new CopyOnWriteArrayList<>();
    private final List<Path> leftovers = new CopyOnWriteArrayList<>();
    private volatile boolean cleared;
    private final Thread hook = new Thread(this::clear, "end-of-stage");

    private Stage(final Path directory, final boolean keep) {
        this.directory = directory;
        this.keep = keep;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Opens a stage.
     *
     * @param keep folder that stays after the stage; null for one that goes
     * @param prefix of the name of a folder that goes
     * @return the stage
     */
    public static Stage open(final Path keep, final String prefix) {
        try {
            if (keep == null) {
                return new Stage(Files.createTempDirectory(prefix), false);
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
     * The folder of this stage.
     *
     * @return its path
     */
    public Path directory() {
        return directory;
    }

    /**
     * Starts a role and waits until it is ready.
     *
     * @param name that its starter calls it
     * @param args of its command
     * @return the process
     */
    public Role startRole(final String name, final String... args) {
        return awaitRole(launchRole(name, args));
    }

    /**
     * Starts a role; it may not be ready yet.
     *
     * @param name that its starter calls it
     * @param args of its command
     * @return the process
     */
    public ChildProcess launchRole(final String name, final String... args) {
        final List<String> main = new ArrayList<>(List.of(COMMAND_LINE));
        main.addAll(List.of(args));
        main.addAll(List.of("--attached", "--dir", directory.toString()));
        return start(name, main, roles);
    }

    /**
     * Waits until a role that was launched is ready.
     *
     * @param process of the role
     * @return the role
     */
    public Role awaitRole(final ChildProcess process) {
        return new Role(process, process.await(READY_TIMEOUT_MS));
    }

    /**
     * Starts a client or a storage and waits until it is ready.
     *
     * @param name that its starter calls it
     * @param main class and arguments
     * @return the process
     */
    public Actor startActor(final String name, final Class<?> main, final String... args) {
        final List<String> command = new ArrayList<>(List.of(main.getName()));
        command.addAll(List.of(args));
        final ChildProcess process = start(name, command, actors);
        return new Actor(process, Facts.parse(process.await(READY_TIMEOUT_MS)));
    }

    /**
     * Removes another folder at the end, when no process uses it any more: what a killed one leaves behind.
     *
     * @param folder that may be missing
     */
    public void removeAtEnd(final Path folder) {
        leftovers.add(folder);
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
        if (cleared) {
            throw new CommandException(ExitCode.NOT_REACHABLE, "nothing more is started here: dir=" + directory);
        }
        final ChildProcess process = ChildProcess.start(name, directory.resolve("log"), main);
        group.add(process);
        return process;
    }

    /** Clients may be stopped and hold nothing that needs care; roles close in good order, last first. */
    private void clear() {
        cleared = true;
        actors.forEach(ChildProcess::kill);
        for (int i = roles.size() - 1; i >= 0; i--) {
            roles.get(i).close();
        }
        leftovers.forEach(Stage::remove);
        if (!keep) {
            remove(directory);
        }
    }

    private static void remove(final Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
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
