package io.fencegate.core.grant;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The name of a resource: well-formed UTF-8 of 1 to 128 bytes without control characters (U+0000 to U+001F, U+007F to
 * U+009F). Two names are one if, and only if, their bytes are: nothing is folded or normalised.
 *
 * <p>Pure functions; any thread.
 */
public final class ResourceName {
    /** Longest name, in bytes. */
    public static final int LENGTH_MAX = 128;

    /** The rule as a message states it. */
    public static final String RULE = "a resource name is UTF-8 of 1 to 128 bytes without control characters";

    private static final int INVALID = -1;
    private static final int CODE_POINT_MAX = 0x10FFFF;
    private static final int[] CODE_POINT_MIN_OF_LENGTH = {0, 0, 0x80, 0x800, 0x10000};

    private ResourceName() {}

    /**
     * Whether bytes are a name. Does not allocate.
     *
     * @param buffer holding the name
     * @param offset of its first byte
     * @param length in bytes
     * @return false if it is too short, too long, not UTF-8, or has a control character
     */
    public static boolean isValid(final DirectBuffer buffer, final int offset, final int length) {
        if (length < 1 || length > LENGTH_MAX) {
            return false;
        }
        final int end = offset + length;
        int index = offset;
        while (index < end) {
            final int sequenceLength = sequenceLength(buffer.getByte(index));
            if (sequenceLength == INVALID || index + sequenceLength > end) {
                return false;
            }
            final int codePoint = codePoint(buffer, index, sequenceLength);
            if (codePoint == INVALID || Character.isISOControl(codePoint)) {
                return false;
            }
            index += sequenceLength;
        }
        return true;
    }

    /**
     * Whether a text is a name. Does not allocate.
     *
     * @param name any text, or null
     * @return false if it is too short, too long, has half a surrogate pair or a control character
     */
    public static boolean isValid(final String name) {
        if (name == null || name.isEmpty() || name.length() > LENGTH_MAX) {
            return false;
        }
        int length = 0;
        int index = 0;
        while (index < name.length()) {
            final int codePoint = name.codePointAt(index);
            if (Character.isISOControl(codePoint) || isSurrogate(codePoint)) {
                return false;
            }
            length += encodedLength(codePoint);
            index += Character.charCount(codePoint);
        }
        return length <= LENGTH_MAX;
    }

    /**
     * Writes a name as bytes.
     *
     * @param name a valid name
     * @param buffer that takes up to {@link #LENGTH_MAX} bytes
     * @param offset of the first
     * @return their count
     * @throws IllegalArgumentException if it is no name
     */
    public static int encode(final String name, final MutableDirectBuffer buffer, final int offset) {
        if (!isValid(name)) {
            throw new IllegalArgumentException(RULE);
        }
        return buffer.putStringWithoutLengthUtf8(offset, name);
    }

    /**
     * Reads a name from its bytes.
     *
     * @param buffer holding the name
     * @param offset of its first byte
     * @param length in bytes
     * @return the name
     * @throws IllegalArgumentException if it is no name
     */
    public static String decode(final DirectBuffer buffer, final int offset, final int length) {
        if (!isValid(buffer, offset, length)) {
            throw new IllegalArgumentException(RULE);
        }
        return buffer.getStringWithoutLengthUtf8(offset, length);
    }

    private static int sequenceLength(final byte lead) {
        if (lead >= 0) {
            return 1;
        }
        if ((lead & 0xE0) == 0xC0) {
            return 2;
        }
        if ((lead & 0xF0) == 0xE0) {
            return 3;
        }
        return (lead & 0xF8) == 0xF0 ? 4 : INVALID;
    }

    private static int codePoint(final DirectBuffer buffer, final int index, final int sequenceLength) {
        final byte lead = buffer.getByte(index);
        if (sequenceLength == 1) {
            return lead;
        }
        int codePoint = lead & (0xFF >> (sequenceLength + 1));
        for (int i = 1; i < sequenceLength; i++) {
            final byte next = buffer.getByte(index + i);
            if ((next & 0xC0) != 0x80) {
                return INVALID;
            }
            codePoint = codePoint << 6 | (next & 0x3F);
        }
        final boolean isShortest = codePoint >= CODE_POINT_MIN_OF_LENGTH[sequenceLength];
        return isShortest && codePoint <= CODE_POINT_MAX && !isSurrogate(codePoint) ? codePoint : INVALID;
    }

    private static int encodedLength(final int codePoint) {
        if (codePoint < 0x80) {
            return 1;
        }
        if (codePoint < 0x800) {
            return 2;
        }
        return codePoint < 0x10000 ? 3 : 4;
    }

    private static boolean isSurrogate(final int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
