package io.fencegate.storage;

import io.fencegate.storage.admission.AdmissionAgent;
import io.fencegate.storage.durability.SyncAgent;
import io.fencegate.storage.line.LineAgent;
import java.util.Objects;
import java.util.concurrent.ThreadFactory;
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
 * @param threads makes the threads; each is named {@link #LINE}, {@link #SYNC} or {@link #ADMISSION} before it starts
 */
public record Threading(
        Supplier<IdleStrategy> line,
        Supplier<IdleStrategy> sync,
        Supplier<IdleStrategy> admission,
        ThreadFactory threads) {
    /** Name of the line's thread. */
    public static final String LINE = LineAgent.ROLE_NAME;

    /** Name of the thread that syncs. */
    public static final String SYNC = SyncAgent.ROLE_NAME;

    /** Name of the thread that admits clients. */
    public static final String ADMISSION = AdmissionAgent.ROLE_NAME;

    /** The line shares its core: when nothing comes it backs off, up to a millisecond, so that an idle gateway costs little. */
    public static final Threading SHARED = new Threading(() -> backoff(1000), () -> backoff(1000), () -> backoff(1000));

    /** The line has a core of its own: it spins. */
    public static final Threading DEDICATED =
            new Threading(() -> BusySpinIdleStrategy.INSTANCE, () -> backoff(100), () -> backoff(1000));

    /** Checks that nothing is missing. */
    public Threading {
        Objects.requireNonNull(line, "line");
        Objects.requireNonNull(sync, "sync");
        Objects.requireNonNull(admission, "admission");
        Objects.requireNonNull(threads, "threads");
    }

    /**
     * On threads that run wherever the system puts them.
     *
     * @param line what the line does when nothing comes
     * @param sync what the agent that syncs does when nothing was appended
     * @param admission what the agent that admits clients does when nobody asks
     */
    public Threading(
            final Supplier<IdleStrategy> line,
            final Supplier<IdleStrategy> sync,
            final Supplier<IdleStrategy> admission) {
        this(line, sync, admission, Thread::new);
    }

    /**
     * The same waiting on other threads.
     *
     * @param factory that makes them, to pin them for example
     * @return a copy
     */
    public Threading withThreads(final ThreadFactory factory) {
        return new Threading(line, sync, admission, factory);
    }

    /**
     * The same threads with a line that waits otherwise.
     *
     * @param lineIdles what the line does when nothing comes
     * @return a copy
     */
    public Threading withLine(final Supplier<IdleStrategy> lineIdles) {
        return new Threading(lineIdles, sync, admission, threads);
    }

    private static IdleStrategy backoff(final long parkMaxUs) {
        return new BackoffIdleStrategy(
                10, 20, TimeUnit.MICROSECONDS.toNanos(1), TimeUnit.MICROSECONDS.toNanos(parkMaxUs));
    }
}
