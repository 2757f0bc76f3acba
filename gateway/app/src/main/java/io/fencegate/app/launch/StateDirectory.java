package io.fencegate.app.launch;

import io.fencegate.app.cli.CommandException;
import io.fencegate.app.cli.ExitCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The folder of one running system, claimed by one process at a time. The lock is the kernel's and ends with the
 * process, however it ends.
 *
 * <pre>
 *   DIR/up.lock                claimed while a process runs the whole system
 *   DIR/driver.lock            claimed while a process runs its media driver
 *   DIR/endpoints.properties   how to reach it; only while it runs
 *   DIR/seal.key               made at the first start, readable by its owner only
 *   DIR/sequencer/             the sequencer's logs and snapshots
 *   DIR/journal/               the gateway's journal: what `audit` reads
 * </pre>
 *
 * <p>One thread.
 */
public final class StateDirectory implements AutoCloseable {
    private static final String ENDPOINTS_NAME = "endpoints.properties";

    private final FileChannel channel;
    private final FileLock lock;

    private StateDirectory(final FileChannel channel, final FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Claims a folder for a role, making it where it is missing.
     *
     * @param path of the folder
     * @param role that may run once in it
     * @return the claim; close it to let the folder go
     * @throws CommandException USAGE if another process holds it, or it cannot be written
     */
    public static StateDirectory claim(final Path path, final String role) {
        final Path file = path.resolve(role + ".lock");
        try {
            Files.createDirectories(path);
            final FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            final FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new CommandException(
                        ExitCode.USAGE,
                        "the directory is in use: dir=" + path + " role=" + role + " pid="
                                + Files.readString(file).strip()
                                + "; stop that process, or choose another directory with --dir");
            }
            channel.truncate(0);
            channel.write(StandardCharsets.US_ASCII.encode(
                    Long.toString(ProcessHandle.current().pid())));
            return new StateDirectory(channel, lock);
        } catch (final IOException unusable) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "cannot use the directory: dir=" + path + " reason="
                            + unusable.getClass().getSimpleName() + ": " + unusable.getMessage()
                            + "; choose another one with --dir");
        }
    }

    /**
     * Where a system that runs in a folder says how to reach it.
     *
     * @param directory of the system
     * @return the endpoints file, which may be missing
     */
    public static Path endpointsFile(final Path directory) {
        return directory.resolve(ENDPOINTS_NAME);
    }

    /**
     * Where the gateway's journal lies.
     *
     * @param directory of the system
     * @return the folder, which may be missing
     */
    public static Path journal(final Path directory) {
        return directory.resolve("journal");
    }

    /**
     * Where the sequencer's logs lie.
     *
     * @param directory of the system
     * @return the folder, which may be missing
     */
    public static Path sequencer(final Path directory) {
        return directory.resolve("sequencer");
    }

    /**
     * Where the seals' key lies.
     *
     * @param directory of the system
     * @return the file, which may be missing
     */
    public static Path sealKey(final Path directory) {
        return directory.resolve("seal.key");
    }

    /** Lets the folder go. */
    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
        } catch (final IOException late) {
            throw new CommandException(
                    ExitCode.USAGE, "cannot let a directory go: lock=" + lock + " reason=" + late.getMessage());
        }
    }

    private static FileLock tryLock(final FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (final OverlappingFileLockException sameProcess) {
            return null;
        }
    }
}
