package io.fencegate.benchmarks.ipc;

import java.nio.file.Path;
import java.util.List;
import org.agrona.IoUtil;

/**
 * Directories that a run leaves to nobody, also when it is stopped by Ctrl-C: a journal of gigabytes, and term buffers in
 * shared memory. The first is deleted when the run is over, the others by whoever made them.
 */
final class LeaveNothing implements AutoCloseable {
    private final List<Path> directories;
    private final Thread hook;

    LeaveNothing(final Path... directories) {
        this.directories = List.of(directories);
        hook = new Thread(() -> this.directories.forEach(LeaveNothing::delete), "leave-nothing");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** The run is over: its files can go. */
    void deleteFirst() {
        delete(directories.get(0));
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (final IllegalStateException ignored) {
            // The process is going down already, and the hook does the work.
        }
    }

    private static void delete(final Path directory) {
        IoUtil.delete(directory.toFile(), true);
    }
}
