package io.fencegate.sequencer.egress;

import io.aeron.cluster.service.ClientSession;
import io.fencegate.codecs.wire.KeysEncoder;
import io.fencegate.sequencer.charter.LiveKeys;
import java.util.List;

/**
 * Encodes which keys are live and offers it to a client's session: a few tries, and never a wait. Whether it could be
 * sent differs from node to node.
 *
 * <p>Called by the service container's thread.
 */
public final class KeyPublisher {
    private final EgressBuffer out = new EgressBuffer();
    private final KeysEncoder encoder = new KeysEncoder();

    /**
     * Sends a {@code Keys}.
     *
     * @param session to the client
     * @param clientId that asked
     * @param requestId of the command
     * @param keys that are live
     * @return false if the session did not take it
     */
    public boolean onKeys(final ClientSession session, final long clientId, final long requestId, final LiveKeys keys) {
        final List<Long> live = keys.fingerprints();
        encoder.wrapAndApplyHeader(out.buffer(), 0, out.header())
                .requestId(requestId)
                .clientId(clientId)
                .revision(keys.revision())
                .newest(live.isEmpty() ? 0 : live.get(0))
                .older(live.size() < 2 ? 0 : live.get(1))
                .retirementPosition(keys.retirementPosition())
                .live((short) live.size());
        return out.send(session, encoder.encodedLength());
    }
}
