package io.fencegate.sequencer;

import io.aeron.cluster.service.ClusterClock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.agrona.concurrent.EpochClock;

/**
 * The clock that stamps the log: the wall clock once, when it is made, and from then on only elapsed time, so that an
 * operator or a time daemon who sets the wall clock neither freezes the cluster nor floods it. It never goes back.
 *
 * <p>Any thread.
 */
final class MonotonicClock implements ClusterClock, EpochClock {
    private final LongSupplier elapsedNs;
    private final long epochOffsetNs;
    private final AtomicLong lastNs = new AtomicLong(Long.MIN_VALUE);

    MonotonicClock() {
        this(System.currentTimeMillis(), System::nanoTime);
    }

    /** A clock that starts at an epoch time and goes on with the given nanoseconds. */
    MonotonicClock(final long startMs, final LongSupplier elapsedNs) {
        this.elapsedNs = elapsedNs;
        epochOffsetNs = TimeUnit.MILLISECONDS.toNanos(startMs) - elapsedNs.getAsLong();
    }

    @Override
    public TimeUnit timeUnit() {
        return TimeUnit.MILLISECONDS;
    }

    @Override
    public long time() {
        return TimeUnit.NANOSECONDS.toMillis(timeNanos());
    }

    @Override
    public long timeMillis() {
        return time();
    }

    @Override
    public long timeMicros() {
        return TimeUnit.NANOSECONDS.toMicros(timeNanos());
    }

    @Override
    public long timeNanos() {
        final long nowNs = epochOffsetNs + elapsedNs.getAsLong();
        long lastNow = lastNs.get();
        while (nowNs > lastNow) {
            if (lastNs.compareAndSet(lastNow, nowNs)) {
                return nowNs;
            }
            lastNow = lastNs.get();
        }
        return lastNow;
    }
}
