package io.fencegate.client.session.lease;

import io.fencegate.client.session.RetryTimer;
import java.util.concurrent.TimeUnit;

/**
 * When one command is sent: at once on each new connection and to each new leader, and again after a silence, which
 * grows. A command that the sequencer has taken up, as it waits in a queue, is repeated at a slow pace: the push of its
 * answer may have been lost. One that came too early, because the sequencer does not take commands yet, is repeated
 * after a short pause.
 *
 * <p>One thread.
 */
public final class CommandPace {
    /** Pause before a command that came too early is sent again, in nanoseconds. */
    static final long EARLY_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private RetryTimer retry;
    private RetryTimer retryQueued;
    private long deadlineNs = LeaseCommand.NO_DEADLINE;
    private long sentEpoch;
    private long firstSentNs;
    private long earlyUntilNs;
    private boolean isEarly;
    private boolean isSent;

    CommandPace() {}

    /**
     * Begins.
     *
     * @param retryTimer of its repeats
     * @param retryQueuedTimer of its repeats while it waits in a queue
     * @param untilNs when its time is over, or NO_DEADLINE
     */
    void begin(final RetryTimer retryTimer, final RetryTimer retryQueuedTimer, final long untilNs) {
        retry = retryTimer;
        retryQueued = retryQueuedTimer;
        deadlineNs = untilNs;
    }

    boolean isBounded() {
        return deadlineNs != LeaseCommand.NO_DEADLINE;
    }

    boolean isOver(final long nowNs) {
        return deadlineNs != LeaseCommand.NO_DEADLINE && nowNs - deadlineNs >= 0;
    }

    boolean isDue(final long nowNs, final long epoch) {
        return epoch != sentEpoch || retry.isExpired(nowNs) || isEarly && nowNs - earlyUntilNs >= 0;
    }

    void onSent(final long nowNs, final long realNs, final long epoch) {
        if (epoch != sentEpoch) {
            retry.start(nowNs);
        } else {
            retry.again(nowNs);
        }
        if (!isSent) {
            isSent = true;
            firstSentNs = realNs;
        }
        sentEpoch = epoch;
        isEarly = false;
    }

    void onQueued(final long nowNs) {
        retry = retryQueued;
        retry.start(nowNs);
    }

    void onEarly(final long nowNs) {
        isEarly = true;
        earlyUntilNs = nowNs + EARLY_PAUSE_NS;
    }

    /** It is to be sent again as soon as can be. */
    void hurry() {
        sentEpoch = 0;
    }

    /** It is given more time. @param untilNs when its time is over */
    void extend(final long untilNs) {
        deadlineNs = untilNs;
    }

    /** It is given no more time than this. @param untilNs when its time is over at the latest */
    void shorten(final long untilNs) {
        if (deadlineNs == LeaseCommand.NO_DEADLINE || untilNs - deadlineNs < 0) {
            deadlineNs = untilNs;
        }
    }

    /** Whether it was ever sent. @return true from then on */
    public boolean isSent() {
        return isSent;
    }

    /** When it was sent for the first time. @return by the process's monotonic clock, in nanoseconds */
    public long firstSentNs() {
        return firstSentNs;
    }
}
