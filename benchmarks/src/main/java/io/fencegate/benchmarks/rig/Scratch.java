package io.fencegate.benchmarks.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.agrona.IoUtil;

/**
 * A directory that a run leaves to nobody, also when it is stopped by Ctrl-C: journals of gigabytes, and term buffers in
 * shared memory.
 *
 * <p>Made and closed by the rig's thread; a shutdown hook deletes what is left.
 */
public final class Scratch implements AutoCloseable {
    private final Path directory;
    private final List<Path> all = new CopyOnWriteArrayList<>();
    private final Thread hook;

    /**
     * Makes a directory.
     *
     * @param parent of it, made if it is not there
     * @throws IOException if it cannot be made
     */
    public Scratch(final Path parent) throws IOException {
        Files.createDirectories(parent);
        directory = Files.createTempDirectory(parent, "fencegate-bench-");
        all.add(directory);
        hook = new Thread(this::delete, "leave-nothing");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** The directory. @return its path */
    public Path directory() {
        return directory;
    }

    /** Deletes another one too. @param path of a directory that may be gone already */
    public void include(final Path path) {
        all.add(path);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (final IllegalStateException goingDown) {
            // The hook runs already; deleting twice does no harm.
        }
        delete();
    }

    private void delete() {
        all.forEach(path -> IoUtil.delete(path.toFile(), true));
    }
}
