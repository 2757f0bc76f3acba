package io.fencegate.storage.durability;

import io.fencegate.journal.Journal;
import io.fencegate.journal.fencelog.FenceLog;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

/**
 * Brings fences, and at {@link Durability#DISK} records, to disk: one sync for all that arrived meanwhile, so that the
 * line never waits. A sync that failed is never tried again: what it was to write may be gone from the page cache, and
 * the exception stops the process.
 *
 * <p>Always has a thread of its own.
 */
public final class SyncAgent implements Agent {
    /** Name of the agent that syncs and its thread. */
    public static final String ROLE_NAME = "fencegate-sync";

    private static final long SPACE_CHECK_INTERVAL_NS = 1_000_000_000L;

    private final Journal journal;
    private final FenceLog fenceLog;
    private final AppendedPosition appended;
    private final boolean syncsRecords;
    private final Runnable recordsSynced;
    private final NanoClock clock;
    private long spaceCheckedNs;

    /**
     * Syncs one journal.
     *
     * @param journal whose syncs are this agent's from now on
     * @param durability that answers wait for
     * @param appended how far the line has come
     * @param recordsSynced told after each sync of records
     * @param clock that only rises
     */
    public SyncAgent(
            final Journal journal,
            final Durability durability,
            final AppendedPosition appended,
            final Runnable recordsSynced,
            final NanoClock clock) {
        this.journal = journal;
        this.appended = appended;
        this.recordsSynced = recordsSynced;
        this.clock = clock;
        fenceLog = journal.fenceLog();
        syncsRecords = durability == Durability.DISK;
        spaceCheckedNs = clock.nanoTime();
    }

    @Override
    public int doWork() {
        return syncFences() + syncRecords() + checkSpace();
    }

    @Override
    public String roleName() {
        return ROLE_NAME;
    }

    private int syncFences() {
        if (fenceLog.syncedOffset() >= fenceLog.appendedOffset()) {
            return 0;
        }
        fenceLog.sync();
        return 1;
    }

    private int syncRecords() {
        if (!syncsRecords || journal.syncedPosition() >= appended.get()) {
            return 0;
        }
        journal.sync();
        recordsSynced.run();
        return 1;
    }

    private int checkSpace() {
        final long nowNs = clock.nanoTime();
        if (nowNs - spaceCheckedNs < SPACE_CHECK_INTERVAL_NS) {
            return 0;
        }
        spaceCheckedNs = nowNs;
        journal.checkSpace();
        return 1;
    }
}
