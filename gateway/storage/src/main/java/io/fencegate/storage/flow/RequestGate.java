package io.fencegate.storage.flow;

import io.fencegate.codecs.WireTemplates;
import io.fencegate.core.fence.OpenRequest;
import io.fencegate.core.fence.WriteRequest;
import io.fencegate.storage.session.Session;
import io.fencegate.storage.session.SessionState;

/**
 * Lets requests pass to the law in their time: one hello, and then everything else. What comes when it may not is
 * malformed. The line's thread; does not allocate.
 */
final class RequestGate implements RequestHandler {
    private RequestHandler law;

    RequestGate(final RequestHandler law) {
        this.law = law;
    }

    /**
     * From now on somebody else decides.
     *
     * @param next takes the requests that follow
     */
    void law(final RequestHandler next) {
        law = next;
    }

    @Override
    public void onHello(
            final Session session, final long correlationId, final long clientId, final int protocolVersion) {
        if (session.state() == SessionState.HELLO_AWAITED) {
            law.onHello(session, correlationId, clientId, protocolVersion);
        } else {
            law.onMalformed(session, correlationId, WireTemplates.HELLO);
        }
    }

    @Override
    public void onOpen(final Session session, final long correlationId, final OpenRequest open) {
        if (isWelcomed(session, WireTemplates.OPEN)) {
            law.onOpen(session, correlationId, open);
        }
    }

    @Override
    public void onWrite(final Session session, final WriteRequest write) {
        if (isWelcomed(session, WireTemplates.WRITE)) {
            law.onWrite(session, write);
        }
    }

    @Override
    public void onRead(final Session session, final long correlationId, final OpenRequest read) {
        if (isWelcomed(session, WireTemplates.READ)) {
            law.onRead(session, correlationId, read);
        }
    }

    @Override
    public void onMalformed(final Session session, final long correlationId, final int templateId) {
        law.onMalformed(session, correlationId, templateId);
    }

    @Override
    public void onKeepAlive(final Session session) {
        if (isWelcomed(session, WireTemplates.KEEP_ALIVE)) {
            law.onKeepAlive(session);
        }
    }

    @Override
    public void onGoodbye(final Session session) {
        if (isWelcomed(session, WireTemplates.GOODBYE)) {
            law.onGoodbye(session);
        }
    }

    private boolean isWelcomed(final Session session, final int templateId) {
        if (session.state() == SessionState.ACTIVE) {
            return true;
        }
        law.onMalformed(session, 0, templateId);
        return false;
    }
}
