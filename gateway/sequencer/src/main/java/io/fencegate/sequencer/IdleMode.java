package io.fencegate.sequencer;

import java.util.function.Supplier;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingMillisIdleStrategy;

/**
 * What a node's threads do when there is nothing to do.
 *
 * <p>Immutable; any thread.
 */
public enum IdleMode {
    /** Sleep a millisecond: next to no processor time, and some milliseconds more for every answer. */
    SLEEP(() -> new SleepingMillisIdleStrategy(1)),
    /** Spin, yield, then sleep ever longer, up to a millisecond: the choice where cores are shared. */
    BACKOFF(BackoffIdleStrategy::new),
    /** Spin: a core for each of the node's four threads, and the shortest answers. */
    SPIN(() -> BusySpinIdleStrategy.INSTANCE);

    private final Supplier<IdleStrategy> strategies;

    IdleMode(final Supplier<IdleStrategy> strategies) {
        this.strategies = strategies;
    }

    /** A strategy for each thread. @return the supplier of new ones */
    Supplier<IdleStrategy> strategies() {
        return strategies;
    }
}
