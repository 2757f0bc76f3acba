package io.fencegate.core.lease.order;

/**
 * Tells log time: the sum of the forward differences between the log's timestamps within one leadership term, each
 * counted as at most {@link #STEP_MAX_MS}; a term's first timestamp adds nothing. So time without a leader expires no
 * lease, what is left of a lease is kept over a change of leader, and a wall clock that jumps can neither freeze log
 * time (only the step back itself counts nothing) nor flood it.
 *
 * <p>Driven by the log; one thread.
 */
public final class LogClock {
    /** The most that one difference counts, in milliseconds. */
    public static final long STEP_MAX_MS = 5_000;

    /** Stands for no leadership term. */
    public static final long NO_TERM = -1;

    private long leadershipTermId = NO_TERM;
    private long timestampMs;
    private long logTimeMs;

    /**
     * Reads one timestamp of the log. Each entry of the log must be told once, in order.
     *
     * @param leadershipTermId of the entry
     * @param timestampMs of the entry: wall-clock milliseconds of the leader, in any order
     * @return log time from here on, in milliseconds; never falls
     */
    public long advance(final long leadershipTermId, final long timestampMs) {
        if (leadershipTermId == this.leadershipTermId && timestampMs > this.timestampMs) {
            final long difference = timestampMs - this.timestampMs;
            // A difference of two far timestamps may overflow into a negative one: it is the longest of all.
            logTimeMs += difference < 0 ? STEP_MAX_MS : Math.min(difference, STEP_MAX_MS);
        }
        this.leadershipTermId = leadershipTermId;
        this.timestampMs = timestampMs;
        return logTimeMs;
    }

    /** Log time. @return in milliseconds, from 0; never falls */
    public long logTimeMs() {
        return logTimeMs;
    }

    /** Leadership term of the last timestamp. @return or {@link #NO_TERM} */
    public long leadershipTermId() {
        return leadershipTermId;
    }

    /** The last timestamp read. @return in milliseconds of the leader's wall clock */
    public long timestampMs() {
        return timestampMs;
    }

    /**
     * Takes over the state of a snapshot.
     *
     * @param leadershipTermId of the snapshot
     * @param timestampMs of the snapshot
     * @param logTimeMs of the snapshot
     * @throws IllegalStateException if the values are no state of a clock
     */
    public void restore(final long leadershipTermId, final long timestampMs, final long logTimeMs) {
        if (leadershipTermId < NO_TERM || logTimeMs < 0) {
            throw new IllegalStateException(
                    "no state of a log clock: leadershipTermId=" + leadershipTermId + " logTimeMs=" + logTimeMs);
        }
        this.leadershipTermId = leadershipTermId;
        this.timestampMs = timestampMs;
        this.logTimeMs = logTimeMs;
    }
}
