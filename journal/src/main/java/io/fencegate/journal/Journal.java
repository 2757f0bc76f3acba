package io.fencegate.journal;

import io.fencegate.journal.fencelog.FenceLog;
import io.fencegate.journal.recovery.RecoveryHandler;

/**
 * The gateway's memory, opened by its only writer.
 *
 * <p>{@link #appender()}, {@link #reader()} and the appends of {@link #fenceLog()} belong to the line's thread; {@link
 * #sync()}, {@link #checkSpace()} and the syncs of the fence log to the sync agent's; getters to any thread.
 */
public final class Journal implements AutoCloseable {
    private Journal() {}

    /**
     * Takes the writer's lock, recovers what is there, and starts a new generation.
     *
     * @param config of the journal
     * @param handler is told fences and writes in the order in which they happened
     * @return the journal, ready for appends
     * @throws JournalInUseException if another gateway is its writer
     * @throws io.fencegate.journal.recovery.JournalCorruptException if what must be there is damaged or missing
     * @throws io.fencegate.journal.recovery.JournalForeignException if the directory is something else, or newer
     */
    public static Journal open(final JournalConfig config, final RecoveryHandler handler) {
        throw new UnsupportedOperationException();
    }

    /** Appends records. @return for the line's thread only */
    public JournalAppender appender() {
        throw new UnsupportedOperationException();
    }

    /** Reads records by their locator. @return for the line's thread only */
    public RecordReader reader() {
        throw new UnsupportedOperationException();
    }

    /** Keeps the fences. @return append on the line's thread, sync on the sync agent's */
    public FenceLog fenceLog() {
        throw new UnsupportedOperationException();
    }

    /** Random identity of this journal. @return the journalId */
    public long journalId() {
        throw new UnsupportedOperationException();
    }

    /** This run of the gateway as the journal's writer. @return from 1 */
    public long generation() {
        throw new UnsupportedOperationException();
    }

    /** Highest position known to be on disk. @return from 0; any thread */
    public long syncedPosition() {
        throw new UnsupportedOperationException();
    }

    /**
     * Brings every record appended so far to disk: fdatasync. Sync agent's thread. A failed sync is final.
     *
     * @return the synced position
     * @throws java.io.UncheckedIOException if the sync failed: stop the process
     */
    public long sync() {
        throw new UnsupportedOperationException();
    }

    /** Measures the free space and keeps the fence log's reserve filled. Sync agent's thread, about once a second. */
    public void checkSpace() {
        throw new UnsupportedOperationException();
    }

    /** Syncs everything and lets go of the writer's lock. After both agents have stopped. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
