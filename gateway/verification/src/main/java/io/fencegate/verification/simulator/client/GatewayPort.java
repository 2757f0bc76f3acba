package io.fencegate.verification.simulator.client;

import io.fencegate.client.session.Backoff;
import io.fencegate.client.session.CallTimes;
import io.fencegate.client.session.Jitter;
import io.fencegate.client.session.RetryTimer;
import io.fencegate.client.session.writer.GatewayIdentity;
import io.fencegate.client.session.writer.Opened;
import io.fencegate.client.session.writer.SessionPort;
import io.fencegate.client.session.writer.WriterSession;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.Verdict;
import io.fencegate.storage.session.AnswerKind;
import io.fencegate.verification.simulator.gateway.Connection;
import io.fencegate.verification.simulator.gateway.Reply;
import io.fencegate.verification.simulator.gateway.Request;
import io.fencegate.verification.simulator.world.Actor;
import io.fencegate.verification.simulator.world.Network;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;

/**
 * A client's session with the gateway, as the library's has it: a hello, then requests and their answers in order; begun
 * anew after a pause when it is lost.
 *
 * <p>One thread.
 */
final class GatewayPort implements SessionPort {
    private static final long KEEP_ALIVE_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int PAYLOAD_LENGTH_MAX = 1024;

    private final Actor client;
    private final Actor gateway;
    private final Network network;
    private final long clientId;
    private final RetryTimer helloTimer;
    private final Backoff backoff;
    private final CallLog calls;
    private final Map<Long, WriterSession> writerByOpen = new HashMap<>();
    private final Map<Integer, Map<Long, WriterSession>> routes = new HashMap<>();
    private Connection connection;
    private GatewayIdentity identity;
    private String lossReason = "";
    private boolean isActive;
    private boolean isServed;
    private boolean isLost;
    private long number;
    private long correlationId;
    private long sentNs;

    GatewayPort(
            final Actor client,
            final Actor gateway,
            final Network network,
            final long clientId,
            final CallTimes times,
            final Jitter jitter,
            final CallLog calls) {
        this.client = client;
        this.gateway = gateway;
        this.network = network;
        this.clientId = clientId;
        this.helloTimer = times.newRetryTimer();
        this.backoff = times.newBackoff(jitter);
        this.calls = calls;
    }

    void poll(final long nowNs, final boolean isNeeded) {
        if (isLost) {
            isLost = false;
            connection = null;
            backoff.onFailure(nowNs);
        }
        if (connection == null) {
            if (isNeeded && backoff.mayTry(nowNs)) {
                connection = new Connection(network, client, gateway);
                number++;
                correlationId = 1;
                helloTimer.start(nowNs);
                sentNs = nowNs;
                connection.requests().send(Request.of(Request.Kind.HELLO, connection, clientId));
            }
        } else if (!isActive && helloTimer.isExpired(nowNs)) {
            lose("timedOut=Hello");
        } else if (isActive && nowNs - sentNs > KEEP_ALIVE_NS) {
            sentNs = nowNs;
            connection.requests().send(Request.of(Request.Kind.KEEP_ALIVE, connection, clientId));
        }
        if (isActive && isServed) {
            backoff.onSuccess();
        }
    }

    /** An answer has come. */
    void onReply(final Reply reply) {
        if (isLost || reply.connection() != connection) {
            return;
        }
        switch (reply.kind()) {
            case WELCOME -> {
                if (!isActive) {
                    isActive = true;
                    isServed = false;
                    identity = new GatewayIdentity(reply.position(), reply.generation());
                }
            }
            case OPENED -> onOpened(reply);
            case OPEN_REFUSED -> onOpenRefused(reply);
            case WRITE_ACCEPTED -> onWriteAccepted(reply);
            case WRITE_REFUSED -> onWriteRefused(reply);
            case LAST_RECORD -> calls.onRead(reply);
            case REQUEST_REFUSED -> {
                if (!isActive || !calls.onReadRefused(reply)) {
                    lose("refused=" + reply.verdict());
                }
            }
            default -> throw new IllegalStateException("kind=" + reply.kind());
        }
        isServed |= reply.kind() != AnswerKind.WELCOME;
    }

    private void onOpened(final Reply reply) {
        final WriterSession writer = writerByOpen.remove(reply.correlationId());
        if (writer == null || writer.grant().token() != reply.token()) {
            lose("unexpected=Opened");
            return;
        }
        calls.onOpened(writer, reply);
        routes.computeIfAbsent(reply.handle(), key -> new HashMap<>()).put(reply.token(), writer);
        writer.onOpened(
                reply.correlationId(),
                new Opened(
                        reply.handle(),
                        reply.token(),
                        reply.sequenceLast(),
                        reply.crc(),
                        reply.lastToken(),
                        reply.sequence(),
                        reply.generation(),
                        reply.position()));
    }

    private void onOpenRefused(final Reply reply) {
        final WriterSession writer = writerByOpen.remove(reply.correlationId());
        if (writer == null) {
            lose("unexpected=OpenRefused");
        } else {
            calls.onOpenRefused(writer, reply);
            writer.onOpenRefused(
                    reply.correlationId(), reply.verdict(), reply.fenceToken(), reply.fenceClientId(), reply.proof());
        }
    }

    private void onWriteAccepted(final Reply reply) {
        final WriterSession writer = writer(reply);
        if (writer == null
                || !writer.onAccepted(reply.sequence(), reply.verdict(), reply.generation(), reply.position())) {
            lose("unexpected=WriteAccepted");
        }
    }

    private void onWriteRefused(final Reply reply) {
        final WriterSession writer = writer(reply);
        if (writer == null
                || !writer.onRefused(
                        reply.sequence(),
                        reply.verdict(),
                        reply.fenceToken(),
                        reply.fenceClientId(),
                        reply.sequenceLast())) {
            lose("unexpected=WriteRefused");
        }
    }

    private WriterSession writer(final Reply reply) {
        return routes.getOrDefault(reply.handle(), Map.of()).get(reply.token());
    }

    /** Reads the last record of a resource. @return the correlationId, or 0 if nothing was sent */
    long offerRead(final String resource) {
        if (!isActive) {
            return 0;
        }
        correlationId++;
        connection
                .requests()
                .send(new Request(
                        Request.Kind.READ, connection, correlationId, clientId, resource, 0, 0, 0, 0, 0, null));
        return correlationId;
    }

    @Override
    public long number() {
        return isActive ? number : NONE;
    }

    @Override
    public String lossReason() {
        return lossReason;
    }

    @Override
    public Verdict refusal() {
        return null;
    }

    @Override
    public GatewayIdentity identity() {
        return identity;
    }

    @Override
    public int payloadLengthMax() {
        return PAYLOAD_LENGTH_MAX;
    }

    @Override
    public long offerOpen(final WriterSession writer) {
        if (!isActive) {
            return 0;
        }
        correlationId++;
        final Grant grant = writer.grant();
        writerByOpen.put(correlationId, writer);
        calls.onOpenCalled(writer);
        connection
                .requests()
                .send(new Request(
                        Request.Kind.OPEN,
                        connection,
                        correlationId,
                        grant.clientId(),
                        grant.resource(),
                        grant.token(),
                        grant.seal(),
                        0,
                        0,
                        0,
                        null));
        return correlationId;
    }

    @Override
    public boolean offerWrite(
            final int handle,
            final long token,
            final long sequence,
            final int payloadCrc,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        if (!isActive) {
            return false;
        }
        final byte[] payload = new byte[length];
        buffer.getBytes(offset, payload);
        connection
                .requests()
                .send(new Request(
                        Request.Kind.WRITE,
                        connection,
                        0,
                        clientId,
                        null,
                        token,
                        0,
                        handle,
                        sequence,
                        payloadCrc,
                        payload));
        return true;
    }

    @Override
    public void lose(final String reason) {
        if (connection != null && !isLost) {
            connection.abandon();
            isLost = true;
            isActive = false;
            lossReason = reason;
            writerByOpen.clear();
            routes.clear();
            calls.onSessionLost();
        }
    }
}
