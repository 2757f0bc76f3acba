package io.fencegate.client.session;

/**
 * When an attempt has waited long enough for its answer: each attempt waits twice as long as the one before, up to a
 * limit.
 *
 * <p>One thread.
 */
public final class RetryTimer {
    private final long firstNs;
    private final long longestNs;
    private long waitNs;
    private long deadlineNs;

    /**
     * A timer that is not started.
     *
     * @param firstNs wait of the first attempt in nanoseconds, positive
     * @param longestNs longest wait in nanoseconds, not below the first
     */
    public RetryTimer(final long firstNs, final long longestNs) {
        if (firstNs <= 0 || longestNs < firstNs) {
            throw new IllegalArgumentException("firstNs=" + firstNs + " longestNs=" + longestNs);
        }
        this.firstNs = firstNs;
        this.longestNs = longestNs;
    }

    /** The first attempt begins. @param nowNs the time */
    public void start(final long nowNs) {
        waitNs = firstNs;
        deadlineNs = nowNs + waitNs;
    }

    /** The next attempt begins. @param nowNs the time */
    public void again(final long nowNs) {
        waitNs = Math.min(longestNs, waitNs * 2);
        deadlineNs = nowNs + waitNs;
    }

    /** Whether this attempt has waited long enough. @param nowNs the time @return true from its deadline on */
    public boolean isExpired(final long nowNs) {
        return nowNs - deadlineNs >= 0;
    }
}
