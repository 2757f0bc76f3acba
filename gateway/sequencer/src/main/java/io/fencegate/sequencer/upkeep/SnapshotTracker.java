package io.fencegate.sequencer.upkeep;

/**
 * Decides when a leader asks for a snapshot, and notices one that it did not get: that one is counted, and asked for
 * again when as much log again has been committed. Time is an argument.
 *
 * <p>One thread.
 */
final class SnapshotTracker {
    /** After which a snapshot that is under way counts as failed, in milliseconds. */
    static final long PATIENCE_MS = 60_000;

    /** Between two tries to get the first snapshot for a member that has no log, in milliseconds. */
    static final long RETRY_MS = 10_000;

    private static final long NOT_ASKED = Long.MIN_VALUE;

    private final long snapshotLength;
    private long askedPosition = NOT_ASKED;
    private long askedMs;
    private long lastAskedPosition;
    private boolean hasFailed;
    private long failures;

    SnapshotTracker(final long snapshotLength) {
        this.snapshotLength = snapshotLength;
    }

    /** Who does not lead learns no outcome. */
    void onFollowing() {
        askedPosition = NOT_ASKED;
        lastAskedPosition = 0;
        hasFailed = false;
    }

    /**
     * Looks for the outcome of what was asked for.
     *
     * @param nowMs any clock that does not go back
     * @param newest position of the newest snapshot, read after it was seen whether one is under way
     * @param isUnderWay whether the consensus module is at a snapshot
     * @return true if a snapshot that was asked for failed, once for each
     */
    boolean isFailed(final long nowMs, final long newest, final boolean isUnderWay) {
        if (askedPosition == NOT_ASKED) {
            return false;
        }
        if (newest >= askedPosition) {
            askedPosition = NOT_ASKED;
            return false;
        }
        if (isUnderWay && nowMs - askedMs < PATIENCE_MS) {
            return false;
        }
        askedPosition = NOT_ASKED;
        hasFailed = true;
        failures++;
        return true;
    }

    /**
     * Whether to ask for a snapshot now.
     *
     * @param nowMs now
     * @param committed position of the log
     * @param newest position of the newest snapshot, below 0 for none
     * @param isSeedWanted whether a member without a log waits for one
     * @return true if it is due and none is asked for
     */
    boolean isDue(final long nowMs, final long committed, final long newest, final boolean isSeedWanted) {
        if (askedPosition != NOT_ASKED) {
            return false;
        }
        if (isSeedWanted && newest < 0 && (!hasFailed || nowMs - askedMs >= RETRY_MS)) {
            return true;
        }
        return committed - Math.max(newest, lastAskedPosition) >= snapshotLength;
    }

    /**
     * It was asked for.
     *
     * @param nowMs now
     * @param committed position of the log at that time
     */
    void onAsked(final long nowMs, final long committed) {
        askedPosition = committed;
        lastAskedPosition = committed;
        askedMs = nowMs;
    }

    /** Snapshots that were asked for and did not come. */
    long failures() {
        return failures;
    }
}
