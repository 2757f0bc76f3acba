package io.fencegate.client.session;

/**
 * How long calls, their attempts, and the pauses between connections last.
 *
 * <p>Immutable; any thread.
 *
 * @param callTimeoutNs longest time of a call, in nanoseconds
 * @param attemptTimeoutNs how long the first attempt within a call waits for its answer, in nanoseconds; doubled at each
 *     repeat
 * @param reconnectFirstNs pause before a lost connection is begun anew, in nanoseconds; doubled at each failure
 * @param reconnectLongestNs longest such pause, in nanoseconds
 */
public record CallTimes(long callTimeoutNs, long attemptTimeoutNs, long reconnectFirstNs, long reconnectLongestNs) {
    /** Checks the times. */
    public CallTimes {
        if (callTimeoutNs <= 0 || attemptTimeoutNs <= 0 || reconnectFirstNs <= 0) {
            throw new IllegalArgumentException("a time is not positive: callTimeoutNs=" + callTimeoutNs
                    + " attemptTimeoutNs=" + attemptTimeoutNs + " reconnectFirstNs=" + reconnectFirstNs);
        }
        if (attemptTimeoutNs > callTimeoutNs) {
            throw new IllegalArgumentException("an attempt is longer than its call: attemptTimeoutNs="
                    + attemptTimeoutNs + " callTimeoutNs=" + callTimeoutNs);
        }
        if (reconnectFirstNs > reconnectLongestNs) {
            throw new IllegalArgumentException("the first pause is longer than the longest: reconnectFirstNs="
                    + reconnectFirstNs + " reconnectLongestNs=" + reconnectLongestNs);
        }
    }

    /** Attempts grow up to the whole call, so that a slow machine is not kept from its answer by impatience. @return new */
    public RetryTimer newRetryTimer() {
        return new RetryTimer(attemptTimeoutNs, callTimeoutNs);
    }

    /** The pauses between connections. @param jitter draws half of each pause @return new */
    public Backoff newBackoff(final Jitter jitter) {
        return new Backoff(reconnectFirstNs, reconnectLongestNs, jitter);
    }
}
