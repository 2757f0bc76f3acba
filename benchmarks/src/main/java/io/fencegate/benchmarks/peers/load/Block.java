package io.fencegate.benchmarks.peers.load;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * What one block of a closed loop took.
 *
 * @param elapsedNs from the start of the first writer to the end of the last
 * @param histogram of each exchange, in nanoseconds; one count an exchange
 */
public record Block(long elapsedNs, Histogram histogram) {
    private static final long NANOS_MAX = TimeUnit.MINUTES.toNanos(2);
    private static final int DIGITS = 3;

    /** An empty histogram as all blocks have it. @return up to two minutes */
    public static Histogram emptyHistogram() {
        return new Histogram(NANOS_MAX, DIGITS);
    }

    /** How many exchanges there were. @return a count */
    public long exchanges() {
        return histogram.getTotalCount();
    }

    /** How many exchanges a second all writers made together. @return a rate */
    public double rate() {
        return exchanges() * (double) TimeUnit.SECONDS.toNanos(1) / elapsedNs;
    }

    /** Half of the exchanges took no longer. @return microseconds */
    public double p50Us() {
        return histogram.getValueAtPercentile(50) / 1e3;
    }

    /** Of a hundred exchanges one took longer. @return microseconds */
    public double p99Us() {
        return histogram.getValueAtPercentile(99) / 1e3;
    }

    /** As one line for another process. @return two words */
    public String toWords() {
        final ByteBuffer bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        final int length = histogram.encodeIntoCompressedByteBuffer(bytes);
        final byte[] encoded = new byte[length];
        bytes.flip().get(encoded);
        return elapsedNs + " " + Base64.getEncoder().encodeToString(encoded);
    }

    /**
     * Reads what {@link #toWords} wrote.
     *
     * @param words two of them
     * @return the block
     */
    public static Block ofWords(final String words) {
        final String[] parts = words.split(" ");
        if (parts.length != 2) {
            throw new IllegalArgumentException("this is no block: words=" + words);
        }
        final ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(parts[1]));
        try {
            return new Block(Long.parseLong(parts[0]), Histogram.decodeFromCompressedByteBuffer(bytes, NANOS_MAX));
        } catch (final DataFormatException ex) {
            throw new IllegalArgumentException("this is no histogram", ex);
        }
    }
}
