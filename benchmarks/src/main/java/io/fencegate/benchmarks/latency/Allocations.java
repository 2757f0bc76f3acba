package io.fencegate.benchmarks.latency;

import com.sun.management.ThreadMXBean;
import io.fencegate.benchmarks.measure.Figure;
import io.fencegate.benchmarks.measure.Goal;
import io.fencegate.benchmarks.measure.Measure;
import io.fencegate.benchmarks.measure.Outcome;
import io.fencegate.benchmarks.measure.Paired;
import io.fencegate.benchmarks.measure.Spread;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Counts what two threads allocate: the calling one, and another. The JVM counts exactly; asking allocates nothing.
 *
 * <p>One thread.
 */
final class Allocations {
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final long otherId;
    private long other;
    private long own;

    Allocations(final Thread otherThread) {
        otherId = otherThread.getId();
        if (!threads.isThreadAllocatedMemorySupported() || !threads.isThreadAllocatedMemoryEnabled()) {
            throw new IllegalStateException("this JVM does not count what a thread allocates");
        }
    }

    void begin() {
        other = threads.getThreadAllocatedBytes(otherId);
        own = threads.getCurrentThreadAllocatedBytes();
    }

    void end() {
        own = threads.getCurrentThreadAllocatedBytes() - own;
        other = threads.getThreadAllocatedBytes(otherId) - other;
    }

    long ofThisThread() {
        return own;
    }

    long ofOther() {
        return other;
    }

    /**
     * A row of P5. It is judged by all the bytes of all the blocks, not by a median, which would forgive whatever happens
     * in less than half of them.
     */
    static <T> Measure row(
            final String what, final Paired<T> pairs, final ToLongFunction<T> bytes, final ToLongFunction<T> messages) {
        final Goal goal = Goal.atMost(0);
        if (pairs.isEmpty()) {
            return new Measure("P5", what, goal, Outcome.PARTIAL, List.of(), List.of())
                    .withNote("stopped before the first pair of blocks");
        }
        final List<T> blocks = pairs.subjects();
        final long bytesAll = blocks.stream().mapToLong(bytes).sum();
        final long messagesAll = blocks.stream().mapToLong(messages).sum();
        final double mean = (double) bytesAll / messagesAll;
        final Spread spread = new Spread(mean, least(blocks, bytes, messages), greatest(blocks, bytes, messages));
        final Measure row = Measure.value("P5", what, goal, new Figure("bytes per write", spread, "bytes"))
                .withNote("mean of all blocks: bytes=" + bytesAll + " writes=" + messagesAll + " blocksWithout="
                        + blocks.stream()
                                .filter(block -> bytes.applyAsLong(block) == 0)
                                .count() + " of "
                        + blocks.size());
        return pairs.isComplete() ? row : row.partial("stopped after blocks=" + blocks.size());
    }

    private static <T> double least(
            final List<T> blocks, final ToLongFunction<T> bytes, final ToLongFunction<T> messages) {
        return blocks.stream()
                .mapToDouble(block -> (double) bytes.applyAsLong(block) / messages.applyAsLong(block))
                .min()
                .orElse(0);
    }

    private static <T> double greatest(
            final List<T> blocks, final ToLongFunction<T> bytes, final ToLongFunction<T> messages) {
        return blocks.stream()
                .mapToDouble(block -> (double) bytes.applyAsLong(block) / messages.applyAsLong(block))
                .max()
                .orElse(0);
    }
}
