package io.fencegate.benchmarks.throughput;

import io.fencegate.benchmarks.rig.WrongAnswerException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What appending costs with nothing of ours in it: records that were built before, with the bytes that a user wants
 * written and no more, appended in a loop by the calling thread to a fresh queue. The number of a record, which repeats
 * after {@link #built()} of them, stands in its first and last eight bytes.
 *
 * <p>One thread.
 */
final class AppendFloor implements AutoCloseable {
    private static final int BUILT_LENGTH_MAX = 256 << 10;
    private static final int RECORDS_PER_LOOK = 1 << 10;

    private final int messageLength;
    private final int built;
    private final UnsafeBuffer records;
    private final RawQueue queue;
    private long appended;

    /**
     * An empty queue.
     *
     * @param directory of the queue, which does not exist yet
     * @param messageLength bytes of a record, at least 16
     */
    AppendFloor(final Path directory, final int messageLength) {
        this.messageLength = messageLength;
        built = BUILT_LENGTH_MAX / messageLength;
        records = new UnsafeBuffer(BufferUtil.allocateDirectAligned(built * messageLength, BitUtil.CACHE_LINE_LENGTH));
        for (int i = 0; i < built; i++) {
            records.putLong(i * messageLength, i);
            records.putLong((i + 1) * messageLength - Long.BYTES, i);
        }
        queue = new RawQueue(directory);
    }

    /** Records that were built. @return how many different ones there are */
    int built() {
        return built;
    }

    /**
     * Measures.
     *
     * @param runIn records before the first that counts
     * @param writes records that count
     * @param stopped turns true when the user has had enough
     * @return what they took; fewer were written if it was stopped
     */
    Flow block(final long runIn, final long writes, final BooleanSupplier stopped) {
        append(runIn, stopped);
        final long startNs = System.nanoTime();
        final long counted = append(writes, stopped);
        final long nanos = System.nanoTime() - startNs;
        if (queue.records() != appended) {
            throw new WrongAnswerException("floor appended=" + appended + " records=" + queue.records());
        }
        return new Flow(counted, nanos);
    }

    private long append(final long count, final BooleanSupplier stopped) {
        final long first = appended;
        while (appended - first < count && !(appended > first && stopped.getAsBoolean())) {
            final long end = Math.min(first + count, appended + RECORDS_PER_LOOK);
            while (appended < end) {
                queue.append(records, (int) (appended % built) * messageLength, messageLength);
                appended++;
            }
        }
        return appended - first;
    }

    @Override
    public void close() {
        queue.close();
    }
}
