package io.fencegate.core.lease.command;

import io.fencegate.core.grant.LeaseEnd;
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
     * @param holder clientId of the holder
     * @param token of the holder
     * @param remainingMs what is left of the holder's lease; 0 if it has ended since
     */
    void onDenied(long clientId, long requestId, long holder, long token, long remainingMs);

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
     * A wait was cancelled.
     *
     * @param clientId that waited
     * @param requestId of the command that cancelled it
     * @param waitRequestId of the acquire
     */
    void onCancelled(long clientId, long requestId, long waitRequestId);

    /**
     * A lease was ended by an operator, who gets a fresh token that has no lease.
     *
     * @param clientId the operator's
     * @param requestId of the revoke
     * @param token the fresh one
     * @param revokedToken of the lease that ended
     * @param revokedHolder clientId of its holder
     * @param name buffer of the resource's name
     * @param offset of the name
     * @param length of the name
     */
    void onRevoked(
            long clientId,
            long requestId,
            long token,
            long revokedToken,
            long revokedHolder,
            DirectBuffer name,
            int offset,
            int length);

    /**
     * The next token is above the one that the command told.
     *
     * @param clientId that asked
     * @param requestId of the command
     * @param isRaised whether the term offset had to be raised for that
     * @param termOffset what is added to the leadership term since then
     */
    void onFloor(long clientId, long requestId, boolean isRaised, long termOffset);

    /**
     * Who holds a resource.
     *
     * @param command that asked, with the name
     * @param holder clientId of the holder, 0 if nobody holds it
     * @param token of the lease, 0 if nobody holds it
     * @param ttlMs the lease's time to live
     * @param remainingMs what is left of it
     * @param waiters how many wait for it
     */
    void onDescribed(LeaseCommand command, long holder, long token, long ttlMs, long remainingMs, int waiters);

    /**
     * A watch is no more.
     *
     * @param clientId that watched
     * @param requestId of the command
     * @param watchRequestId of the watch
     */
    void onUnwatched(long clientId, long requestId, long watchRequestId);

    /**
     * The command was refused, or a wait ended without a grant.
     *
     * @param clientId that asked
     * @param requestId of the command
     * @param verdict the rule that refused
     * @param currentToken of the resource's holder, 0 if none
     * @param currentHolder clientId of the resource's holder, 0 if none
     * @param end how the caller's lease ended, where the verdict is LEASE_LOST and it is known
     */
    void onRefused(
            long clientId, long requestId, LeaseVerdict verdict, long currentToken, long currentHolder, LeaseEnd end);
}
