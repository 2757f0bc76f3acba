package io.fencegate.sequencer.egress;

import io.aeron.cluster.service.ClientSession;
import io.fencegate.codecs.wire.FloorKeptEncoder;
import io.fencegate.codecs.wire.FloorRaisedEncoder;

/**
 * Encodes where the floor of the tokens is and offers it to a client's session: a few tries, and never a wait. Whether it
 * could be sent differs from node to node.
 *
 * <p>Called by the service container's thread.
 */
public final class FloorPublisher {
    private final EgressBuffer out = new EgressBuffer();
    private final FloorRaisedEncoder raised = new FloorRaisedEncoder();
    private final FloorKeptEncoder kept = new FloorKeptEncoder();

    /**
     * Sends a {@code FloorRaised}.
     *
     * @param session to the client, or null
     * @param clientId that asked
     * @param requestId of the command
     * @param termOffset what is added to the leadership term from now on
     * @return false if the session did not take it
     */
    public boolean onRaised(
            final ClientSession session, final long clientId, final long requestId, final long termOffset) {
        raised.wrapAndApplyHeader(out.buffer(), 0, out.header())
                .requestId(requestId)
                .clientId(clientId)
                .termOffset(termOffset);
        return out.send(session, raised.encodedLength());
    }

    /**
     * Sends a {@code FloorKept}.
     *
     * @param session to the client, or null
     * @param clientId that asked
     * @param requestId of the command
     * @param termOffset what is added to the leadership term
     * @return false if the session did not take it
     */
    public boolean onKept(
            final ClientSession session, final long clientId, final long requestId, final long termOffset) {
        kept.wrapAndApplyHeader(out.buffer(), 0, out.header())
                .requestId(requestId)
                .clientId(clientId)
                .termOffset(termOffset);
        return out.send(session, kept.encodedLength());
    }
}
