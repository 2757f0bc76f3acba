package io.fencegate.verification.simulator.gateway;

import io.fencegate.codecs.WireLimits;
import io.fencegate.core.fence.OpenRequest;
import io.fencegate.core.fence.WriteRequest;
import io.fencegate.storage.flow.Caller;
import io.fencegate.storage.flow.RequestHandler;
import io.fencegate.storage.session.Session;
import io.fencegate.storage.session.SessionEnd;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import org.agrona.concurrent.UnsafeBuffer;

/** One client as the simulated line turns to it: its requests as they arrived, its session, and the way back. One thread. */
final class SimulatedCaller implements Caller {
    private final ArrayDeque<Request> requests = new ArrayDeque<>();
    private final OpenRequest open = new OpenRequest();
    private final WriteRequest write = new WriteRequest();
    private final SimulatedGateway gateway;
    private final Connection connection;
    private final Session session;

    SimulatedCaller(final SimulatedGateway gateway, final Connection connection, final Session session) {
        this.gateway = gateway;
        this.connection = connection;
        this.session = session;
    }

    void add(final Request request) {
        requests.add(request);
    }

    Connection connection() {
        return connection;
    }

    boolean hasRequests() {
        return !requests.isEmpty();
    }

    @Override
    public Session session() {
        return session;
    }

    @Override
    public int poll(final int limit) {
        int count = 0;
        while (count < Math.min(limit, gateway.requestsPerTurn()) && session.isRead() && !requests.isEmpty()) {
            gateway.serves(requests.peek());
            dispatch(requests.poll(), gateway.requests());
            count++;
        }
        return count;
    }

    private void dispatch(final Request request, final RequestHandler handler) {
        final long correlationId = request.correlationId();
        switch (request.kind()) {
            case HELLO -> handler.onHello(session, correlationId, request.clientId(), WireLimits.PROTOCOL_VERSION);
            case OPEN -> handler.onOpen(session, correlationId, openOf(request));
            case WRITE -> {
                write.header(request.handle(), request.token(), request.sequence(), request.payloadCrc())
                        .payload(new UnsafeBuffer(request.payload()), 0, request.payload().length);
                handler.onWrite(session, write);
            }
            case READ -> handler.onRead(session, correlationId, openOf(request));
            case KEEP_ALIVE -> handler.onKeepAlive(session);
            case GOODBYE -> handler.onGoodbye(session);
            default -> throw new IllegalStateException("kind=" + request.kind());
        }
    }

    private OpenRequest openOf(final Request request) {
        final byte[] name = request.resource().getBytes(StandardCharsets.UTF_8);
        return open.name(new UnsafeBuffer(name), 0, name.length)
                .grant(request.token(), request.clientId(), request.seal());
    }

    @Override
    public boolean isGone() {
        return false;
    }

    @Override
    public void turnTo() {
        gateway.turnTo(this);
    }

    @Override
    public void onEnd(final SessionEnd reason) {
        gateway.onEnded(this);
    }
}
