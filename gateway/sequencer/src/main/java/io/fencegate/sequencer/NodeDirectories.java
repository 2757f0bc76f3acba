package io.fencegate.sequencer;

import io.aeron.CncFileDescriptor;
import io.aeron.CommonContext;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.BufferUtil;
import org.agrona.CloseHelper;
import org.agrona.IoUtil;

/**
 * The directories of one node, held by an exclusive lock while it runs. The lock ends with the process, so a node that
 * was killed starts again at once: what its killed predecessor left under {@code run/} is removed.
 *
 * <pre>
 *   directory/node.lock   the lock
 *            /archive/    the log and the snapshots
 *            /cluster/    votes, and which recording is which
 *            /run/        liveness marks and error logs of the running process
 *   aeronDirectory/       buffers of the media driver
 * </pre>
 *
 * <p>One thread.
 */
final class NodeDirectories implements AutoCloseable {
    private static final long DRIVER_TIMEOUT_MS = 10_000;

    private final Path directory;
    private final FileChannel lockFile;

    private NodeDirectories(final Path directory, final FileChannel lockFile) {
        this.directory = directory;
        this.lockFile = lockFile;
    }

    /**
     * Takes the directories of a node.
     *
     * @param config of the node
     * @return the directories, locked
     * @throws SequencerInUseException if another process, or another node of this one, has them
     * @throws UncheckedIOException if they can not be made
     */
    static NodeDirectories take(final SequencerConfig config) {
        final Path directory = config.directory();
        FileChannel lockFile = null;
        try {
            Files.createDirectories(directory);
            lockFile = FileChannel.open(
                    directory.resolve("node.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lock(lockFile, directory);
            checkAeronDirectory(config.aeronDirectory());
            final NodeDirectories directories = new NodeDirectories(directory, lockFile);
            IoUtil.delete(directories.run(), true);
            return directories;
        } catch (final IOException e) {
            CloseHelper.quietClose(lockFile);
            throw new UncheckedIOException("directory can not be used: directory=" + directory, e);
        } catch (final RuntimeException e) {
            CloseHelper.quietClose(lockFile);
            throw e;
        }
    }

    File archive() {
        return directory.resolve("archive").toFile();
    }

    File cluster() {
        return directory.resolve("cluster").toFile();
    }

    File run() {
        return directory.resolve("run").toFile();
    }

    @Override
    public void close() {
        CloseHelper.close(lockFile);
    }

    private static void lock(final FileChannel lockFile, final Path directory) throws IOException {
        FileLock lock = null;
        try {
            lock = lockFile.tryLock();
        } catch (final OverlappingFileLockException e) {
            throw new SequencerInUseException("another node of this process has it: directory=" + directory);
        }
        if (lock == null) {
            throw new SequencerInUseException("another process has it: directory=" + directory);
        }
    }

    private static void checkAeronDirectory(final Path aeronDirectory) {
        final File directory = aeronDirectory.toFile();
        final String[] names = directory.list();
        if (names == null || names.length == 0) {
            return;
        }
        final File cncFile = new File(directory, CncFileDescriptor.CNC_FILE);
        if (!cncFile.exists()) {
            throw new IllegalArgumentException(
                    "aeronDirectory is emptied at start, and holds files of something else: aeronDirectory="
                            + aeronDirectory);
        }
        if (cncFile.length() > CncFileDescriptor.META_DATA_LENGTH) {
            checkNoDriverLives(aeronDirectory, cncFile);
        }
    }

    private static void checkNoDriverLives(final Path aeronDirectory, final File cncFile) {
        final MappedByteBuffer cnc = IoUtil.mapExistingFile(cncFile, "CnC file");
        try {
            final long pid = CncFileDescriptor.pid(CncFileDescriptor.createMetaDataBuffer(cnc));
            final boolean isProcessAlive = ProcessHandle.of(pid).isPresent();
            if (isProcessAlive && CommonContext.isDriverActive(DRIVER_TIMEOUT_MS, fact -> {}, cnc)) {
                throw new SequencerInUseException(
                        "another media driver has it: aeronDirectory=" + aeronDirectory + " pid=" + pid);
            }
        } finally {
            BufferUtil.free(cnc);
        }
    }
}
