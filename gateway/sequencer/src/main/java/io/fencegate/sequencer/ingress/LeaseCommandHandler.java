package io.fencegate.sequencer.ingress;

import io.fencegate.core.access.AccessChange;
import io.fencegate.core.lease.command.LeaseCommand;
import io.fencegate.sequencer.charter.KeyChange;
import org.agrona.DirectBuffer;

/**
 * What the sequencer may be asked. Commands and buffers are borrowed for the call; the values are as the client sent
 * them, and only their shape has been checked.
 *
 * <p>Called by the service container's thread.
 */
public interface LeaseCommandHandler {
    /**
     * A client asks for a lease.
     *
     * @param command with TTL and wait
     */
    void onAcquire(LeaseCommand command);

    /**
     * A client prolongs a lease.
     *
     * @param command with token and TTL
     */
    void onRenew(LeaseCommand command);

    /**
     * A client ends a lease.
     *
     * @param command with token
     */
    void onRelease(LeaseCommand command);

    /**
     * A client ends a wait.
     *
     * @param command with the requestId of the acquire
     */
    void onCancelWait(LeaseCommand command);

    /**
     * An operator ends a lease.
     *
     * @param command with token
     */
    void onRevoke(LeaseCommand command);

    /**
     * A client shows that tokens were issued which are not below the next one, or an operator says so.
     *
     * @param command with token, and with name, provenClientId and proof; or without these: an operator's word
     */
    void onRaiseFloor(LeaseCommand command);

    /**
     * A client asks who holds a resource.
     *
     * @param command with nothing but the name
     */
    void onDescribe(LeaseCommand command);

    /**
     * A client asks to be told of leases.
     *
     * @param command with a prefix for a name
     */
    void onWatch(LeaseCommand command);

    /**
     * A client ends a watch.
     *
     * @param clientId that watches
     * @param requestId of the command
     * @param watchRequestId of the watch
     */
    void onUnwatch(long clientId, long requestId, long watchRequestId);

    /**
     * A client asks for a page of the live leases.
     *
     * @param clientId that asks
     * @param requestId of the command
     * @param buffer holding prefix and name
     * @param prefixOffset of the prefix of all names asked for
     * @param prefixLength in bytes, 0 to 128
     * @param afterOffset of the name behind which the page begins
     * @param afterLength in bytes, 0 to 128
     */
    void onListLeases(
            long clientId,
            long requestId,
            DirectBuffer buffer,
            int prefixOffset,
            int prefixLength,
            int afterOffset,
            int afterLength);

    /**
     * An operator changes the live keys.
     *
     * @param change that is asked for
     */
    void onChangeKey(KeyChange change);

    /**
     * A client asks which keys are live.
     *
     * @param clientId that asks
     * @param requestId of the command
     */
    void onDescribeKeys(long clientId, long requestId);

    /**
     * An operator gives rights, or takes them.
     *
     * @param change as it came; its rule may be none
     */
    void onChangeAccess(AccessChange change);

    /**
     * An operator asks for a page of the rules.
     *
     * @param clientId that asks
     * @param requestId of the command
     * @param from place of the first rule; any number
     */
    void onDescribeAccess(long clientId, long requestId, int from);

    /**
     * Somebody sent bytes that are no command.
     *
     * @param clientId that sent them, 0 where it could not be read
     * @param requestId of the command, 0 where it could not be read
     */
    void onMalformed(long clientId, long requestId);
}
