package io.fencegate.verification.simulator.sequencer;

import org.agrona.DirectBuffer;

/** A client's session as one node's service sees it. One thread. */
final class NodeSession extends HandSession {
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
    public long offer(final DirectBuffer buffer, final int offset, final int length) {
        final byte[] message = new byte[length];
        buffer.getBytes(offset, message);
        return node.onEgress(this, message);
    }
}
