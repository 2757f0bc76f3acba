package io.fencegate.verification.capacity;

import io.fencegate.codecs.wire.GrantedDecoder;
import io.fencegate.codecs.wire.MessageHeaderDecoder;
import io.fencegate.verification.simulator.sequencer.HandSession;
import org.agrona.DirectBuffer;

/** A session that takes every answer, and counts grants. One thread. */
final class Outlet extends HandSession {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final GrantedDecoder grant = new GrantedDecoder();
    private long granted;
    private long tokenLast;

    /** How many grants it was told of. */
    long granted() {
        return granted;
    }

    /** The token of the last one. */
    long tokenLast() {
        return tokenLast;
    }

    @Override
    public long offer(final DirectBuffer buffer, final int offset, final int length) {
        header.wrap(buffer, offset);
        if (header.templateId() == GrantedDecoder.TEMPLATE_ID) {
            granted++;
            tokenLast = grant.wrapAndApplyHeader(buffer, offset, header).token();
        }
        return length;
    }

    @Override
    public long id() {
        return 1;
    }
}
