package io.fencegate.sequencer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Time is moved by hand. */
class MonotonicClockTest {
    private final AtomicLong elapsedNs = new AtomicLong(-5_000_000);
    private final MonotonicClock clock = new MonotonicClock(1_000, elapsedNs::get);

    @Test
    void startsAtTheWallClockAndGoesOnWithElapsedTime() {
        assertEquals(1_000, clock.time());

        elapsedNs.addAndGet(TimeUnit.MILLISECONDS.toNanos(250));

        assertEquals(1_250, clock.time());
        assertEquals(1_250_000, clock.timeMicros());
        assertEquals(1_250_000_000, clock.timeNanos());
        assertEquals(TimeUnit.MILLISECONDS, clock.timeUnit());
    }

    @Test
    void neverGoesBack() {
        elapsedNs.addAndGet(TimeUnit.MILLISECONDS.toNanos(250));
        assertEquals(1_250, clock.time());

        elapsedNs.addAndGet(-TimeUnit.MILLISECONDS.toNanos(100));
        assertEquals(1_250, clock.time());

        elapsedNs.addAndGet(TimeUnit.MILLISECONDS.toNanos(101));
        assertEquals(1_251, clock.time());
    }
}
