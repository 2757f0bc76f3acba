package io.fencegate.storage.session;

/**
 * What sessions may take. Frozen.
 *
 * @param sessionsMax sessions at a time, 1 to 65,536
 * @param answersPendingMax requests that a session may have unanswered, 1 to 65,536
 * @param sessionTimeoutNs a session of which nothing is heard for so long ends, in nanoseconds, at least 100 ms
 * @param answerTimeoutNs a session that says no hello, or takes no answer, for so long ends, in nanoseconds, at least
 *     100 ms
 * @param refusalsPerSecond refusals that are journaled of one resource in one second, 1 to 1,000; the others are counted
 */
public record SessionLimits(
        int sessionsMax, int answersPendingMax, long sessionTimeoutNs, long answerTimeoutNs, int refusalsPerSecond) {
    /** Every limit at its default: 1,024 sessions, 256 answers, 30 s, 5 s, 8 refusals. */
    public static final SessionLimits DEFAULT = new SessionLimits(1024, 256, 30_000_000_000L, 5_000_000_000L, 8);

    private static final long TIMEOUT_MIN_NS = 100_000_000L;
    private static final long TIMEOUT_MAX_NS = 86_400_000_000_000L;

    /** Checks every value. */
    public SessionLimits {
        check("sessionsMax", sessionsMax, 1, 1 << 16);
        check("answersPendingMax", answersPendingMax, 1, 1 << 16);
        check("sessionTimeoutNs", sessionTimeoutNs, TIMEOUT_MIN_NS, TIMEOUT_MAX_NS);
        check("answerTimeoutNs", answerTimeoutNs, TIMEOUT_MIN_NS, TIMEOUT_MAX_NS);
        check("refusalsPerSecond", refusalsPerSecond, 1, 1000);
    }

    private static void check(final String name, final long value, final long min, final long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException("out of range: " + name + "=" + value + " min=" + min + " max=" + max);
        }
    }
}
