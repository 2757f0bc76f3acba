package io.fencegate.core.lease.watch;

import io.fencegate.core.access.Principal;
import io.fencegate.core.lease.order.Chain;
import org.agrona.DirectBuffer;

/**
 * A client that wants to be told what happens to the leases whose names begin so. It is bound to the cluster session in
 * which it was asked for last, and goes with it.
 *
 * <p>Changed by its table only; one thread.
 */
public final class Watch extends Chain.Link<Watch> {
    private final long number;
    private final long clientId;
    private final long requestId;
    private final Principal principal;
    private final DirectBuffer prefix;
    private long sessionId;

    Watch(
            final long number,
            final long clientId,
            final long requestId,
            final Principal principal,
            final long sessionId,
            final DirectBuffer prefix) {
        this.number = number;
        this.clientId = clientId;
        this.requestId = requestId;
        this.principal = principal;
        this.sessionId = sessionId;
        this.prefix = prefix;
    }

    void sessionId(final long sessionId) {
        this.sessionId = sessionId;
    }

    /** Its place among all watches that ever were. @return rising from 1, never given twice */
    public long number() {
        return number;
    }

    /** Who watches. @return the clientId */
    public long clientId() {
        return clientId;
    }

    /** How its client calls it. @return the requestId of the command that asked for it */
    public long requestId() {
        return requestId;
    }

    /** Who its client is known to be. @return the principal that asked for it first */
    public Principal principal() {
        return principal;
    }

    /** Where its client is. @return the cluster session in which it was asked for last */
    public long sessionId() {
        return sessionId;
    }

    /** What it watches. @return the beginning of the names, of 0 bytes or more */
    public DirectBuffer prefix() {
        return prefix;
    }
}
