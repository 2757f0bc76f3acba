package io.fencegate.sequencer.egress;

import io.aeron.cluster.service.ClientSession;
import io.fencegate.codecs.WireLimits;
import io.fencegate.codecs.wire.MessageHeaderEncoder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Where one message is encoded, and how it is offered: a few tries, and never a wait, because a client that does not
 * read must not hold up the cluster.
 *
 * <p>One thread.
 */
final class EgressBuffer {
    private static final int OFFER_TRIES = 3;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[WireLimits.SEQUENCER_MESSAGE_LENGTH_MAX]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    UnsafeBuffer buffer() {
        return buffer;
    }

    MessageHeaderEncoder header() {
        return header;
    }

    /** Offers what was encoded. Returns false if there is no such session, or it did not take it. */
    boolean send(final ClientSession session, final int encodedLength) {
        if (session == null) {
            return false;
        }
        final int length = WireLimits.HEADER_LENGTH + encodedLength;
        for (int i = 0; i < OFFER_TRIES; i++) {
            if (session.offer(buffer, 0, length) > 0) {
                return true;
            }
        }
        return false;
    }
}
