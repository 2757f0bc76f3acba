package io.fencegate.client.sequencer;

import io.fencegate.codecs.wire.GroupSizeEncodingDecoder;
import io.fencegate.codecs.wire.NameEncodingDecoder;
import org.agrona.DirectBuffer;

/**
 * Checks that the names in a message lie within it, before they are read.
 *
 * <p>The client's thread.
 */
final class NameBounds {
    private final GroupSizeEncodingDecoder groupSize = new GroupSizeEncodingDecoder();
    private final NameEncodingDecoder nameLength = new NameEncodingDecoder();

    /** Whether the one name behind the block lies within the body. */
    boolean hasWholeName(final DirectBuffer body, final int blockLength) {
        final int start = blockLength + NameEncodingDecoder.varDataEncodingOffset();
        if (start > body.capacity()) {
            return false;
        }
        nameLength.wrap(body, blockLength);
        return start + nameLength.length() <= body.capacity();
    }

    /** Whether a page's group, and every name in it, lie within the body. */
    boolean hasWholePage(
            final DirectBuffer body, final int blockLength, final int entryBlockLength, final int namesPerEntry) {
        int position = blockLength + GroupSizeEncodingDecoder.ENCODED_LENGTH;
        if (position > body.capacity()) {
            return false;
        }
        groupSize.wrap(body, blockLength);
        boolean isWhole = groupSize.blockLength() >= entryBlockLength;
        for (int i = 0; i < groupSize.numInGroup() && isWhole; i++) {
            position = behindNames(body, position + groupSize.blockLength(), namesPerEntry);
            isWhole = position <= body.capacity();
        }
        return isWhole;
    }

    /** Where names end; beyond the body where they are not whole. */
    private int behindNames(final DirectBuffer body, final int offset, final int names) {
        int position = offset;
        for (int i = 0; i < names && position <= body.capacity(); i++) {
            final int start = position + NameEncodingDecoder.varDataEncodingOffset();
            if (start > body.capacity()) {
                return start;
            }
            nameLength.wrap(body, position);
            position = start + nameLength.length();
        }
        return position;
    }
}
