package io.fencegate.client;

import java.util.concurrent.TimeUnit;

/**
 * Settings of the writers of a client, checked when made.
 *
 * <p>Immutable; any thread.
 *
 * @param retransmitLength bytes that each writer keeps for the payloads of writes without an answer, 64 KiB to 1 GiB;
 *     taken when the writer is made
 * @param writesMax writes that each writer may have offered and not told, 1 to 1,048,576; rounded up to a power of two
 * @param writeTimeoutNs how long a writer tries to settle what it was offered, in nanoseconds, before it tells its
 *     writes as timed out and stops. Time in which the whole process stood still counts as at most a second
 */
public record WriterConfig(int retransmitLength, int writesMax, long writeTimeoutNs) {
    /** Least retransmit length: the longest payload, in bytes. */
    public static final int RETRANSMIT_LENGTH_MIN = 1 << 16;

    /** Most writes offered and not told. */
    public static final int WRITES_MAX_MAX = 1 << 20;

    /** Every setting at its default: 1 MiB, 1,024 writes, two minutes. */
    public static final WriterConfig DEFAULT = new WriterConfig(1 << 20, 1 << 10, TimeUnit.MINUTES.toNanos(2));

    private static final int RETRANSMIT_LENGTH_MAX = 1 << 30;

    /** Checks the settings. */
    public WriterConfig {
        if (retransmitLength < RETRANSMIT_LENGTH_MIN || retransmitLength > RETRANSMIT_LENGTH_MAX) {
            throw new IllegalArgumentException("out of range: retransmitLength=" + retransmitLength + " min="
                    + RETRANSMIT_LENGTH_MIN + " max=" + RETRANSMIT_LENGTH_MAX);
        }
        if (writesMax < 1 || writesMax > WRITES_MAX_MAX) {
            throw new IllegalArgumentException("out of range: writesMax=" + writesMax + " min=1 max=" + WRITES_MAX_MAX);
        }
        if (writeTimeoutNs <= 0) {
            throw new IllegalArgumentException("a timeout is not positive: writeTimeoutNs=" + writeTimeoutNs);
        }
    }

    /** Sets what each writer keeps. @param bytes for payloads @param writes at a time @return changed settings */
    public WriterConfig withRoom(final int bytes, final int writes) {
        return new WriterConfig(bytes, writes, writeTimeoutNs);
    }

    /** Sets how long a writer tries to settle. @param timeoutNs in nanoseconds @return changed settings */
    public WriterConfig withWriteTimeout(final long timeoutNs) {
        return new WriterConfig(retransmitLength, writesMax, timeoutNs);
    }
}
