package io.fencegate.verification.simulator.sequencer;

import io.aeron.DirectBufferVector;
import io.aeron.cluster.service.ClientSession;
import io.aeron.logbuffer.BufferClaim;
import org.agrona.DirectBuffer;

/** A client's session as one node's service sees it. One thread. */
final class NodeSession implements ClientSession {
    private final SimulatedNode node;
    private final long id;
    private final Route route;

    NodeSession(final SimulatedNode node, final long id, final Route route) {
        this.node = node;
        this.id = id;
        this.route = route;
    }

    Route route() {
        return route;
    }

    @Override
    public long id() {
        return id;
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
    public long offer(final DirectBuffer buffer, final int offset, final int length) {
        final byte[] message = new byte[length];
        buffer.getBytes(offset, message);
        return node.onEgress(this, message);
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
