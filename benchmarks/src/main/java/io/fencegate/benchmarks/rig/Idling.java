package io.fencegate.benchmarks.rig;

import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/** What both threads of a round trip do while they wait: the same in both subjects. */
public enum Idling {
    /** Never gives the core away; for two threads on two cores or more. */
    SPIN,
    /** Offers the core at each turn. */
    YIELD,
    /** Sleeps up to a millisecond: measures the scheduler more than the subjects. */
    BACKOFF;

    /** A new strategy, for one thread. @return it */
    public IdleStrategy strategy() {
        return switch (this) {
            case SPIN -> BusySpinIdleStrategy.INSTANCE;
            case YIELD -> YieldingIdleStrategy.INSTANCE;
            case BACKOFF -> new BackoffIdleStrategy();
        };
    }

    /**
     * What suits a machine: two threads spin if each has a core.
     *
     * @param cores of the machine
     * @return the idling
     */
    public static Idling fitting(final int cores) {
        return cores >= 2 ? SPIN : YIELD;
    }
}
