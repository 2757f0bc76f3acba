package io.fencegate.verification.capacity;

import io.aeron.DirectBufferVector;
import io.aeron.cluster.service.ClientSession;
import io.aeron.logbuffer.BufferClaim;
import io.fencegate.codecs.wire.GrantedDecoder;
import io.fencegate.codecs.wire.MessageHeaderDecoder;
import org.agrona.DirectBuffer;

/** A session that takes every answer, and counts grants. One thread. */
final class Outlet implements ClientSession {
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

    @Override
    public int responseStreamId() {
        return 0;
    }

    @Override
    public String responseChannel() {
        return "";
    }

    @Override
    public byte[] encodedPrincipal() {
        return new byte[0];
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException("the service closes no session");
    }

    @Override
    public boolean isClosing() {
        return false;
    }

    @Override
    public long offer(final DirectBufferVector[] vectors) {
        throw new UnsupportedOperationException("the service offers whole messages");
    }

    @Override
    public long tryClaim(final int length, final BufferClaim bufferClaim) {
        throw new UnsupportedOperationException("the service claims nothing");
    }
}
