package io.fencegate.client;

import io.fencegate.client.session.PatientClock;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * The time of one blocking call, which ends at its deadline or when its thread is interrupted, and how it idles
 * meanwhile.
 *
 * <p>The client's thread.
 */
final class CallTimer {
    private static final long SPINS_MAX = 10;
    private static final long YIELDS_MAX = 20;
    private static final long PARK_MIN_NS = TimeUnit.MICROSECONDS.toNanos(1);
    private static final long PARK_MAX_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final IdleStrategy idleStrategy = new BackoffIdleStrategy(SPINS_MAX, YIELDS_MAX, PARK_MIN_NS, PARK_MAX_NS);
    private final PatientClock clock = new PatientClock(System.nanoTime());
    private long deadlineNs;

    void begin(final long timeoutNs) {
        deadlineNs = nowNs() + timeoutNs;
        idleStrategy.reset();
    }

    /** The patient time: for deadlines and retries within a call. */
    long nowNs() {
        return clock.advance(System.nanoTime());
    }

    boolean isOver() {
        return nowNs() - deadlineNs >= 0 || Thread.currentThread().isInterrupted();
    }

    void idle(final int workCount) {
        idleStrategy.idle(workCount);
    }
}
