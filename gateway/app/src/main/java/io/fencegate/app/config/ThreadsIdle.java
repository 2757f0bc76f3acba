package io.fencegate.app.config;

import java.util.function.Supplier;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/** What a thread does when there is no work. */
public enum ThreadsIdle {
    /** Spins shortly, yields, then sleeps up to a millisecond. */
    BACKOFF(BackoffIdleStrategy::new),
    /** Lets other threads run, and never sleeps. */
    YIELD(YieldingIdleStrategy::new),
    /** Never gives the core away. */
    SPIN(BusySpinIdleStrategy::new);

    private final Supplier<IdleStrategy> supplier;

    ThreadsIdle(final Supplier<IdleStrategy> supplier) {
        this.supplier = supplier;
    }

    /**
     * Makes a strategy: every thread needs its own.
     *
     * @return a new one
     */
    public IdleStrategy newStrategy() {
        return supplier.get();
    }
}
