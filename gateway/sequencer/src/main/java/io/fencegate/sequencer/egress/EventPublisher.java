package io.fencegate.sequencer.egress;

import io.aeron.cluster.service.ClientSession;
import io.fencegate.codecs.wire.LeaseEventEncoder;
import io.fencegate.codecs.wire.WatchDroppedEncoder;
import io.fencegate.codecs.wire.WatchingEncoder;
import io.fencegate.core.lease.watch.LeaseEvent;
import io.fencegate.core.lease.watch.Watch;

/**
 * Encodes what watchers are told and offers it to their sessions: a few tries, and never a wait. Whether it could be
 * sent differs from node to node.
 *
 * <p>Called by the service container's thread.
 */
public final class EventPublisher {
    private final EgressBuffer out = new EgressBuffer();
    private final WatchingEncoder watching = new WatchingEncoder();
    private final LeaseEventEncoder leaseEvent = new LeaseEventEncoder();
    private final WatchDroppedEncoder dropped = new WatchDroppedEncoder();

    /**
     * Sends a {@code Watching}.
     *
     * @param session to the watcher, or null
     * @param watch that stands
     * @param revision of the last event before it
     * @return false if the session did not take it
     */
    public boolean onWatching(final ClientSession session, final Watch watch, final long revision) {
        watching.wrapAndApplyHeader(out.buffer(), 0, out.header())
                .requestId(watch.requestId())
                .clientId(watch.clientId())
                .revision(revision);
        return out.send(session, watching.encodedLength());
    }

    /**
     * Sends a {@code LeaseEvent}.
     *
     * @param session to the watcher, or null
     * @param watch to be told
     * @param event that happened
     * @return false if the session did not take it
     */
    public boolean onEvent(final ClientSession session, final Watch watch, final LeaseEvent event) {
        leaseEvent
                .wrapAndApplyHeader(out.buffer(), 0, out.header())
                .watchRequestId(watch.requestId())
                .clientId(watch.clientId())
                .revision(event.revision())
                .holder(event.holder())
                .token(event.token())
                .remainingMs(event.remainingMs())
                .kind((short) event.kind().code())
                .putResource(event.name(), 0, event.name().capacity());
        return out.send(session, leaseEvent.encodedLength());
    }

    /**
     * Sends a {@code WatchDropped}.
     *
     * @param session to the watcher, or null
     * @param watch of which events were missed
     * @param revision of the last event that was sent, 0 if this node does not know
     * @return false if the session did not take it
     */
    public boolean onWatchDropped(final ClientSession session, final Watch watch, final long revision) {
        dropped.wrapAndApplyHeader(out.buffer(), 0, out.header())
                .watchRequestId(watch.requestId())
                .clientId(watch.clientId())
                .revision(revision);
        return out.send(session, dropped.encodedLength());
    }
}
