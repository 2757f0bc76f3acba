package io.fencegate.client;

import io.aeron.Aeron;
import io.aeron.exceptions.AeronException;
import io.fencegate.client.error.NotReachableException;
import io.fencegate.client.error.RefusedException;
import io.fencegate.client.gateway.GatewayChannels;
import io.fencegate.client.gateway.GatewayReply;
import io.fencegate.client.gateway.GatewaySession;
import io.fencegate.client.link.AeronLink;
import io.fencegate.client.link.CallTimer;
import io.fencegate.client.session.RetryTimer;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.PayloadCrc;
import io.fencegate.core.grant.ResourceName;
import io.fencegate.core.grant.Verdict;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Blocking calls to the gateway, and the session that they share: begun at first need, and begun anew when it is lost.
 *
 * <p>The client's thread.
 */
final class GatewayCalls implements AutoCloseable {
    private static final long RECONNECT_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private final PayloadCrc payloadCrc = new PayloadCrc();
    private final ClientConfig config;
    private final GatewayChannels channels;
    private final AeronLink link;
    private final CallTimer timer;
    private final RetryTimer connectRetry;
    private final RetryTimer replyRetry;
    private GatewaySession session;
    private Verdict lastRefusal;
    private long notBeforeNs;

    GatewayCalls(final ClientConfig config, final AeronLink link, final CallTimer timer) {
        this.config = config;
        this.channels = GatewayChannels.of(config.gatewayChannel());
        this.link = link;
        this.timer = timer;
        this.connectRetry = newRetryTimer();
        this.replyRetry = newRetryTimer();
    }

    CallTimer timer() {
        return timer;
    }

    PayloadCrc payloadCrc() {
        return payloadCrc;
    }

    /** Attempts grow up to the whole call, so that a slow machine is not kept from its answer by impatience. */
    RetryTimer newRetryTimer() {
        return new RetryTimer(config.attemptTimeoutNs(), config.callTimeoutNs());
    }

    void begin() {
        timer.begin(config.callTimeoutNs());
    }

    /** The active session, within the call that was begun. */
    GatewaySession session() {
        connectRetry.start(timer.nowNs());
        while (true) {
            final int workCount = pollConnect();
            if (session != null && session.isActive()) {
                lastRefusal = null;
                return session;
            }
            if (timer.isOver()) {
                throw unreachable("session=none");
            }
            timer.idle(workCount);
        }
    }

    private int pollConnect() {
        final long nowNs = timer.nowNs();
        if (session == null) {
            if (nowNs - notBeforeNs >= 0) {
                connect();
            }
            return 0;
        }
        final int workCount = session.poll(System.nanoTime());
        if (!session.isActive() && connectRetry.isExpired(nowNs)) {
            session.lose("timedOut=Hello");
            connectRetry.again(nowNs);
        }
        if (session.isLost()) {
            dropLost(nowNs);
        }
        return workCount;
    }

    private void connect() {
        try {
            final Aeron aeron = link.get();
            if (aeron != null) {
                session = GatewaySession.connect(aeron, channels, config.clientId());
            }
        } catch (final AeronException | IllegalStateException ex) {
            link.onError(ex);
            notBeforeNs = timer.nowNs() + RECONNECT_PAUSE_NS;
        }
    }

    private void dropLost(final long nowNs) {
        if (session.refusal() != null) {
            lastRefusal = session.refusal();
        }
        CloseHelper.close(session);
        session = null;
        notBeforeNs = nowNs + RECONNECT_PAUSE_NS;
        if (lastRefusal == Verdict.MALFORMED) {
            throw new RefusedException(lastRefusal, "", 0, "refused=Hello");
        }
    }

    /** The session of the last call, lost or not. */
    GatewaySession current() {
        return session;
    }

    /** The open's reply, which came in the {@link #current()} session: never RECOVERING or OVERLOADED. */
    GatewayReply open(final Grant grant) {
        return ask(current -> current.offerOpen(grant));
    }

    LastRecord read(final String resource) {
        if (!ResourceName.isValid(resource)) {
            throw new RefusedException(Verdict.MALFORMED, String.valueOf(resource), 0, ResourceName.RULE);
        }
        begin();
        final GatewayReply reply = ask(current -> current.offerRead(resource));
        if (reply.verdict() != Verdict.FOUND) {
            throw new RefusedException(reply.verdict(), resource, 0, "");
        }
        final byte[] payload = reply.payload();
        if (payloadCrc.compute(new UnsafeBuffer(payload), 0, payload.length) != reply.payloadCrc()) {
            throw new RefusedException(Verdict.CORRUPT_PAYLOAD, resource, 0, "found=by the client in a read's answer");
        }
        final GatewayReply.RecordPlace place = reply.record();
        return new LastRecord(resource, place.token(), place.sequence(), place.generation(), place.position(), payload);
    }

    private GatewayReply ask(final ToLongFunction<GatewaySession> request) {
        replyRetry.start(timer.nowNs());
        while (true) {
            final GatewaySession current = session();
            final long result = request.applyAsLong(current);
            final GatewayReply reply = result > 0 ? await(current) : null;
            if (reply != null && !isTransient(reply.verdict())) {
                return reply;
            }
            if (timer.isOver()) {
                throw unreachable(reply == null ? "reply=none" : "verdict=" + reply.verdict());
            }
            timer.idle(current.poll(System.nanoTime()));
        }
    }

    private GatewayReply await(final GatewaySession current) {
        while (!current.isLost() && !timer.isOver()) {
            final int workCount = current.poll(System.nanoTime());
            if (current.reply() != null) {
                return current.reply();
            }
            if (replyRetry.isExpired(timer.nowNs())) {
                current.lose("timedOut=reply");
                replyRetry.again(timer.nowNs());
            }
            timer.idle(workCount);
        }
        return null;
    }

    private static boolean isTransient(final Verdict verdict) {
        return verdict == Verdict.RECOVERING || verdict == Verdict.OVERLOADED;
    }

    private RuntimeException unreachable(final String facts) {
        if (lastRefusal == Verdict.SESSION_LIMIT) {
            return new RefusedException(lastRefusal, "", 0, "refused=Hello");
        }
        final String refusal = lastRefusal == null ? "" : " verdict=" + lastRefusal;
        return new NotReachableException(
                "unreachable=gateway channel=" + config.gatewayChannel() + " " + facts + refusal, link.lastError());
    }

    /** What went wrong last in the transport. */
    Throwable lastError() {
        return link.lastError();
    }

    int poll() {
        return session == null ? 0 : session.poll(System.nanoTime());
    }

    @Override
    public void close() {
        CloseHelper.close(session);
        session = null;
    }
}
