package io.fencegate.sequencer;

/**
 * The times by which a node lives, all in milliseconds. They decide how fast the sequencer heals, never whether it is
 * safe.
 *
 * <p>Immutable; any thread.
 *
 * @param heartbeatIntervalMs between two heartbeats of the leader, at least 1
 * @param heartbeatTimeoutMs after which a silent leader is replaced, at least twice the interval
 * @param electionTimeoutMs after which a candidate tries again
 * @param startupCanvassMs for which a starting node waits for all members before a majority suffices, at least twice
 *     the heartbeat timeout
 * @param sessionTimeoutMs after which a silent client's session ends; its leases do not
 * @param tickMs of log time between two looks for expired leases and waits, 10 to 1000
 */
public record SequencerTimings(
        long heartbeatIntervalMs,
        long heartbeatTimeoutMs,
        long electionTimeoutMs,
        long startupCanvassMs,
        long sessionTimeoutMs,
        long tickMs) {
    /** Shortest tick. */
    public static final long TICK_MIN_MS = 10;

    /** Longest tick: well below the 5 s that log time may go forward at once. */
    public static final long TICK_MAX_MS = 1000;

    /** Checks the times and their relations. */
    public SequencerTimings {
        check(heartbeatIntervalMs >= 1, "heartbeatIntervalMs", heartbeatIntervalMs, "at least 1");
        check(
                heartbeatTimeoutMs >= 2 * heartbeatIntervalMs,
                "heartbeatTimeoutMs",
                heartbeatTimeoutMs,
                "at least twice heartbeatIntervalMs=" + heartbeatIntervalMs);
        check(electionTimeoutMs >= 1, "electionTimeoutMs", electionTimeoutMs, "at least 1");
        check(
                startupCanvassMs >= 2 * heartbeatTimeoutMs,
                "startupCanvassMs",
                startupCanvassMs,
                "at least twice heartbeatTimeoutMs=" + heartbeatTimeoutMs);
        check(sessionTimeoutMs >= 1000, "sessionTimeoutMs", sessionTimeoutMs, "at least 1000");
        check(tickMs >= TICK_MIN_MS && tickMs <= TICK_MAX_MS, "tickMs", tickMs, TICK_MIN_MS + " to " + TICK_MAX_MS);
    }

    /** Times for nodes on hosts of their own. @return the times */
    public static SequencerTimings deployed() {
        return new SequencerTimings(200, 5000, 1000, 60_000, 10_000, 100);
    }

    /** Times for nodes that share one process. @return the times */
    public static SequencerTimings embedded() {
        return new SequencerTimings(100, 2000, 500, 4000, 10_000, 100);
    }

    private static void check(final boolean holds, final String name, final long value, final String rule) {
        if (!holds) {
            throw new IllegalArgumentException(name + "=" + value + " must be " + rule);
        }
    }
}
