package io.fencegate.sequencer;

import io.aeron.CncFileDescriptor;
import io.aeron.CommonContext;
import io.aeron.cluster.RecordingLog;
import io.fencegate.sequencer.muster.Membership;
import io.fencegate.sequencer.muster.Standing;
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
import java.util.List;
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
 *            /cluster/    votes, which recording is which, and whose directory this is
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
    private Membership membership;

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
     * @throws IllegalArgumentException if they are another member's, or are not whole
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
            directories.membership =
                    directories.claim(config.memberId(), config.members().size());
            return directories;
        } catch (final IOException e) {
            CloseHelper.quietClose(lockFile);
            throw new UncheckedIOException("directory can not be used: directory=" + directory, e);
        } catch (final RuntimeException e) {
            CloseHelper.quietClose(lockFile);
            throw e;
        }
    }

    /**
     * Founds a cluster whose nodes are all in this process and have no log yet.
     *
     * @param all the directories of all its nodes
     * @return whether all are of one cluster, so that none has to hear the others before it takes part
     */
    static boolean settle(final List<NodeDirectories> all) {
        if (all.stream().allMatch(one -> one.membership.standing() == Standing.EMPTY)) {
            final List<Long> founders =
                    all.stream().map(one -> one.membership.incarnation()).toList();
            all.forEach(one -> one.keep(one.membership.with(Standing.MEMBER, founders)));
        }
        final List<Long> founders = all.get(0).membership.founders();
        return all.stream()
                .allMatch(one -> one.membership.standing() == Standing.MEMBER
                        && one.membership.founders().equals(founders));
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

    /** Whose directory it is, and what it is worth. */
    private Membership claim(final int memberId, final int members) {
        final Membership found = Membership.read(cluster().toPath());
        final boolean hasLog = new File(cluster(), RecordingLog.RECORDING_LOG_FILE_NAME).length() > 0;
        final boolean hasArchive = new File(archive(), "archive.catalog").exists();
        if (found == null) {
            return claimUnnamed(memberId, members, hasLog, hasArchive);
        }
        if (found.memberId() != memberId || found.members() != members) {
            throw new IllegalArgumentException("the directory belongs to another member: directory=" + directory
                    + " itsMember=" + found.memberId() + " ofMembers=" + found.members() + " asked=" + memberId
                    + " ofMembers=" + members);
        }
        if (found.standing() == Standing.SEEDING) {
            IoUtil.delete(archive(), true);
            IoUtil.delete(cluster(), true);
            return keep(found.with(Standing.EMPTY, Membership.nobody(members)));
        }
        if (hasLog && !hasArchive) {
            throw new IllegalArgumentException("cluster/ tells of recordings, and archive/ has none: directory="
                    + directory
                    + "; put archive/ back, or move the directory away, and the node copies the log from the"
                    + " others");
        }
        return found;
    }

    private Membership claimUnnamed(
            final int memberId, final int members, final boolean hasLog, final boolean hasArchive) {
        if (!hasLog && hasArchive) {
            throw new IllegalArgumentException("archive/ has recordings, and cluster/ does not tell which: directory="
                    + directory
                    + "; put cluster/ back, or move the directory away, and the node copies the log from the"
                    + " others");
        }
        final Membership fresh = Membership.fresh(memberId, members);
        return keep(hasLog ? fresh.with(Standing.MEMBER, fresh.founders()) : fresh);
    }

    private Membership keep(final Membership now) {
        now.write(cluster().toPath());
        membership = now;
        return now;
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
