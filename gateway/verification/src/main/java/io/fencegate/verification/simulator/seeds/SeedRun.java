package io.fencegate.verification.simulator.seeds;

import io.fencegate.verification.simulator.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Judges the worlds of consecutive seeds, on several threads, until all are done or one breaks a property.
 *
 * <p>Any thread looks on; each world has one thread of its own.
 */
public final class SeedRun {
    private final SeedTally tally = new SeedTally();
    private final AtomicLong next;
    private final AtomicReference<Judgement> broken = new AtomicReference<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final List<Thread> threads = new ArrayList<>();
    private final long end;

    /**
     * A run that has not begun.
     *
     * @param from first seed
     * @param seeds how many
     */
    public SeedRun(final long from, final long seeds) {
        next = new AtomicLong(from);
        end = from + seeds;
    }

    /** Begins. @param threadCount worlds at a time */
    public void start(final int threadCount) {
        for (int i = 0; i < threadCount; i++) {
            final Thread thread = new Thread(this::judge, "seeds-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    private void judge() {
        try {
            long seed = next.getAndIncrement();
            while (seed < end && broken.get() == null && failure.get() == null) {
                final Judgement judgement = Judgement.of(Plan.of(seed));
                tally.add(judgement);
                if (judgement.breach() != null) {
                    // Of two that break at once, the lower seed is told: the same whatever the threads do.
                    broken.accumulateAndGet(
                            judgement,
                            (a, b) -> a == null
                                            || b.outcome().plan().seed()
                                                    < a.outcome().plan().seed()
                                    ? b
                                    : a);
                }
                seed = next.getAndIncrement();
            }
        } catch (final Throwable cause) {
            failure.set(cause);
        }
    }

    /**
     * Waits for the end.
     *
     * @param timeMs at most, positive
     * @return true if it has ended
     * @throws InterruptedException if the waiting thread is interrupted
     */
    public boolean await(final long timeMs) throws InterruptedException {
        for (final Thread thread : threads) {
            thread.join(timeMs);
            if (thread.isAlive()) {
                return false;
            }
        }
        if (failure.get() != null) {
            throw new IllegalStateException("the simulator itself broke", failure.get());
        }
        return true;
    }

    /** Judgement of the lowest seed that broke a property. @return null if none has */
    public Judgement broken() {
        return broken.get();
    }

    /** What the seeds so far add up to. @return the tally */
    public SeedTally tally() {
        return tally;
    }
}
