package io.fencegate.verification.story.law;

import io.fencegate.core.grant.LeaseEnd;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.lease.command.LeaseAnswers;
import io.fencegate.core.lease.command.LeaseCommand;
import io.fencegate.verification.story.Told;
import java.util.HashMap;
import java.util.Map;
import org.agrona.DirectBuffer;

/** Keeps the latest answer to each request of a lease table. One thread. */
final class AnswerSheet implements LeaseAnswers {
    private record Request(long clientId, long requestId) {}

    private final Map<Request, Told> answers = new HashMap<>();

    Told answer(final long clientId, final long requestId) {
        return answers.get(new Request(clientId, requestId));
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
        put(clientId, requestId, Told.of(LeaseVerdict.GRANTED).token("token", token));
    }

    @Override
    public void onQueued(final long clientId, final long requestId, final int place) {
        put(clientId, requestId, Told.of(LeaseVerdict.QUEUED).fact("place", place));
    }

    @Override
    public void onDenied(
            final long clientId, final long requestId, final long holder, final long token, final long remainingMs) {
        put(
                clientId,
                requestId,
                Told.of(LeaseVerdict.DENIED).token("current", token).client("holder", holder));
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
        put(clientId, requestId, Told.of(LeaseVerdict.RENEWED).token("token", token));
    }

    @Override
    public void onReleased(final long clientId, final long requestId, final long token) {
        put(clientId, requestId, Told.of(LeaseVerdict.RELEASED));
    }

    @Override
    public void onCancelled(final long clientId, final long requestId, final long waitRequestId) {
        put(clientId, requestId, Told.of(LeaseVerdict.CANCELLED));
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
        put(
                clientId,
                requestId,
                Told.of(LeaseVerdict.REVOKED)
                        .token("token", token)
                        .token("revoked", revokedToken)
                        .client("holder", revokedHolder));
    }

    @Override
    public void onFloor(final long clientId, final long requestId, final boolean isRaised, final long termOffset) {
        put(clientId, requestId, Told.of(isRaised ? LeaseVerdict.FLOOR_RAISED : LeaseVerdict.FLOOR_KEPT));
    }

    @Override
    public void onDescribed(
            final LeaseCommand command,
            final long holder,
            final long token,
            final long ttlMs,
            final long remainingMs,
            final int waiters) {
        put(
                command.clientId(),
                command.requestId(),
                Told.of("DESCRIBED")
                        .token("current", token)
                        .client("holder", holder)
                        .fact("waiters", waiters)
                        .fact("remainingMs", remainingMs));
    }

    @Override
    public void onUnwatched(final long clientId, final long requestId, final long watchRequestId) {
        put(clientId, requestId, Told.of("UNWATCHED"));
    }

    @Override
    public void onRefused(
            final long clientId,
            final long requestId,
            final LeaseVerdict verdict,
            final long currentToken,
            final long currentHolder,
            final LeaseEnd end) {
        put(
                clientId,
                requestId,
                Told.of(verdict)
                        .token("current", currentToken)
                        .client("holder", currentHolder)
                        .fact("end", end));
    }

    private void put(final long clientId, final long requestId, final Told told) {
        answers.put(new Request(clientId, requestId), told);
    }
}
