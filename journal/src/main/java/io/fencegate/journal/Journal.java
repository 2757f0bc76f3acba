package io.fencegate.journal;

import io.fencegate.journal.disk.FreeSpace;
import io.fencegate.journal.disk.JournalDirectory;
import io.fencegate.journal.fencelog.FenceLog;
import io.fencegate.journal.queue.GenerationQueue;
import io.fencegate.journal.queue.MonotoneTime;
import io.fencegate.journal.queue.QueueSync;
import io.fencegate.journal.recovery.FenceState;
import io.fencegate.journal.recovery.RecoveryHandler;
import io.fencegate.journal.recovery.RecoveryPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;

/**
 * The gateway's memory, opened by its only writer.
 *
 * <p>{@link #appender()}, {@link #reader()} and the appends of {@link #fenceLog()} belong to the line's thread; {@link
 * #sync()}, {@link #checkSpace()} and the syncs of the fence log to the sync agent's; getters to any thread.
 */
public final class Journal implements AutoCloseable {
    private final WriterLock lock;
    private final JournalParts parts;
    private final long journalId;
    private final RecoveryPlan recovered;
    private final JournalAppender appender;
    private final RecordReader reader;

    private Journal(
            final JournalDirectory directory,
            final WriterLock lock,
            final JournalParts parts,
            final JournalStart start) {
        this.lock = lock;
        this.parts = parts;
        journalId = start.journalId();
        recovered = start.plan();
        appender = new JournalAppender(parts, recovered.generationNext(), recovered.position(), recovered.crc());
        reader = new RecordReader(directory, recovered.generationNext(), parts.queue());
    }

    /**
     * Takes the writer's lock, recovers what is there, and starts a new generation.
     *
     * @param config of the journal
     * @param handler is told fences and writes in the order in which they happened
     * @return the journal, ready for appends
     * @throws JournalInUseException if another gateway is its writer
     * @throws io.fencegate.journal.recovery.JournalCorruptException if what must be there is damaged or missing
     * @throws io.fencegate.journal.recovery.JournalForeignException if the directory is something else, or newer
     * @throws UncheckedIOException if the directory cannot be written
     */
    public static Journal open(final JournalConfig config, final RecoveryHandler handler) {
        final JournalDirectory directory = new JournalDirectory(config.directory());
        directory.holdsJournal();
        try {
            Files.createDirectories(directory.root());
        } catch (final IOException e) {
            throw new UncheckedIOException("directory cannot be made: directory=" + directory.root(), e);
        }
        final WriterLock lock = WriterLock.take(directory);
        try {
            final JournalStart start = JournalStart.recover(directory, handler);
            return startGeneration(directory, config, lock, start);
        } catch (final Throwable e) {
            CloseHelper.quietClose(lock);
            throw e;
        }
    }

    private static Journal startGeneration(
            final JournalDirectory directory,
            final JournalConfig config,
            final WriterLock lock,
            final JournalStart start) {
        final RecoveryPlan plan = start.plan();
        SingleChronicleQueue queue = null;
        FenceLog fenceLog = null;
        try {
            fenceLog = FenceLog.create(
                    directory,
                    start.journalId(),
                    plan.fences(),
                    plan.generationNext(),
                    plan.position(),
                    config.fenceLogReserveLength());
            final Path generation = directory.generation(plan.generationNext());
            final long nowMs = System.currentTimeMillis();
            final MonotoneTime time = new MonotoneTime(nowMs);
            queue = GenerationQueue.create(generation, config.blockLength(), time);
            final FreeSpace space = new FreeSpace(Files.getFileStore(directory.root()), config.freeFloorBytes());
            final JournalParts parts = new JournalParts(queue, time, new QueueSync(plan.position()), space, fenceLog);
            final Journal journal = new Journal(directory, lock, parts, start);
            journal.appender.timestampNs(TimeUnit.MILLISECONDS.toNanos(nowMs));
            journal.begin();
            JournalStart.sync(directory, plan.generationNext());
            journal.sync();
            journal.checkSpace();
            return journal;
        } catch (final IOException e) {
            CloseHelper.quietCloseAll(queue, fenceLog);
            throw new UncheckedIOException("generation cannot be started: directory=" + directory.root(), e);
        } catch (final Throwable e) {
            CloseHelper.quietCloseAll(queue, fenceLog);
            throw e;
        }
    }

    private void begin() {
        appender.appendGenerationStarted(journalId);
        for (final FenceState fence : recovered.unjournaled()) {
            final DirectBuffer name = fence.name();
            appender.appendFenceRaised(
                    fence.handle(), fence.token(), fence.clientId(), fence.seal(), name, 0, name.capacity());
        }
    }

    /** Appends records. @return for the line's thread only */
    public JournalAppender appender() {
        return appender;
    }

    /** Reads records by their locator. @return for the line's thread only */
    public RecordReader reader() {
        return reader;
    }

    /** Keeps the fences. @return append on the line's thread, sync on the sync agent's */
    public FenceLog fenceLog() {
        return parts.fenceLog();
    }

    /** Random identity of this journal. @return the journalId */
    public long journalId() {
        return journalId;
    }

    /** This run of the gateway as the journal's writer. @return from 1 */
    public long generation() {
        return recovered.generationNext();
    }

    /** What was found at the start. @return as recovery told it */
    public RecoveryPlan recovered() {
        return recovered;
    }

    /** Highest position known to be on disk. @return from 0; any thread */
    public long syncedPosition() {
        return parts.sync().syncedPosition();
    }

    /**
     * Brings every record appended so far to disk: fdatasync. Sync agent's thread. A failed sync is final.
     *
     * @return the synced position
     * @throws UncheckedIOException if the sync failed: stop the process
     */
    public long sync() {
        final long before = parts.sync().syncedPosition();
        final long position = parts.sync().sync();
        if (position > before) {
            parts.fenceLog().positionSynced(position);
        }
        return position;
    }

    /** Measures the free space and keeps the fence log's reserve filled. Sync agent's thread, about once a second. */
    public void checkSpace() {
        parts.space().measure(appender.appendedBytes());
        parts.fenceLog().keepReserve();
    }

    /** Syncs everything and lets go of the writer's lock. After both agents have stopped. */
    @Override
    public void close() {
        CloseHelper.closeAll(this::sync, reader::close, parts.queue(), parts.sync(), parts.fenceLog(), lock);
    }
}
