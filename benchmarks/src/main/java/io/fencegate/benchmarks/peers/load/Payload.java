package io.fencegate.benchmarks.peers.load;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** What a writer writes: its own number and the number of the message, at both ends of as many bytes as asked for. One thread. */
final class Payload {
    static final int LENGTH_MIN = 2 * Long.BYTES;

    private static final int WRITER_SHIFT = 48;

    private final byte[] bytes;
    private final ByteBuffer view;
    private final long writer;
    private long number;

    Payload(final int writer, final int length) {
        if (length < LENGTH_MIN) {
            throw new IllegalArgumentException("too short to be told from another: length=" + length);
        }
        this.writer = (long) writer << WRITER_SHIFT;
        bytes = new byte[length];
        Arrays.fill(bytes, (byte) 'x');
        view = ByteBuffer.wrap(bytes);
    }

    /** The next message. @return the same array each time */
    byte[] next() {
        number++;
        view.putLong(0, writer | number);
        view.putLong(bytes.length - Long.BYTES, writer | number);
        return bytes;
    }

    /** Whether the peer holds the message of this moment. */
    void check(final byte[] read) {
        if (!Arrays.equals(bytes, read)) {
            throw new WrongReplyException("what was read is not what was written last: length=" + bytes.length
                    + " lengthRead=" + (read == null ? -1 : read.length) + " number=" + number + " first="
                    + (read == null || read.length < Long.BYTES
                            ? -1
                            : ByteBuffer.wrap(read).getLong()));
        }
    }
}
