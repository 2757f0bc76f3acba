package io.fencegate.client;

import io.fencegate.client.error.AcknowledgedWritesLostException;
import io.fencegate.client.error.FencegateException;
import io.fencegate.client.error.ForeignWritesException;
import io.fencegate.client.error.InDoubtException;
import io.fencegate.client.error.NotOwnerException;
import io.fencegate.client.error.NotReachableException;
import io.fencegate.client.error.RefusedException;
import io.fencegate.client.error.StaleTokenException;
import io.fencegate.client.error.WriteUnansweredException;
import io.fencegate.client.session.writer.Opened;
import io.fencegate.client.session.writer.StopReason;
import io.fencegate.client.session.writer.WriteWindow;
import io.fencegate.client.session.writer.WriterLife;
import io.fencegate.client.session.writer.WriterSession;
import io.fencegate.client.session.writer.WriterState;
import io.fencegate.codecs.WireLimits;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.Verdict;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;

/**
 * A writer's law on the client's session with the gateway, and what stops it as exceptions.
 *
 * <p>The client's thread.
 */
final class WriterLink {
    private static final long CONTACT_MAX_NS = TimeUnit.SECONDS.toNanos(1);

    private final GatewayLink gateway;
    private final Grant grant;
    private final WriterSession writer;

    /** Begins to open the resource of a grant. */
    WriterLink(final GatewayLink gateway, final Grant grant) {
        final WriterConfig settings = gateway.config().writer();
        this.gateway = gateway;
        this.grant = grant;
        this.writer = new WriterSession(
                grant,
                new WriteWindow(settings.writesMax(), settings.retransmitLength()),
                gateway.config().times(),
                settings.writeTimeoutNs(),
                gateway.jitter());
        writer.expect(gateway.known());
        gateway.add(writer);
    }

    /** Opens the resource of a grant, and waits for it. */
    static WriterLink open(final GatewayLink gateway, final Grant grant) {
        final WriterLink link = new WriterLink(gateway, grant);
        gateway.timer().begin(gateway.config().callTimeoutNs());
        try {
            link.awaitOpen();
        } catch (final FencegateException ex) {
            link.close();
            throw ex;
        }
        return link;
    }

    long offer(final DirectBuffer buffer, final int offset, final int length) {
        if (writer.window().inFlight() == 0) {
            askIfAway();
        }
        return writer.offer(gateway, buffer, offset, length);
    }

    /**
     * A thread that was away (or stopped) may hold a session that is over without knowing it yet. A write into it would
     * be in doubt, so it asks first.
     */
    void askIfAway() {
        if (System.nanoTime() - gateway.polledNs() > CONTACT_MAX_NS) {
            writer.askAgain();
        }
    }

    int poll() {
        return writer.life().state() == WriterState.CLOSED ? 0 : gateway.poll(writer);
    }

    /** Waits, within the call that was begun, until the writer is open; throws what stops it, or that time is over. */
    void awaitOpen() {
        while (writer.life().state() != WriterState.OPEN) {
            final int workCount = poll();
            checkMayWrite();
            if (writer.life().state() != WriterState.OPEN) {
                if (gateway.timer().isOver()) {
                    throw gateway.unreachable("resource=" + grant.resource() + " state="
                            + writer.life().state());
                }
                gateway.timer().idle(workCount);
            }
        }
    }

    /** Opens again, and waits for it. */
    Opened reopen() {
        final StopReason reason = writer.life().stopReason();
        if (reason != null && !reason.mayReopen()) {
            throw stopCause();
        }
        gateway.timer().begin(gateway.config().callTimeoutNs());
        writer.reopen();
        try {
            awaitOpen();
        } catch (final RefusedException refused) {
            throw writer.life().stopReason() == null ? refused : stopOrDoubt();
        }
        return writer.life().opened();
    }

    /** Throws what stopped this writer for good, or until it is opened again. */
    void checkMayWrite() {
        if (writer.life().stopReason() != null) {
            throw stopCause();
        }
    }

    /** Throws that writes are in doubt, if a refused open has left some so; else what stopped this writer. */
    FencegateException stopOrDoubt() {
        final WriterLife life = writer.life();
        final boolean isRefused = life.verdict() != null && life.verdict() != Verdict.OPENED;
        return isRefused && life.doubtFirst() > 0
                ? new InDoubtException(
                        grant.resource(),
                        grant.token(),
                        life.doubtFirst(),
                        life.doubtLast(),
                        life.verdict(),
                        life.fenceToken(),
                        life.fenceClientId())
                : stopCause();
    }

    /** What stopped this writer; null if nothing did. */
    FencegateException stopCause() {
        final WriterLife life = writer.life();
        final StopReason reason = life.stopReason();
        if (reason == null) {
            return null;
        }
        return switch (reason) {
            case FENCED, SUPERSEDED, REFUSED ->
                refusal(life.verdict(), life.fenceToken(), life.fenceClientId(), life.proof());
            case ACKNOWLEDGED_WRITES_LOST ->
                new AcknowledgedWritesLostException(
                        grant.resource(),
                        grant.token(),
                        writer.sequenceAcknowledged(),
                        life.opened().sequenceLast());
            case FOREIGN_WRITES ->
                new ForeignWritesException(
                        grant.resource(),
                        grant.token(),
                        writer.sequenceNext() - 1,
                        life.opened().sequenceLast());
            case GATEWAY_WENT_BACK -> gateway.wentBack();
            case TIMED_OUT -> timedOut();
        };
    }

    private FencegateException timedOut() {
        final long sequence = writer.life().doubtFirst();
        return sequence == 0
                ? new NotReachableException(
                        "unreachable=gateway unsent=writes resource=" + grant.resource(), gateway.lastError())
                : unanswered(sequence);
    }

    WriteUnansweredException unanswered(final long sequence) {
        return new WriteUnansweredException(grant.resource(), grant.token(), sequence, gateway.lastError());
    }

    FencegateException refusal(
            final Verdict verdict, final long fenceToken, final long fenceClientId, final long proof) {
        return switch (verdict) {
            case STALE_TOKEN ->
                new StaleTokenException(grant.resource(), grant.token(), fenceToken, fenceClientId, proof);
            case NOT_OWNER -> new NotOwnerException(grant.resource(), grant.token(), fenceToken, fenceClientId, proof);
            default -> new RefusedException(verdict, grant.resource(), grant.token(), "");
        };
    }

    int payloadLengthMax() {
        return Math.min(gateway.payloadLengthMax(), WireLimits.PAYLOAD_LENGTH_MAX);
    }

    GatewayLink gateway() {
        return gateway;
    }

    Grant grant() {
        return grant;
    }

    WriterSession writer() {
        return writer;
    }

    boolean isClosed() {
        return writer.life().state() == WriterState.CLOSED;
    }

    boolean isConnected() {
        return !isClosed() && gateway.session() != null;
    }

    void close() {
        writer.close();
    }
}
