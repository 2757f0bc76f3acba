package io.fencegate.verification.simulator.sequencer;

import io.aeron.DirectBufferVector;
import io.aeron.cluster.service.ClientSession;
import io.aeron.logbuffer.BufferClaim;

/**
 * A session without a cluster behind it: of a client that does not log in, and takes whole messages only, as the
 * sequencer's service offers them.
 *
 * <p>One thread.
 */
public abstract class HandSession implements ClientSession {
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
