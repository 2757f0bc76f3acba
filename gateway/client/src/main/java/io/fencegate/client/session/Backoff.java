package io.fencegate.client.session;

/**
 * When to try again what failed: after a pause that doubles with each failure up to a limit. Half of each pause is drawn
 * by lot, so that clients that lost the same peer do not come back at the same moment.
 *
 * <p>One thread.
 */
public final class Backoff {
    private final long firstNs;
    private final long longestNs;
    private final Jitter jitter;
    private long pauseNs;
    private long notBeforeNs;
    private boolean isPausing;

    /**
     * A backoff without a failure: trying is allowed.
     *
     * @param firstNs longest pause after the first failure in nanoseconds, positive
     * @param longestNs longest pause of all in nanoseconds, not below the first
     * @param jitter draws half of each pause
     */
    public Backoff(final long firstNs, final long longestNs, final Jitter jitter) {
        if (firstNs <= 0 || longestNs < firstNs) {
            throw new IllegalArgumentException("firstNs=" + firstNs + " longestNs=" + longestNs);
        }
        this.firstNs = firstNs;
        this.longestNs = longestNs;
        this.jitter = jitter;
    }

    /** It failed: a pause begins. @param nowNs the time */
    public void onFailure(final long nowNs) {
        pauseNs = pauseNs == 0 ? firstNs : Math.min(longestNs, pauseNs > longestNs / 2 ? longestNs : pauseNs * 2);
        notBeforeNs = nowNs + pauseNs - jitter.draw(pauseNs / 2);
        isPausing = true;
    }

    /** It succeeded: the next failure is the first one again. */
    public void onSuccess() {
        pauseNs = 0;
        isPausing = false;
    }

    /** Whether the pause is over. @param nowNs the time @return true if it may be tried (again) */
    public boolean mayTry(final long nowNs) {
        if (isPausing && nowNs - notBeforeNs >= 0) {
            isPausing = false;
        }
        return !isPausing;
    }
}
