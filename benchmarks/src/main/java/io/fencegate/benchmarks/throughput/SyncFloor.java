package io.fencegate.benchmarks.throughput;

import io.fencegate.benchmarks.rig.WrongAnswerException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What it costs to have a record on disk with nothing of ours in it: one append of the bytes that a user wants written,
 * then fdatasync of the file that they were appended to, in a loop, by the calling thread.
 *
 * <p>One thread.
 */
final class SyncFloor implements AutoCloseable {
    private final UnsafeBuffer message;
    private final RawQueue queue;
    private final Forcing forcing;
    private final FileChannel file;
    private long appended;

    /** Brings a file to disk. */
    @FunctionalInterface
    interface Forcing {
        /** fdatasync. */
        Forcing DATA = file -> file.force(false);

        /** Brings what was written to a file to disk, and returns when it is there. */
        void force(FileChannel file) throws IOException;
    }

    /**
     * An empty queue.
     *
     * @param directory of the queue, which does not exist yet
     * @param messageLength bytes of a record, at least 8
     * @param forcing that brings its file to disk
     * @throws IOException if the queue's file cannot be opened
     */
    SyncFloor(final Path directory, final int messageLength, final Forcing forcing) throws IOException {
        message = new UnsafeBuffer(BufferUtil.allocateDirectAligned(messageLength, BitUtil.CACHE_LINE_LENGTH));
        this.forcing = forcing;
        queue = new RawQueue(directory);
        try {
            write();
            file = queue.file();
            // Its length and its first blocks: later syncs are of data only.
            file.force(true);
        } catch (final IOException | RuntimeException e) {
            queue.close();
            throw e;
        }
    }

    /**
     * Measures.
     *
     * @param limit of the block
     * @param stopped turns true when the user has had enough
     * @return what the writes took
     * @throws IOException if a sync fails
     */
    SyncedFlow block(final Limit limit, final BooleanSupplier stopped) throws IOException {
        for (int i = 0; i < Limit.RUN_IN; i++) {
            write();
            forcing.force(file);
        }
        final Histogram latencies = Limit.histogram();
        final long startNs = System.nanoTime();
        long nowNs = startNs;
        long writes = 0;
        do {
            final long beginNs = nowNs;
            write();
            forcing.force(file);
            nowNs = System.nanoTime();
            latencies.recordValue(nowNs - beginNs);
            writes++;
        } while (writes < limit.writes() && nowNs - startNs < limit.nanos() && !stopped.getAsBoolean());
        if (queue.records() != appended) {
            throw new WrongAnswerException("sync floor appended=" + appended + " records=" + queue.records());
        }
        return new SyncedFlow(writes, writes, latencies);
    }

    private void write() {
        message.putLong(0, appended);
        queue.append(message, 0, message.capacity());
        appended++;
    }

    @Override
    public void close() {
        CloseHelper.closeAll(file, queue);
    }

    /**
     * When a block of synced writes ends: a slow disk ends it early, because a client that is not heard for long is
     * ended. Immutable.
     *
     * @param writes in a block, or of each writer in it
     * @param nanos that it may take
     */
    record Limit(int writes, long nanos) {
        /** Writes of each writer before those that count: they wake up the threads. */
        static final int RUN_IN = 3;

        private static final long LATENCY_MAX_NS = TimeUnit.MINUTES.toNanos(1);
        private static final int DIGITS = 3;

        /** For the latencies of a block. */
        static Histogram histogram() {
            return new Histogram(LATENCY_MAX_NS, DIGITS);
        }
    }
}
