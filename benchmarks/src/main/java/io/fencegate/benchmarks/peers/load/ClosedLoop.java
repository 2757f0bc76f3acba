package io.fencegate.benchmarks.peers.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.HdrHistogram.Histogram;

/**
 * Writers that each wait for the answer before they send the next message: one thread a writer, the same threads in every
 * block. All begin together; each ends with the exchange in which the time is up, and that exchange counts. Before them, a
 * tenth of the time is spent on exchanges that are checked and not counted: they wake up what slept since the last block.
 */
public final class ClosedLoop implements AutoCloseable {
    private static final int UNCOUNTED_PART = 10;
    private static final long LATE_MAX_NS = TimeUnit.SECONDS.toNanos(60);

    private final List<? extends Exchange> writers;
    private final ExecutorService threads;

    /** One message and its checked answer. One thread. */
    @FunctionalInterface
    public interface Exchange {
        /** Sends, waits, checks. @throws Exception if the answer is not the right one */
        void exchange() throws Exception;
    }

    /** Starts nothing yet. @param writers at least one */
    public ClosedLoop(final List<? extends Exchange> writers) {
        this.writers = List.copyOf(writers);
        threads = Executors.newFixedThreadPool(writers.size(), work -> {
            final Thread thread = new Thread(work, "writer");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Measures one block.
     *
     * @param durationNs how long the writers begin new exchanges, at least one each
     * @return what it took
     * @throws Exception whatever an exchange throws: then the block is void
     */
    public Block run(final long durationNs) throws Exception {
        final CyclicBarrier start = new CyclicBarrier(writers.size());
        final List<Future<Stretch>> running = new ArrayList<>();
        for (final Exchange writer : writers) {
            final Callable<Stretch> work = () -> loop(writer, start, durationNs);
            running.add(threads.submit(work));
        }
        final Histogram all = Block.emptyHistogram();
        final long deadlineNs = System.nanoTime() + durationNs + LATE_MAX_NS;
        long startNs = Long.MAX_VALUE;
        long endNs = Long.MIN_VALUE;
        for (final Future<Stretch> future : running) {
            final Stretch stretch = await(future, deadlineNs);
            all.add(stretch.histogram);
            startNs = Math.min(startNs, stretch.startNs);
            endNs = Math.max(endNs, stretch.endNs);
        }
        return new Block(endNs - startNs, all);
    }

    private static Stretch await(final Future<Stretch> future, final long deadlineNs) throws Exception {
        try {
            return future.get(deadlineNs - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (final TimeoutException late) {
            throw new IllegalStateException(
                    "a writer got no answer: seconds=" + TimeUnit.NANOSECONDS.toSeconds(LATE_MAX_NS));
        } catch (final ExecutionException ex) {
            throw ex.getCause() instanceof Exception cause ? cause : ex;
        }
    }

    private static Stretch loop(final Exchange writer, final CyclicBarrier start, final long durationNs)
            throws Exception {
        start.await(LATE_MAX_NS, TimeUnit.NANOSECONDS);
        final long awakeNs = System.nanoTime() + durationNs / UNCOUNTED_PART;
        do {
            writer.exchange();
        } while (System.nanoTime() - awakeNs < 0);
        final Histogram histogram = Block.emptyHistogram();
        start.await(LATE_MAX_NS, TimeUnit.NANOSECONDS);
        final long startNs = System.nanoTime();
        final long untilNs = startNs + durationNs;
        long nowNs = startNs;
        do {
            final long sentNs = System.nanoTime();
            writer.exchange();
            nowNs = System.nanoTime();
            histogram.recordValue(nowNs - sentNs);
        } while (nowNs - untilNs < 0);
        return new Stretch(startNs, nowNs, histogram);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private record Stretch(long startNs, long endNs, Histogram histogram) {}
}
