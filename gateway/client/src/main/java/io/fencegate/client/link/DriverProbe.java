package io.fencegate.client.link;

import io.aeron.CncFileDescriptor;
import io.aeron.exceptions.AeronException;
import java.io.File;
import java.nio.MappedByteBuffer;
import org.agrona.BufferUtil;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;

/**
 * Looks, without waiting, whether a media driver lives in a directory: its command-and-control file is there, is
 * complete, and its heartbeat is fresh. Aeron itself would wait for all of this inside of its connect, for as long as its
 * driver timeout, which a duty cycle cannot afford.
 *
 * <p>The client's thread.
 */
final class DriverProbe implements AutoCloseable {
    private final MappedByteBuffer mapped;
    private final UnsafeBuffer metaData;
    private final ManyToOneRingBuffer commands;

    private DriverProbe(final MappedByteBuffer mapped, final UnsafeBuffer metaData) {
        this.mapped = mapped;
        this.metaData = metaData;
        this.commands = new ManyToOneRingBuffer(CncFileDescriptor.createToDriverBuffer(mapped, metaData));
    }

    /**
     * Looks into a directory.
     *
     * @return null if there is no driver's file, or it is not complete yet
     * @throws AeronException if the file is of another version of Aeron
     * @throws IllegalStateException if the file is no driver's
     */
    static DriverProbe open(final String aeronDirectoryName) {
        final File file = new File(aeronDirectoryName, CncFileDescriptor.CNC_FILE);
        if (file.length() <= CncFileDescriptor.META_DATA_LENGTH) {
            return null;
        }
        final MappedByteBuffer mapped = IoUtil.mapExistingFile(file, "CnC file");
        DriverProbe probe = null;
        try {
            final UnsafeBuffer metaData = CncFileDescriptor.createMetaDataBuffer(mapped);
            final int version = metaData.getIntVolatile(CncFileDescriptor.cncVersionOffset(0));
            if (version != 0) {
                CncFileDescriptor.checkVersion(version);
                probe = new DriverProbe(mapped, metaData);
            }
            return probe;
        } catch (final IllegalArgumentException | IndexOutOfBoundsException ex) {
            throw new IllegalStateException("no media driver's file: " + file, ex);
        } finally {
            if (probe == null) {
                BufferUtil.free(mapped);
            }
        }
    }

    /** How old the driver's heartbeat is, in milliseconds; very old once it has closed. Does not allocate. */
    long heartbeatAgeMs() {
        return System.currentTimeMillis() - commands.consumerHeartbeatTime();
    }

    /** Whether this is the same run of a driver as another look found. */
    boolean isSameDriver(final DriverProbe other) {
        return CncFileDescriptor.pid(metaData) == CncFileDescriptor.pid(other.metaData)
                && CncFileDescriptor.startTimestampMs(metaData) == CncFileDescriptor.startTimestampMs(other.metaData);
    }

    @Override
    public void close() {
        BufferUtil.free(mapped);
    }
}
