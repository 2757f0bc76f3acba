package io.fencegate.benchmarks.sequencer;

import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.cluster.codecs.CloseReason;
import io.aeron.cluster.service.ClientSession;
import io.aeron.cluster.service.Cluster;
import io.aeron.cluster.service.ClusteredService;
import io.aeron.logbuffer.Header;
import org.agrona.DirectBuffer;

/**
 * The floor of a cluster: offers back the bytes of each message as they came, and knows nothing else. A message that the
 * transport does not take after a few tries is not answered, which the client notices.
 *
 * <p>The service container's thread.
 */
class EchoService implements ClusteredService {
    private static final int TRIES = 10;

    private Cluster cluster;

    @Override
    public void onStart(final Cluster host, final Image snapshotImage) {
        cluster = host;
    }

    @Override
    public void onSessionOpen(final ClientSession session, final long timestamp) {
        // Nothing is known of sessions.
    }

    @Override
    public void onSessionClose(final ClientSession session, final long timestamp, final CloseReason closeReason) {
        // Nothing is known of sessions.
    }

    @Override
    public void onSessionMessage(
            final ClientSession session,
            final long timestamp,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final Header header) {
        for (int i = 0; i < TRIES && session.offer(buffer, offset, length) < 0; i++) {
            cluster.idleStrategy().idle();
        }
    }

    @Override
    public void onTimerEvent(final long correlationId, final long timestamp) {
        // There are no timers.
    }

    @Override
    public void onTakeSnapshot(final ExclusivePublication snapshotPublication) {
        // There is nothing to remember.
    }

    @Override
    public void onRoleChange(final Cluster.Role newRole) {
        // All nodes do the same.
    }

    @Override
    public void onTerminate(final Cluster host) {
        // There is nothing to end.
    }
}
