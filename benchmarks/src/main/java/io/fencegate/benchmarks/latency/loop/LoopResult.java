package io.fencegate.benchmarks.latency.loop;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * What a loop saw.
 *
 * @param histogram of the latencies in nanoseconds; not shared with the loop
 * @param sent messages, each of which was answered rightly
 * @param sendingNs from the first message that should be sent to the last one that was, and one interval more
 * @param behindMaxNs the longest that a message was sent later than it should; 0 in a closed loop
 * @param isComplete false if the loop was stopped
 */
public record LoopResult(Histogram histogram, long sent, long sendingNs, long behindMaxNs, boolean isComplete) {
    /** Share of a stated rate that must be reached. */
    public static final double RATE_SHARE_MIN = 0.99;

    /** How late the last message may be sent in a run so short that this is more than its share, in nanoseconds. */
    public static final long BEHIND_AT_END_MAX_NS = TimeUnit.MILLISECONDS.toNanos(20);

    /** How late a message may be sent before the rate counts as missed, in nanoseconds. */
    public static final long BEHIND_MAX_NS = TimeUnit.MILLISECONDS.toNanos(500);

    /** Messages a second. @return 0 if none was sent */
    public double rate() {
        return sendingNs == 0 ? 0 : sent * 1e9 / sendingNs;
    }

    /**
     * Why these are not the latencies at a stated rate, though each of them is counted from the time at which its
     * message should have been sent: the sender reached less than {@link #RATE_SHARE_MIN} of it and was more than
     * {@link #BEHIND_AT_END_MAX_NS} late at its end, or it was more than {@link #BEHIND_MAX_NS} late at any time.
     *
     * @param stated messages a second
     * @return a sentence; empty if the rate was held
     */
    public String missed(final double stated) {
        final double behindAtEndNs = sendingNs - sent * 1e9 / stated;
        if (rate() < stated * RATE_SHARE_MIN && behindAtEndNs > BEHIND_AT_END_MAX_NS) {
            return String.format(Locale.ROOT, "the rate was missed: stated=%.0f/s achieved=%.0f/s", stated, rate());
        }
        if (behindMaxNs > BEHIND_MAX_NS) {
            return String.format(
                    Locale.ROOT,
                    "the rate was missed for a while: stated=%.0f/s behindMs=%d",
                    stated,
                    TimeUnit.NANOSECONDS.toMillis(behindMaxNs));
        }
        return "";
    }
}
