package io.fencegate.storage.flow;

import io.fencegate.core.fence.OpenRequest;
import io.fencegate.core.fence.WriteRequest;
import io.fencegate.storage.session.Session;

/**
 * Takes requests as plain values. The session has room for an answer, and every call adds one; {@link #onKeepAlive} and
 * {@link #onGoodbye} only where they may not come. Called by the line's thread.
 */
public interface RequestHandler {
    /**
     * A client says who it is.
     *
     * @param session that sent it
     * @param correlationId of the message
     * @param clientId of the client
     * @param protocolVersion that the client speaks
     */
    void onHello(Session session, long correlationId, long clientId, int protocolVersion);

    /**
     * A holder opens a resource.
     *
     * @param session that sent it
     * @param correlationId of the message
     * @param open borrowed; its values are not checked yet
     */
    void onOpen(Session session, long correlationId, OpenRequest open);

    /**
     * A holder writes.
     *
     * @param session that sent it
     * @param write borrowed; its values are not checked yet. Of a payload longer than any that is accepted, only the
     *     beginning is there
     */
    void onWrite(Session session, WriteRequest write);

    /**
     * Somebody reads the last record of a resource.
     *
     * @param session that sent it
     * @param correlationId of the message
     * @param read borrowed; only its name counts, which is not checked yet
     */
    void onRead(Session session, long correlationId, OpenRequest read);

    /**
     * Bytes that are no request, or come when they may not.
     *
     * @param session that sent them
     * @param correlationId of the message, 0 where it could not be read
     * @param templateId of the message, 0 where it could not be read
     */
    void onMalformed(Session session, long correlationId, int templateId);

    /**
     * The client lives.
     *
     * @param session that sent it
     */
    void onKeepAlive(Session session);

    /**
     * The client leaves.
     *
     * @param session that sent it
     */
    void onGoodbye(Session session);
}
