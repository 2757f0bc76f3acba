package io.fencegate.client.session.writer;

import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The payloads of writes that are not settled, one behind the other in one buffer. None is cut in two: one that does not
 * fit before the end begins at the start again.
 *
 * <pre>
 *          head                      tail
 *   ---------+-------------------------+-----------
 *     free   |  payloads, oldest first |   free
 *   ---------+-------------------------+-----------
 * </pre>
 *
 * <p>Positions only rise; a position's place is the position modulo the capacity. Does not allocate after construction.
 * One thread.
 */
final class PayloadRing {
    /** There is no room. */
    static final long NO_ROOM = -1;

    private final UnsafeBuffer buffer;
    private final int mask;
    private long head;
    private long tail;

    /**
     * An empty ring.
     *
     * @param length in bytes, positive; rounded up to a power of two
     */
    PayloadRing(final int length) {
        final int capacity = BitUtil.findNextPositivePowerOfTwo(length);
        buffer = new UnsafeBuffer(new byte[capacity]);
        mask = capacity - 1;
    }

    /** Copies a payload in, and returns its position, or {@link #NO_ROOM}. */
    long add(final DirectBuffer source, final int offset, final int length) {
        final int capacity = mask + 1;
        final int place = place(tail);
        final long position = place + length > capacity ? tail + capacity - place : tail;
        if (position + length - head > capacity) {
            return NO_ROOM;
        }
        if (length > 0) {
            buffer.putBytes(place(position), source, offset, length);
        }
        tail = position + length;
        return position;
    }

    /** Everything before a position is free again. */
    void release(final long position) {
        head = position;
    }

    /** Everything is free again, and the next payload begins at the start. */
    void clear() {
        head = 0;
        tail = 0;
    }

    /** Where in the {@link #buffer()} a position is. */
    int place(final long position) {
        return (int) position & mask;
    }

    int capacity() {
        return mask + 1;
    }

    DirectBuffer buffer() {
        return buffer;
    }
}
