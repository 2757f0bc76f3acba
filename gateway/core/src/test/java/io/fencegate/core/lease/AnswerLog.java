package io.fencegate.core.lease;

import io.fencegate.core.grant.LeaseEnd;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.grant.Token;
import io.fencegate.core.lease.command.LeaseAnswers;
import io.fencegate.core.lease.command.LeaseCommand;
import io.fencegate.core.lease.watch.LeaseEvent;
import io.fencegate.core.lease.watch.LeaseEvents;
import io.fencegate.core.lease.watch.Watch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** Writes every answer down as a line of text, in the order in which they were said. */
final class AnswerLog implements LeaseAnswers, LeaseEvents {
    private final List<String> lines = new ArrayList<>();

    /** What was said since it was asked last. */
    List<String> take() {
        final List<String> taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }

    static String token(final long token) {
        return token == 0 ? "none" : Token.term(token) + "/" + Token.serial(token);
    }

    /** The bytes as characters: their order is that of the bytes, and no two names share one text. */
    static String text(final DirectBuffer name, final int offset, final int length) {
        final byte[] bytes = new byte[length];
        name.getBytes(offset, bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    static String describe(final LeaseCommand command) {
        return text(command.nameBuffer(), command.nameOffset(), command.nameLength())
                + " client=" + command.clientId() + " request=" + command.requestId()
                + " token=" + token(command.token()) + " ttl=" + command.ttlMs() + " wait=" + command.waitMs()
                + " waitRequest=" + command.waitRequestId() + " proven=" + command.provenClientId() + " proof="
                + command.proof();
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
        held("GRANTED", clientId, requestId, token, "ttl=" + ttlMs + " remaining=" + remainingMs, name);
    }

    @Override
    public void onQueued(final long clientId, final long requestId, final int place) {
        say(clientId, requestId, "QUEUED place=" + place);
    }

    @Override
    public void onDenied(
            final long clientId, final long requestId, final long holder, final long token, final long remainingMs) {
        say(clientId, requestId, "DENIED token=" + token(token) + " holder=" + holder + " remaining=" + remainingMs);
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
        held("RENEWED", clientId, requestId, token, "ttl=" + ttlMs + " remaining=" + remainingMs, name);
    }

    @Override
    public void onReleased(final long clientId, final long requestId, final long token) {
        say(clientId, requestId, "RELEASED token=" + token(token));
    }

    @Override
    public void onCancelled(final long clientId, final long requestId, final long waitRequestId) {
        say(clientId, requestId, "CANCELLED wait=" + waitRequestId);
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
        say(
                clientId,
                requestId,
                "REVOKED token=" + token(token) + " revoked=" + token(revokedToken) + " holder=" + revokedHolder
                        + " name=" + text(name, offset, length));
    }

    @Override
    public void onFloor(final long clientId, final long requestId, final boolean isRaised, final long termOffset) {
        say(clientId, requestId, (isRaised ? "FLOOR_RAISED" : "FLOOR_KEPT") + " offset=" + termOffset);
    }

    @Override
    public void onDescribed(
            final LeaseCommand command,
            final long holder,
            final long token,
            final long ttlMs,
            final long remainingMs,
            final int waiters) {
        say(
                command.clientId(),
                command.requestId(),
                "DESCRIBED token=" + token(token) + " holder=" + holder + " ttl=" + ttlMs + " remaining=" + remainingMs
                        + " waiters=" + waiters);
    }

    @Override
    public void onUnwatched(final long clientId, final long requestId, final long watchRequestId) {
        say(clientId, requestId, "UNWATCHED watch=" + watchRequestId);
    }

    @Override
    public void onRefused(
            final long clientId,
            final long requestId,
            final LeaseVerdict verdict,
            final long currentToken,
            final long currentHolder,
            final LeaseEnd end) {
        say(
                clientId,
                requestId,
                verdict + " token=" + token(currentToken) + " holder=" + currentHolder + " end=" + end);
    }

    @Override
    public void onWatching(final Watch watch, final long revision) {
        watching(watch.clientId(), watch.requestId(), revision);
    }

    @Override
    public void onEvent(final Watch watch, final LeaseEvent event) {
        event(
                watch.clientId(),
                watch.requestId(),
                "revision=" + event.revision() + " kind=" + event.kind() + " token=" + token(event.token())
                        + " holder=" + event.holder() + " remaining=" + event.remainingMs() + " name="
                        + text(event.name(), 0, event.name().capacity()));
    }

    @Override
    public void onWatchEnded(final Watch watch) {
        watchEnded(watch.clientId(), watch.requestId());
    }

    void watching(final long clientId, final long requestId, final long revision) {
        say(clientId, requestId, "WATCHING revision=" + revision);
    }

    void event(final long clientId, final long requestId, final String facts) {
        say(clientId, requestId, "EVENT " + facts);
    }

    void watchEnded(final long clientId, final long requestId) {
        say(clientId, requestId, "WATCH_ENDED");
    }

    private void held(
            final String verdict,
            final long clientId,
            final long requestId,
            final long token,
            final String times,
            final DirectBuffer name) {
        say(
                clientId,
                requestId,
                verdict + " token=" + token(token) + " " + times + " name=" + text(name, 0, name.capacity()));
    }

    private void say(final long clientId, final long requestId, final String answer) {
        lines.add("client=" + clientId + " request=" + requestId + " " + answer);
    }
}
