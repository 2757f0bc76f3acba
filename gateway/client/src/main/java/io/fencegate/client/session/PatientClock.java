package io.fencegate.client.session;

import java.util.concurrent.TimeUnit;

/**
 * Time as a patient caller feels it: the sum of the steps between looks at the real clock, each counted as at most a
 * second. A process that stood still for a minute (collected garbage, was stopped) has not waited a minute for its
 * answer, which may lie in its buffers already.
 *
 * <p>One thread.
 */
public final class PatientClock {
    /** Longest step that counts in full, in nanoseconds. */
    public static final long STEP_MAX_NS = TimeUnit.SECONDS.toNanos(1);

    private long realNs;
    private long timeNs;

    /**
     * A clock at time 0.
     *
     * @param realNs a monotonic clock's time now
     */
    public PatientClock(final long realNs) {
        this.realNs = realNs;
    }

    /**
     * Looks at the real clock.
     *
     * @param nowNs its time
     * @return this clock's time in nanoseconds, never falling
     */
    public long advance(final long nowNs) {
        final long step = nowNs - realNs;
        realNs = nowNs;
        if (step > 0) {
            timeNs += Math.min(step, STEP_MAX_NS);
        }
        return timeNs;
    }
}
