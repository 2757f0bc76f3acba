package io.fencegate.core.lease.command;

import io.fencegate.core.grant.LeaseVerdict;
import org.agrona.DirectBuffer;

/**
 * Where the lease table speaks: each answer with the client and request that it belongs to. Times are milliseconds of
 * log time. The name's buffer is borrowed for the call.
 *
 * <p>Called by the thread that drives the lease table.
 */
public interface LeaseAnswers {
    /**
     * A lease was granted: at once, from the queue, or again to its holder. As the answer to a repeat it tells what was
     * granted then, and what is left of it now.
     *
     * @param clientId holder
     * @param requestId of the acquire
     * @param token of the grant
     * @param ttlMs the lease's time to live
     * @param remainingMs what is left of it, up to ttlMs; 0 if it has ended since
     * @param name buffer of the resource's name
     * @param offset of the name
     * @param length of the name
     */
    void onGranted(
            long clientId,
            long requestId,
            long token,
            long ttlMs,
            long remainingMs,
            DirectBuffer name,
            int offset,
            int length);

    /**
     * The client stands in the queue.
     *
     * @param clientId that waits
     * @param requestId of the acquire
     * @param place in the queue, from 1
     */
    void onQueued(long clientId, long requestId, int place);

    /**
     * Somebody else holds the lease.
     *
     * @param clientId that asked
     * @param requestId of the acquire
     * @param token of the holder
     * @param remainingMs what is left of the holder's lease; 0 if it has ended since
     */
    void onDenied(long clientId, long requestId, long token, long remainingMs);

    /**
     * The lease was prolonged.
     *
     * @param clientId holder
     * @param requestId of the renew
     * @param token of the lease
     * @param ttlMs the lease's time to live
     * @param remainingMs what is left of it, up to ttlMs; 0 if it has ended since
     * @param name buffer of the resource's name
     * @param offset of the name
     * @param length of the name
     */
    void onRenewed(
            long clientId,
            long requestId,
            long token,
            long ttlMs,
            long remainingMs,
            DirectBuffer name,
            int offset,
            int length);

    /**
     * The lease was ended by its holder.
     *
     * @param clientId holder
     * @param requestId of the release
     * @param token of the lease
     */
    void onReleased(long clientId, long requestId, long token);

    /**
     * The command was refused, or a wait ended without a grant.
     *
     * @param clientId that asked
     * @param requestId of the command
     * @param verdict the rule that refused
     * @param currentToken of the resource's holder, 0 if none
     */
    void onRefused(long clientId, long requestId, LeaseVerdict verdict, long currentToken);
}
