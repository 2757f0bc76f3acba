package io.fencegate.client.link;

import io.fencegate.client.session.PatientClock;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * The time of one blocking call, which ends at its deadline or when its thread is interrupted, and how it idles
 * meanwhile: it does what else the client has to do (renews leases, keeps sessions alive), and then rests.
 *
 * <p>The client's thread.
 */
public final class CallTimer {
    private static final long SPINS_MAX = 10;
    private static final long YIELDS_MAX = 20;
    private static final long PARK_MIN_NS = TimeUnit.MICROSECONDS.toNanos(1);
    private static final long PARK_MAX_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final IdleStrategy idleStrategy = new BackoffIdleStrategy(SPINS_MAX, YIELDS_MAX, PARK_MIN_NS, PARK_MAX_NS);
    private final PatientClock clock = new PatientClock(System.nanoTime());
    private final IntSupplier aside;
    private long deadlineNs;

    /**
     * A timer of calls to one side.
     *
     * @param aside polls the client's other side, and returns the work done
     */
    public CallTimer(final IntSupplier aside) {
        this.aside = aside;
    }

    /** A call begins. @param timeoutNs its longest time in nanoseconds */
    public void begin(final long timeoutNs) {
        deadlineNs = nowNs() + timeoutNs;
        idleStrategy.reset();
    }

    /** The patient time: for deadlines and retries within a call. @return in nanoseconds */
    public long nowNs() {
        return clock.advance(System.nanoTime());
    }

    /** Whether the call's time is over. @return true if so, or if the thread was interrupted */
    public boolean isOver() {
        return nowNs() - deadlineNs >= 0 || Thread.currentThread().isInterrupted();
    }

    /** Does what the other side has to do, and rests if nothing was done. @param workCount work done on this side */
    public void idle(final int workCount) {
        idleStrategy.idle(workCount + aside.getAsInt());
    }
}
