package io.fencegate.app.stat;

import io.aeron.CncFileDescriptor;
import io.aeron.CommonContext;
import io.aeron.exceptions.AeronException;
import java.io.File;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.status.CountersReader;

/**
 * The counters of a living media driver and of those who use it, mapped from the driver's file: reading them costs the
 * driver nothing, and it does not notice.
 *
 * <p>One thread.
 */
final class CountersFile implements AutoCloseable {
    /** Told of each counter. */
    @FunctionalInterface
    interface Visitor {
        /**
         * A counter.
         *
         * @param typeId what it counts
         * @param key of the counter
         * @param label for people
         * @param value now
         */
        void onCounter(int typeId, DirectBuffer key, String label, long value);
    }

    private static final long DRIVER_TIMEOUT_MS = 10_000;

    private final MappedByteBuffer mapped;
    private final CountersReader counters;
    private final long pid;

    private CountersFile(final MappedByteBuffer mapped, final CountersReader counters, final long pid) {
        this.mapped = mapped;
        this.counters = counters;
        this.pid = pid;
    }

    /**
     * Maps the counters of a driver.
     *
     * @param aeronDirectory of the driver
     * @return its counters, or null if no driver lives there
     * @throws IOException if the file is there and cannot be read
     */
    static CountersFile open(final Path aeronDirectory) throws IOException {
        final File file = aeronDirectory.resolve(CncFileDescriptor.CNC_FILE).toFile();
        if (!file.exists() || file.length() < CncFileDescriptor.META_DATA_LENGTH) {
            return null;
        }
        final MappedByteBuffer mapped;
        try (FileChannel channel = FileChannel.open(file.toPath(), StandardOpenOption.READ)) {
            mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
        }
        mapped.order(ByteOrder.nativeOrder());
        try {
            final DirectBuffer metaData = CncFileDescriptor.createMetaDataBuffer(mapped);
            if (CncFileDescriptor.isCncFileLengthSufficient(metaData, mapped.capacity())
                    && CommonContext.isDriverActive(DRIVER_TIMEOUT_MS, ignored -> {}, mapped)) {
                return new CountersFile(
                        mapped,
                        new CountersReader(
                                CncFileDescriptor.createCountersMetaDataBuffer(mapped, metaData),
                                CncFileDescriptor.createCountersValuesBuffer(mapped, metaData)),
                        CncFileDescriptor.pid(metaData));
            }
        } catch (final AeronException otherVersion) {
            BufferUtil.free(mapped);
            throw new IOException(otherVersion.getMessage(), otherVersion);
        }
        BufferUtil.free(mapped);
        return null;
    }

    /** The driver's process. @return its id */
    long pid() {
        return pid;
    }

    /**
     * Reads all counters.
     *
     * @param visitor told of each
     */
    void forEach(final Visitor visitor) {
        counters.forEach((counterId, typeId, key, label) ->
                visitor.onCounter(typeId, key, label, counters.getCounterValue(counterId)));
    }

    @Override
    public void close() {
        BufferUtil.free(mapped);
    }
}
