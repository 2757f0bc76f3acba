package io.fencegate.sequencer.service;

import io.aeron.cluster.service.ClientSession;
import io.aeron.cluster.service.Cluster;
import io.fencegate.core.grant.LeaseEnd;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.lease.command.LeaseAnswers;
import io.fencegate.core.lease.command.LeaseCommand;
import io.fencegate.sequencer.charter.LiveKeys;
import io.fencegate.sequencer.counters.SequencerCounters;
import io.fencegate.sequencer.egress.ClientRoutes;
import io.fencegate.sequencer.egress.EgressPublisher;
import io.fencegate.sequencer.egress.FloorPublisher;
import io.fencegate.sequencer.egress.KeyPublisher;
import org.agrona.DirectBuffer;

/**
 * Brings each answer of the lease table to the session of its client: the one whose command is being answered, or the
 * one in which the client was heard last. Counts what was refused and what could not be sent.
 *
 * <p>Called by the service container's thread.
 */
final class AnswerRouter implements LeaseAnswers {
    private final ClientRoutes routes;
    private final EgressPublisher egress;
    private final FloorPublisher floors;
    private final KeyPublisher keys;
    private final SequencerCounters counters;
    private Cluster cluster;
    private ClientSession asking;
    private long askingClientId;

    AnswerRouter(
            final ClientRoutes routes,
            final EgressPublisher egress,
            final FloorPublisher floors,
            final KeyPublisher keys,
            final SequencerCounters counters) {
        this.routes = routes;
        this.egress = egress;
        this.floors = floors;
        this.keys = keys;
        this.counters = counters;
    }

    /** The node starts. */
    void onStart(final Cluster startedCluster) {
        cluster = startedCluster;
    }

    /** A client asks, in this session, until it was answered. */
    void onAsked(final ClientSession session, final long clientId) {
        routes.onCommand(clientId, session.id());
        asking = session;
        askingClientId = clientId;
    }

    /** Nobody asks any more. */
    void onAnswered() {
        asking = null;
    }

    /** What came in this session is refused, whoever its client is. */
    void onRefused(final ClientSession session, final long clientId, final long requestId, final LeaseVerdict verdict) {
        counters.onRefused(verdict);
        onSent(egress.onRefused(session, clientId, requestId, verdict, 0, 0, LeaseEnd.UNKNOWN));
    }

    /** An answer left, or did not. */
    void onSent(final boolean isSent) {
        counters.onSent(isSent);
    }

    /** A client asked which keys are live, or has changed them. */
    void onKeys(final ClientSession session, final long clientId, final long requestId, final LiveKeys live) {
        counters.onSent(keys.onKeys(session, clientId, requestId, live));
    }

    /** A page of leases goes out, or does not. */
    void onPage(final ClientSession session, final boolean more) {
        counters.onSent(egress.endPage(session, more));
    }

    @Override
    public void onGranted(
            final long clientId,
            final long requestId,
            final long token,
            final long ttlMs,
            final long remainingMs,
            final DirectBuffer name,
            final int offset,
            final int length) {
        final ClientSession session = sessionOf(clientId);
        counters.onSent(
                egress.onGranted(session, clientId, requestId, token, ttlMs, remainingMs, name, offset, length));
    }

    @Override
    public void onQueued(final long clientId, final long requestId, final int place) {
        final ClientSession session = sessionOf(clientId);
        counters.onSent(egress.onQueued(session, clientId, requestId, place));
    }

    @Override
    public void onDenied(
            final long clientId, final long requestId, final long holder, final long token, final long remainingMs) {
        counters.onRefused(LeaseVerdict.DENIED);
        counters.onSent(egress.onDenied(sessionOf(clientId), clientId, requestId, holder, token, remainingMs));
    }

    @Override
    public void onRenewed(
            final long clientId,
            final long requestId,
            final long token,
            final long ttlMs,
            final long remainingMs,
            final DirectBuffer name,
            final int offset,
            final int length) {
        final ClientSession session = sessionOf(clientId);
        counters.onSent(
                egress.onRenewed(session, clientId, requestId, token, ttlMs, remainingMs, name, offset, length));
    }

    @Override
    public void onReleased(final long clientId, final long requestId, final long token) {
        final ClientSession session = sessionOf(clientId);
        counters.onSent(egress.onReleased(session, clientId, requestId, token));
    }

    @Override
    public void onCancelled(final long clientId, final long requestId, final long waitRequestId) {
        counters.onSent(egress.onCancelled(sessionOf(clientId), clientId, requestId, waitRequestId));
    }

    @Override
    public void onRevoked(
            final long clientId,
            final long requestId,
            final long token,
            final long revokedToken,
            final long revokedHolder,
            final DirectBuffer name,
            final int offset,
            final int length) {
        final ClientSession session = sessionOf(clientId);
        counters.onSent(egress.onRevoked(
                session, clientId, requestId, token, revokedToken, revokedHolder, name, offset, length));
    }

    @Override
    public void onFloor(final long clientId, final long requestId, final boolean isRaised, final long termOffset) {
        final ClientSession session = sessionOf(clientId);
        counters.onSent(
                isRaised
                        ? floors.onRaised(session, clientId, requestId, termOffset)
                        : floors.onKept(session, clientId, requestId, termOffset));
    }

    @Override
    public void onDescribed(
            final LeaseCommand command,
            final long holder,
            final long token,
            final long ttlMs,
            final long remainingMs,
            final int waiters) {
        final ClientSession session = sessionOf(command.clientId());
        counters.onSent(egress.onDescribed(session, command, holder, token, ttlMs, remainingMs, waiters));
    }

    @Override
    public void onUnwatched(final long clientId, final long requestId, final long watchRequestId) {
        counters.onSent(egress.onUnwatched(sessionOf(clientId), clientId, requestId, watchRequestId));
    }

    @Override
    public void onRefused(
            final long clientId,
            final long requestId,
            final LeaseVerdict verdict,
            final long currentToken,
            final long currentHolder,
            final LeaseEnd end) {
        counters.onRefused(verdict);
        final ClientSession session = sessionOf(clientId);
        counters.onSent(egress.onRefused(session, clientId, requestId, verdict, currentToken, currentHolder, end));
    }

    private ClientSession sessionOf(final long clientId) {
        return asking != null && clientId == askingClientId
                ? asking
                : cluster.getClientSession(routes.sessionOf(clientId));
    }
}
