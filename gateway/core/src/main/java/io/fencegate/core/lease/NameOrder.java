package io.fencegate.core.lease;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The order of names: by their bytes, taken as unsigned, which for UTF-8 is the order of the code points.
 *
 * <p>Pure functions; any thread.
 */
final class NameOrder {
    private NameOrder() {}

    static int compare(final DirectBuffer one, final DirectBuffer other) {
        final int length = Math.min(one.capacity(), other.capacity());
        for (int i = 0; i < length; i++) {
            final int difference = (one.getByte(i) & 0xFF) - (other.getByte(i) & 0xFF);
            if (difference != 0) {
                return difference;
            }
        }
        return one.capacity() - other.capacity();
    }

    static boolean isSame(final DirectBuffer name, final LeaseCommand command) {
        final int length = command.nameLength();
        return name.capacity() == length && isSamePart(name, command.nameBuffer(), command.nameOffset(), length);
    }

    static boolean startsWith(final DirectBuffer name, final DirectBuffer prefix) {
        return name.capacity() >= prefix.capacity() && isSamePart(name, prefix, 0, prefix.capacity());
    }

    static DirectBuffer copy(final LeaseCommand command) {
        return copy(command.nameBuffer(), command.nameOffset(), command.nameLength());
    }

    static DirectBuffer copy(final DirectBuffer buffer, final int offset, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return new UnsafeBuffer(bytes);
    }

    private static boolean isSamePart(
            final DirectBuffer name, final DirectBuffer buffer, final int offset, final int length) {
        for (int i = 0; i < length; i++) {
            if (name.getByte(i) != buffer.getByte(offset + i)) {
                return false;
            }
        }
        return true;
    }
}
