package io.fencegate.benchmarks.latency.loop;

import io.fencegate.benchmarks.rig.WriteStream;
import io.fencegate.benchmarks.rig.WrongAnswerException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;

/**
 * What both loops have in common: the clock, the histogram, when to give up, and when to stop. Does not allocate while it
 * records.
 *
 * <p>One thread.
 */
final class Recording {
    static final long SILENCE_MAX_NS = WriteStream.PATIENCE_NS;

    private static final long HISTOGRAM_MAX_NS = TimeUnit.HOURS.toNanos(1);
    private static final int HISTOGRAM_DIGITS = 3;
    private static final long LOOK_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Histogram histogram = new Histogram(HISTOGRAM_MAX_NS, HISTOGRAM_DIGITS);
    private final NanoClock clock;
    private final IdleStrategy idle;
    private final BooleanSupplier stopped;
    private long nowNs;
    private long lookedNs;
    private long heardNs;
    private boolean isStopped;

    Recording(final NanoClock clock, final IdleStrategy idle, final BooleanSupplier stopped) {
        this.clock = clock;
        this.idle = idle;
        this.stopped = stopped;
    }

    void begin() {
        histogram.reset();
        isStopped = false;
        now();
        lookedNs = nowNs;
        heardNs = nowNs;
    }

    long now() {
        nowNs = clock.nanoTime();
        return nowNs;
    }

    /** An answer came to a message that was, or should have been, sent then. */
    void answered(final long sinceNs) {
        heardNs = now();
        histogram.recordValue(heardNs - sinceNs);
    }

    /** At the end of each turn. */
    void idle(final int workCount, final long sent, final long unanswered) {
        if (workCount > 0) {
            idle.reset();
        } else {
            if (unanswered == 0) {
                heardNs = now();
            } else if (now() - heardNs > SILENCE_MAX_NS) {
                throw new WrongAnswerException("no answer: sent=" + sent + " unanswered=" + unanswered + " silentMs="
                        + TimeUnit.NANOSECONDS.toMillis(nowNs - heardNs));
            }
            idle.idle();
        }
        if (nowNs - lookedNs > LOOK_INTERVAL_NS) {
            lookedNs = nowNs;
            isStopped |= stopped.getAsBoolean();
        }
    }

    boolean isStopped() {
        return isStopped;
    }

    Histogram histogram() {
        return histogram.copy();
    }
}
