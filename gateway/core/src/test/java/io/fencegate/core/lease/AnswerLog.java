package io.fencegate.core.lease;

import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.grant.Token;
import io.fencegate.core.lease.command.LeaseAnswers;
import io.fencegate.core.lease.command.LeaseCommand;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** Writes every answer down as a line of text, in the order in which they were said. */
final class AnswerLog implements LeaseAnswers {
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
                + " token=" + token(command.token()) + " ttl=" + command.ttlMs() + " wait=" + command.waitMs();
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
    public void onDenied(final long clientId, final long requestId, final long token, final long remainingMs) {
        say(clientId, requestId, "DENIED token=" + token(token) + " remaining=" + remainingMs);
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
    public void onRefused(
            final long clientId, final long requestId, final LeaseVerdict verdict, final long currentToken) {
        say(clientId, requestId, verdict + " token=" + token(currentToken));
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
