package io.fencegate.client.session.writer;

import io.fencegate.client.session.CallTimes;

/**
 * When a writer has waited long enough: for one answer, before it gives the session up; and for anything to be settled,
 * before it gives up itself.
 *
 * <p>One thread.
 */
final class WriterTimes {
    private final long attemptFirstNs;
    private final long attemptLongestNs;
    private final long writeTimeoutNs;
    private long attemptNs;
    private long attemptStartNs;
    private long settledNs;

    WriterTimes(final CallTimes times, final long writeTimeoutNs) {
        this.attemptFirstNs = times.attemptTimeoutNs();
        this.attemptLongestNs = times.callTimeoutNs();
        this.writeTimeoutNs = writeTimeoutNs;
        this.attemptNs = attemptFirstNs;
    }

    /** Something was settled, or there is nothing to settle. */
    void onSettled(final long nowNs) {
        settledNs = nowNs;
        attemptNs = attemptFirstNs;
    }

    /** Nothing is asked, or an answer came. */
    void onAnswered(final long nowNs) {
        attemptStartNs = nowNs;
    }

    /** The answer that is asked for does not come: each further attempt waits longer. */
    boolean isAttemptOver(final long nowNs) {
        if (nowNs - attemptStartNs < attemptNs) {
            return false;
        }
        attemptStartNs = nowNs;
        attemptNs = Math.min(attemptLongestNs, attemptNs * 2);
        return true;
    }

    boolean isOver(final long nowNs) {
        return nowNs - settledNs >= writeTimeoutNs;
    }
}
