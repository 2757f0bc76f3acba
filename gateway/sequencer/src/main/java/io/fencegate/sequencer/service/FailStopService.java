package io.fencegate.sequencer.service;

import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.cluster.codecs.CloseReason;
import io.aeron.cluster.service.ClientSession;
import io.aeron.cluster.service.Cluster;
import io.aeron.cluster.service.ClusteredService;
import io.aeron.logbuffer.Header;
import io.fencegate.sequencer.charter.UnfitNodeException;
import io.fencegate.sequencer.counters.SequencerCounters;
import io.fencegate.sequencer.service.StopListener.StopReason;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.AgentTerminationException;

/**
 * Stops the node at the first throwable of the service that it wraps. Without it an exception would skip the committed
 * message that caused it and go on, on this node alone, and an error would leave a leader that looks alive and
 * serves nobody. Tells of each duty cycle, so that a service that stands still is noticed.
 *
 * <p>Called by the service container's thread.
 */
public final class FailStopService implements ClusteredService {
    private final ClusteredService service;
    private final int memberId;
    private final StopListener listener;
    private final SequencerCounters counters;
    private Cluster cluster;

    /**
     * Wraps a service.
     *
     * @param service that must not throw
     * @param memberId of the node
     * @param listener told when it did, before the node stops
     * @param counters told of each sign of life
     */
    public FailStopService(
            final ClusteredService service,
            final int memberId,
            final StopListener listener,
            final SequencerCounters counters) {
        this.service = service;
        this.memberId = memberId;
        this.listener = listener;
        this.counters = counters;
    }

    @Override
    public void onStart(final Cluster startedCluster, final Image snapshotImage) {
        cluster = startedCluster;
        try {
            service.onStart(startedCluster, snapshotImage);
        } catch (final Throwable t) {
            throw stopped("onStart", t);
        }
    }

    @Override
    public void onSessionOpen(final ClientSession session, final long timestamp) {
        try {
            service.onSessionOpen(session, timestamp);
        } catch (final Throwable t) {
            throw stopped("onSessionOpen", t);
        }
    }

    @Override
    public void onSessionClose(final ClientSession session, final long timestamp, final CloseReason closeReason) {
        try {
            service.onSessionClose(session, timestamp, closeReason);
        } catch (final Throwable t) {
            throw stopped("onSessionClose", t);
        }
    }

    @Override
    public void onSessionMessage(
            final ClientSession session,
            final long timestamp,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final Header header) {
        try {
            service.onSessionMessage(session, timestamp, buffer, offset, length, header);
        } catch (final Throwable t) {
            throw stopped("onSessionMessage", t);
        }
    }

    @Override
    public void onTimerEvent(final long correlationId, final long timestamp) {
        try {
            service.onTimerEvent(correlationId, timestamp);
        } catch (final Throwable t) {
            throw stopped("onTimerEvent", t);
        }
    }

    @Override
    public void onTakeSnapshot(final ExclusivePublication snapshotPublication) {
        try {
            service.onTakeSnapshot(snapshotPublication);
        } catch (final Throwable t) {
            throw stopped("onTakeSnapshot", t);
        }
    }

    @Override
    public void onRoleChange(final Cluster.Role newRole) {
        try {
            service.onRoleChange(newRole);
        } catch (final Throwable t) {
            throw stopped("onRoleChange", t);
        }
    }

    @Override
    public void onTerminate(final Cluster terminatedCluster) {
        try {
            service.onTerminate(terminatedCluster);
        } catch (final Throwable t) {
            throw stopped("onTerminate", t);
        }
    }

    @Override
    public void onNewLeadershipTermEvent(
            final long leadershipTermId,
            final long logPosition,
            final long timestamp,
            final long termBaseLogPosition,
            final int leaderMemberId,
            final int logSessionId,
            final TimeUnit timeUnit,
            final int appVersion) {
        try {
            service.onNewLeadershipTermEvent(
                    leadershipTermId,
                    logPosition,
                    timestamp,
                    termBaseLogPosition,
                    leaderMemberId,
                    logSessionId,
                    timeUnit,
                    appVersion);
        } catch (final Throwable t) {
            throw stopped("onNewLeadershipTermEvent", t);
        }
    }

    @Override
    public int doBackgroundWork(final long nowNs) {
        try {
            final int work = service.doBackgroundWork(nowNs);
            counters.onBeat(cluster.logPosition());
            return work;
        } catch (final Throwable t) {
            throw stopped("doBackgroundWork", t);
        }
    }

    private static StopReason reason(final UnfitNodeException unfit) {
        return switch (unfit.difference()) {
            case CHARTER -> StopReason.CONFIGURATION;
            case KEY -> StopReason.KEY_MISSING;
        };
    }

    private AgentTerminationException stopped(final String callback, final Throwable cause) {
        if (cause instanceof AgentTerminationException) {
            // Aeron itself ends the thread: the node is being closed, or its consensus module is gone.
            return (AgentTerminationException) cause;
        }
        if (cause instanceof UnfitNodeException unfit) {
            listener.onStopped(memberId, reason(unfit), "member=" + memberId + ": " + unfit.getMessage(), null);
            return new AgentTerminationException(cause);
        }
        listener.onStopped(
                memberId,
                StopReason.IMPOSSIBLE_STATE,
                "the sequencer's state machine broke: member=" + memberId + " callback=" + callback + " cause=" + cause,
                cause);
        return new AgentTerminationException(cause);
    }
}
