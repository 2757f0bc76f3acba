package io.fencegate.client.lease;

import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.Ticket;

/**
 * A lease as the sequencer granted or renewed it. It is no promise: it may have ended since, and the gateway's answer
 * to a write is the only judge.
 *
 * <p>Immutable; any thread.
 *
 * @param grant what was handed out
 * @param remainingMs what was left of the lease when the sequencer answered, in milliseconds of log time
 * @param firstSentNs when the command that the sequencer answered was sent for the first time, in nanoseconds of
 *     {@link System#nanoTime()}: the lease's time began then at the earliest. It means nothing in another process
 */
public record Lease(Grant grant, long remainingMs, long firstSentNs) {
    /** Resource of the lease. @return its name */
    public String resource() {
        return grant.resource();
    }

    /** Token of the grant. @return the token */
    public long token() {
        return grant.token();
    }

    /** The grant as one line of text, with which another process can go on. @return the ticket */
    public String ticket() {
        return Ticket.format(grant);
    }
}
