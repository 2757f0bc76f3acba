package io.fencegate.sequencer.upkeep;

/**
 * When a node takes snapshots, and by which bounds it calls itself ready. Lengths are in bytes of the cluster's log.
 *
 * <p>Immutable; any thread.
 *
 * @param snapshotLength of log behind the newest snapshot at which the leader asks for another, 64 KiB to 1 TiB
 * @param lagLengthMax by which a ready node may be behind what is committed, at least 1
 * @param lagMs for which it may be further behind, in milliseconds, at least 1
 * @param stuckMs for which its service may show no sign of life, or apply nothing of what is committed, in
 *     milliseconds, at least 100
 * @param silenceMs after which a member that says nothing counts as silent, in milliseconds, at least 500; it speaks five
 *     times as often
 */
public record UpkeepConfig(long snapshotLength, long lagLengthMax, long lagMs, long stuckMs, long silenceMs) {
    /** Log between two snapshots, unless said otherwise: some seconds of replay at a restart. */
    public static final long SNAPSHOT_LENGTH_DEFAULT = 64L << 20;

    /** Shortest log between two snapshots. */
    public static final long SNAPSHOT_LENGTH_MIN = 64L << 10;

    /** Longest log between two snapshots. */
    public static final long SNAPSHOT_LENGTH_MAX = 1L << 40;

    private static final long TICKS_OF_SILENCE = 5;
    private static final long STUCK_MIN_MS = 100;
    private static final long SILENCE_MIN_MS = 500;

    /** What a node does unless told otherwise. */
    public static final UpkeepConfig DEFAULT = new UpkeepConfig(SNAPSHOT_LENGTH_DEFAULT, 1L << 20, 1000, 3000, 5000);

    /** Checks the values. */
    public UpkeepConfig {
        check(
                snapshotLength >= SNAPSHOT_LENGTH_MIN && snapshotLength <= SNAPSHOT_LENGTH_MAX,
                "snapshotLength",
                snapshotLength,
                SNAPSHOT_LENGTH_MIN + " to " + SNAPSHOT_LENGTH_MAX);
        check(lagLengthMax >= 1, "lagLengthMax", lagLengthMax, "at least 1");
        check(lagMs >= 1, "lagMs", lagMs, "at least 1");
        check(stuckMs >= STUCK_MIN_MS, "stuckMs", stuckMs, "at least " + STUCK_MIN_MS);
        check(silenceMs >= SILENCE_MIN_MS, "silenceMs", silenceMs, "at least " + SILENCE_MIN_MS);
    }

    /** Between two messages to the other members, and two looks at log and snapshots. @return in milliseconds */
    long tickMs() {
        return silenceMs / TICKS_OF_SILENCE;
    }

    /**
     * The same with another length of log between two snapshots.
     *
     * @param other length, in bytes
     * @return a copy
     */
    public UpkeepConfig withSnapshotLength(final long other) {
        return new UpkeepConfig(other, lagLengthMax, lagMs, stuckMs, silenceMs);
    }

    private static void check(final boolean holds, final String name, final long value, final String rule) {
        if (!holds) {
            throw new IllegalArgumentException(name + "=" + value + " must be " + rule);
        }
    }
}
