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
import io.fencegate.journal.recovery.StartOrder;
import io.fencegate.journal.recovery.StartSteps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
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
        final Starting starting = new Starting(directory, config, lock, start);
        try {
            StartOrder.begin(start.plan(), starting);
            starting.journal.checkSpace();
            return starting.journal;
        } catch (final Throwable e) {
            CloseHelper.quietCloseAll(starting.queue, starting.fenceLog);
            throw e;
        }
    }

    /** Starts a generation in the journal's directory. */
    private static final class Starting implements StartSteps {
        private final JournalDirectory directory;
        private final JournalConfig config;
        private final WriterLock lock;
        private final JournalStart start;
        private FenceLog fenceLog;
        private SingleChronicleQueue queue;
        private Journal journal;

        private Starting(
                final JournalDirectory directory,
                final JournalConfig config,
                final WriterLock lock,
                final JournalStart start) {
            this.directory = directory;
            this.config = config;
            this.lock = lock;
            this.start = start;
        }

        @Override
        public void syncRecovered(final long generation) {
            JournalStart.sync(directory, generation);
        }

        @Override
        public void replaceFenceLog(final List<FenceState> fences, final long generation, final long syncedPosition) {
            fenceLog = FenceLog.create(
                    directory, start.journalId(), fences, generation, syncedPosition, config.fenceLogReserveLength());
        }

        @Override
        public void makeGeneration(final long generation, final long position, final int crc) {
            final long nowMs = System.currentTimeMillis();
            final MonotoneTime time = new MonotoneTime(nowMs);
            queue = GenerationQueue.create(directory.generation(generation), config.blockLength(), time);
            final JournalParts parts =
                    new JournalParts(queue, time, new QueueSync(position), spaceOf(directory, config), fenceLog);
            journal = new Journal(directory, lock, parts, start);
            journal.appender.timestampNs(TimeUnit.MILLISECONDS.toNanos(nowMs));
        }

        @Override
        public void appendGenerationStarted() {
            journal.appender.appendGenerationStarted(journal.journalId);
        }

        @Override
        public void appendFence(final FenceState fence) {
            final DirectBuffer name = fence.name();
            journal.appender.appendFenceRaised(
                    fence.handle(), fence.token(), fence.clientId(), fence.seal(), name, 0, name.capacity());
        }

        @Override
        public void syncGeneration() {
            JournalStart.sync(directory, journal.generation());
            journal.sync();
        }

        private static FreeSpace spaceOf(final JournalDirectory directory, final JournalConfig config) {
            try {
                return new FreeSpace(Files.getFileStore(directory.root()), config.freeFloorBytes());
            } catch (final IOException e) {
                throw new UncheckedIOException("free space cannot be told: directory=" + directory.root(), e);
            }
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
