package io.fencegate.client.sequencer;

import io.fencegate.codecs.wire.GroupSizeEncodingDecoder;
import io.fencegate.codecs.wire.LeasesDecoder;
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
    boolean hasWholePage(final DirectBuffer body, final int blockLength) {
        int position = blockLength + GroupSizeEncodingDecoder.ENCODED_LENGTH;
        if (position > body.capacity()) {
            return false;
        }
        groupSize.wrap(body, blockLength);
        final int entryLength = groupSize.blockLength() + LeasesDecoder.LeaseDecoder.resourceHeaderLength();
        boolean isWhole = groupSize.blockLength() >= LeasesDecoder.LeaseDecoder.sbeBlockLength();
        for (int i = 0; i < groupSize.numInGroup() && isWhole; i++) {
            final int nameStart = position + entryLength;
            isWhole = nameStart <= body.capacity();
            if (isWhole) {
                nameLength.wrap(body, position + groupSize.blockLength());
                position = nameStart + nameLength.length();
                isWhole = position <= body.capacity();
            }
        }
        return isWhole;
    }
}
