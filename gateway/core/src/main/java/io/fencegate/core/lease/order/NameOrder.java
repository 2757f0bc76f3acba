package io.fencegate.core.lease.order;

import io.fencegate.core.lease.command.LeaseCommand;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The order of names: by their bytes, taken as unsigned, which for UTF-8 is the order of the code points.
 *
 * <p>Pure functions; any thread.
 */
public final class NameOrder {
    private NameOrder() {}

    /**
     * Compares two names.
     *
     * @param one name
     * @param other name
     * @return negative, 0 or positive as the one comes before, is, or comes behind the other
     */
    public static int compare(final DirectBuffer one, final DirectBuffer other) {
        final int length = Math.min(one.capacity(), other.capacity());
        int begin = 0;
        while (begin + Long.BYTES <= length && one.getLong(begin) == other.getLong(begin)) {
            begin += Long.BYTES; // Most names begin as their neighbours do.
        }
        for (int i = begin; i < length; i++) {
            final int difference = (one.getByte(i) & 0xFF) - (other.getByte(i) & 0xFF);
            if (difference != 0) {
                return difference;
            }
        }
        return one.capacity() - other.capacity();
    }

    /**
     * Whether a command names this.
     *
     * @param name that is known
     * @param command that has a name
     * @return true if their bytes are the same
     */
    public static boolean isSame(final DirectBuffer name, final LeaseCommand command) {
        return isSame(name, command.nameBuffer(), command.nameOffset(), command.nameLength());
    }

    /**
     * Whether these bytes are this name.
     *
     * @param name that is known
     * @param buffer holding the bytes
     * @param offset of the first one
     * @param length in bytes
     * @return true if the bytes are the same
     */
    public static boolean isSame(
            final DirectBuffer name, final DirectBuffer buffer, final int offset, final int length) {
        return name.capacity() == length && isSamePart(name, buffer, offset, length);
    }

    /**
     * Whether a name begins so.
     *
     * @param name to look at
     * @param prefix of 0 bytes or more
     * @return true if the name begins with the prefix
     */
    public static boolean startsWith(final DirectBuffer name, final DirectBuffer prefix) {
        return name.capacity() >= prefix.capacity() && isSamePart(name, prefix, 0, prefix.capacity());
    }

    /**
     * Keeps the name of a command.
     *
     * @param command whose buffer is borrowed
     * @return the name's bytes in a buffer of their own
     */
    public static DirectBuffer copy(final LeaseCommand command) {
        return copy(command.nameBuffer(), command.nameOffset(), command.nameLength());
    }

    /**
     * Keeps a name.
     *
     * @param buffer that is borrowed
     * @param offset of the name
     * @param length of the name
     * @return the name's bytes in a buffer of their own
     */
    public static DirectBuffer copy(final DirectBuffer buffer, final int offset, final int length) {
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
