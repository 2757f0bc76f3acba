package io.fencegate.client;

import io.fencegate.client.error.AcknowledgedWritesLostException;
import io.fencegate.client.error.ForeignWritesException;
import io.fencegate.client.error.InDoubtException;
import io.fencegate.client.error.RefusedException;
import io.fencegate.client.error.StaleTokenException;
import io.fencegate.client.gateway.GatewayReply;
import io.fencegate.client.gateway.GatewaySession;
import io.fencegate.client.session.writer.OpenJudgement;
import io.fencegate.client.session.writer.WriterSession;
import io.fencegate.client.session.writer.WriterState;
import io.fencegate.codecs.WireLimits;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.Token;
import io.fencegate.core.grant.Verdict;
import org.agrona.DirectBuffer;

/**
 * A writer's law and the session in which its resource was opened: sends its writes, takes in their answers, opens the
 * resource (again), and turns what stops it into exceptions.
 *
 * <p>The client's thread.
 */
final class WriterLink {
    private final GatewayCalls calls;
    private final Grant grant;
    private final WriterSession writer;
    private GatewaySession session;
    private boolean isClosed;

    /** Opens the resource of a grant, within the call that was begun. */
    WriterLink(final GatewayCalls calls, final Grant grant) {
        this.calls = calls;
        this.grant = grant;
        this.writer = new WriterSession(grant.token(), calls.session().answersPendingMax());
        open();
    }

    long offer(final DirectBuffer buffer, final int offset, final int length) {
        if (isClosed) {
            return FencedWriter.CLOSED;
        }
        if (writer.state() != WriterState.OPEN) {
            return FencedWriter.NOT_OPEN;
        }
        if (length > payloadLengthMax()) {
            return FencedWriter.TOO_LARGE;
        }
        if (writer.window().isFull()) {
            return FencedWriter.WINDOW_FULL;
        }
        final int crc = calls.payloadCrc().compute(buffer, offset, length);
        final long result = session.offerWrite(writer, crc, buffer, offset, length);
        if (result > 0) {
            return result;
        }
        if (result == GatewaySession.NOT_ACTIVE) {
            return FencedWriter.NOT_CONNECTED;
        }
        return result == GatewaySession.TOO_MANY_PENDING ? FencedWriter.WINDOW_FULL : FencedWriter.BACK_PRESSURED;
    }

    int takeIn() {
        final int workCount = isClosed ? 0 : session.poll(System.nanoTime());
        if (session.isLost()) {
            writer.onSessionLost();
        }
        return workCount;
    }

    /** Opens the resource, within the call that was begun, and settles every write that had no answer. */
    void open() {
        final long doubtFirst = writer.sequenceAcknowledged() + 1;
        final long doubtLast = writer.sequenceNext() - 1;
        final GatewayReply reply = calls.open(grant);
        if (reply.verdict() == Verdict.OPENED) {
            final OpenJudgement judgement = writer.onOpened(reply.opened());
            session = calls.current();
            session.bind(writer);
            if (judgement != OpenJudgement.CONSISTENT) {
                throw contradiction();
            }
            return;
        }
        final int unanswered = writer.window().unanswered();
        writer.onOpenRefused(reply.verdict(), reply.fenceToken(), reply.fenceClientId());
        if (doubtLast >= doubtFirst && writer.window().unanswered() < unanswered) {
            throw new InDoubtException(
                    grant.resource(),
                    grant.token(),
                    doubtFirst,
                    doubtLast,
                    reply.verdict(),
                    reply.fenceToken(),
                    reply.fenceClientId());
        }
        throw refusal(reply.verdict(), reply.fenceToken(), reply.fenceClientId());
    }

    /** Throws what stopped this writer for good, or until it is opened again. */
    void checkMayWrite() {
        final RuntimeException cause = stopCause();
        if (cause != null) {
            throw cause;
        }
    }

    /** What stopped this writer, or null. */
    RuntimeException stopCause() {
        if (writer.stopReason() == null) {
            return null;
        }
        return switch (writer.stopReason()) {
            case ACKNOWLEDGED_WRITES_LOST, FOREIGN_WRITES -> contradiction();
            default -> refusal(writer.verdict(), writer.fenceToken(), writer.fenceClientId());
        };
    }

    RuntimeException refusal(final Verdict verdict, final long fenceToken, final long fenceClientId) {
        if (verdict == Verdict.STALE_TOKEN) {
            return new StaleTokenException(grant.resource(), grant.token(), fenceToken, fenceClientId);
        }
        return new RefusedException(
                verdict,
                grant.resource(),
                grant.token(),
                fenceToken == 0 ? "" : "fenceToken=" + Token.describe(fenceToken));
    }

    private RuntimeException contradiction() {
        final long sequenceFound = writer.opened().sequenceLast();
        return writer.judgement() == OpenJudgement.ACKNOWLEDGED_LOST
                ? new AcknowledgedWritesLostException(
                        grant.resource(), grant.token(), writer.sequenceAcknowledged(), sequenceFound)
                : new ForeignWritesException(grant.resource(), grant.token(), writer.sequenceNext() - 1, sequenceFound);
    }

    int payloadLengthMax() {
        return Math.min(session.payloadLengthMax(), WireLimits.PAYLOAD_LENGTH_MAX);
    }

    GatewayCalls calls() {
        return calls;
    }

    Grant grant() {
        return grant;
    }

    WriterSession writer() {
        return writer;
    }

    GatewaySession session() {
        return session;
    }

    boolean isClosed() {
        return isClosed;
    }

    void close() {
        isClosed = true;
    }
}
