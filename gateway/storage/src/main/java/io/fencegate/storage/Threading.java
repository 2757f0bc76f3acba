package io.fencegate.storage;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * How the gateway's threads wait: each agent has one, and asks for its strategy once. Immutable; any thread.
 *
 * @param line what the line does when nothing comes
 * @param sync what the agent that syncs does when nothing was appended
 * @param admission what the agent that admits clients does when nobody asks
 */
public record Threading(Supplier<IdleStrategy> line, Supplier<IdleStrategy> sync, Supplier<IdleStrategy> admission) {
    /** The line shares its core: it backs off when nothing comes. */
    public static final Threading SHARED = new Threading(() -> backoff(100), () -> backoff(100), () -> backoff(1000));

    /** The line has a core of its own: it spins. */
    public static final Threading DEDICATED =
            new Threading(() -> BusySpinIdleStrategy.INSTANCE, () -> backoff(100), () -> backoff(1000));

    /** Checks that nothing is missing. */
    public Threading {
        Objects.requireNonNull(line, "line");
        Objects.requireNonNull(sync, "sync");
        Objects.requireNonNull(admission, "admission");
    }

    private static IdleStrategy backoff(final long parkMaxUs) {
        return new BackoffIdleStrategy(
                10, 20, TimeUnit.MICROSECONDS.toNanos(1), TimeUnit.MICROSECONDS.toNanos(parkMaxUs));
    }
}
