package io.fencegate.journal;

import io.fencegate.journal.disk.JournalDirectory;
import io.fencegate.journal.fencelog.FenceLogFile;
import io.fencegate.journal.queue.QueueRecordSource;
import io.fencegate.journal.recovery.Cut;
import io.fencegate.journal.recovery.FenceLogReplay;
import io.fencegate.journal.recovery.JournalRecovery;
import io.fencegate.journal.recovery.RecoveryHandler;
import io.fencegate.journal.recovery.RecoveryPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a start found in the directory: everything verified, and what is cut kept aside. The writer's lock is held by the
 * caller.
 *
 * @param journalId random identity of the journal, made at its first start
 * @param plan what the next generation begins with
 */
record JournalStart(long journalId, RecoveryPlan plan) {
    private static final Logger LOGGER = LoggerFactory.getLogger(Journal.class);

    static JournalStart recover(final JournalDirectory directory, final RecoveryHandler handler) {
        if (!directory.holdsJournal()) {
            return new JournalStart(
                    new SecureRandom().nextLong(), new RecoveryPlan(0, 0, 0, 1, 0, List.of(), List.of(), null));
        }
        final FenceLogFile file = FenceLogFile.read(directory.fenceLog());
        final FenceLogReplay fenceLog = file.replay();
        if (fenceLog.tornReason() != null) {
            LOGGER.warn(
                    "dropped a torn tail of the fence log, which no answer told of: file={} offset={} reason: {}",
                    file.file(),
                    fenceLog.tornOffset(),
                    fenceLog.tornReason());
        }
        try (QueueRecordSource source = new QueueRecordSource(directory, false)) {
            final RecoveryPlan plan =
                    JournalRecovery.recover(fenceLog, file.journalId(), file.syncedPosition(), source, handler);
            if (plan.cut() != null) {
                keepAside(source, plan.cut(), plan.position());
            }
            return new JournalStart(file.journalId(), plan);
        } catch (final IOException e) {
            throw new UncheckedIOException("journal cannot be kept aside: directory=" + directory.root(), e);
        }
    }

    private static void keepAside(final QueueRecordSource source, final Cut cut, final long positionLast)
            throws IOException {
        final List<Path> copies = source.keepAside(cut.generation(), cut.position());
        LOGGER.warn(
                "journal is cut: file={} positionLast={} reason: {} salvageable={} aside={}",
                cut.file(),
                positionLast,
                cut.reason(),
                cut.salvaged(),
                copies);
    }

    /** Brings all files of a generation to disk, and the names that lead to them. */
    static void sync(final JournalDirectory directory, final long generation) {
        try {
            syncFiles(directory, generation);
        } catch (final IOException e) {
            throw new UncheckedIOException("journal cannot be synced: directory=" + directory.root(), e);
        }
    }

    private static void syncFiles(final JournalDirectory directory, final long generation) throws IOException {
        final Path queue = directory.generation(generation);
        if (!Files.isDirectory(queue)) {
            return;
        }
        final List<Path> files;
        try (Stream<Path> paths = Files.list(queue)) {
            files = paths.filter(Files::isRegularFile).toList();
        }
        for (final Path path : files) {
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        }
        JournalDirectory.sync(queue);
        JournalDirectory.sync(directory.root());
    }
}
