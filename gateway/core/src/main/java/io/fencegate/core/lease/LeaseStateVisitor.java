package io.fencegate.core.lease;

import io.fencegate.core.access.AccessChange;
import io.fencegate.core.access.AccessRule;
import io.fencegate.core.access.Principal;
import io.fencegate.core.grant.LeaseEnd;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.lease.command.CommandKind;
import io.fencegate.core.lease.command.LeaseCommand;
import io.fencegate.core.lease.order.LogClock;
import io.fencegate.core.lease.order.TokenSequence;
import org.agrona.DirectBuffer;

/**
 * Is told a whole state, as a snapshot holds it, in this order: the clock, the tokens, the counts of events, the count of
 * rules and every rule of who may do what if there is one, every client followed by how its leases ended and by its answers, every lease followed by its waits in the order of their queue,
 * every watch. The same state is always told in the same
 * order. What was told to a writer of snapshots, told again to {@link LeaseState#restorer()}, gives an equal state.
 *
 * <p>Called by the thread that drives the lease table, which must not be called back. Times are milliseconds of log
 * time.
 */
public interface LeaseStateVisitor {
    /**
     * The clock. Once.
     *
     * @param leadershipTermId of the last timestamp, or {@link LogClock#NO_TERM}
     * @param timestampMs the last timestamp, in milliseconds of the leader's wall clock
     * @param logTimeMs log time
     */
    void onClock(long leadershipTermId, long timestampMs, long logTimeMs);

    /**
     * The tokens. Once.
     *
     * @param termOffset what is added to the leadership term
     * @param leadershipTermId current term, or {@link TokenSequence#NO_TERM}
     * @param serial of the last token issued, 0 if none
     */
    void onTokens(long termOffset, long leadershipTermId, long serial);

    /**
     * The counts of events. Once.
     *
     * @param revision lease events so far
     * @param watchNumberLast number of the watch that was asked for last, 0 if there was none
     */
    void onEvents(long revision, long watchNumberLast);

    /**
     * The count of the rules' changes. Once, if there are rules.
     *
     * @param revision how often they changed, from 1
     * @param last the change that a command made last, or {@link AccessChange#NONE}
     */
    void onAccess(long revision, AccessChange last);

    /**
     * A rule, behind those told before.
     *
     * @param rule of who may do what
     */
    void onRule(AccessRule rule);

    /**
     * A client.
     *
     * @param clientId its identity
     * @param principal whose it is
     * @param forgottenHighest requests up to this one are not run again
     * @param busy whether it holds a lease or waits
     * @param idleSinceMs since when it is not busy; meaningless while it is
     */
    void onClient(long clientId, Principal principal, long forgottenHighest, boolean busy, long idleSinceMs);

    /**
     * How a lease of the last client told ended, the oldest first.
     *
     * @param token of the lease
     * @param end how
     */
    void onEnded(long token, LeaseEnd end);

    /**
     * A request of the last client told, with its last answer.
     *
     * @param kind of the command
     * @param command its content; its name's buffer is borrowed for the call
     * @param verdict the answer: anything but QUEUED
     * @param holder in the answer
     * @param token in the answer
     * @param ttlMs in the answer
     * @param deadlineMs until when what the answer tells of lasts
     * @param end in the answer
     */
    void onAnswer(
            CommandKind kind,
            LeaseCommand command,
            LeaseVerdict verdict,
            long holder,
            long token,
            long ttlMs,
            long deadlineMs,
            LeaseEnd end);

    /**
     * A lease.
     *
     * @param holder its client, told before
     * @param token of the lease
     * @param ttlMs its time to live
     * @param deadlineMs when it ends
     * @param name buffer of the resource's name, borrowed for the call
     * @param offset of the name
     * @param length of the name
     */
    void onLease(long holder, long token, long ttlMs, long deadlineMs, DirectBuffer name, int offset, int length);

    /**
     * A wait for the last lease told, behind those told before.
     *
     * @param acquire the command that waits, of a client told before; its name's buffer is borrowed for the call
     * @param deadlineMs when the wait ends
     * @param order of this wait among all, rising as they came
     */
    void onWait(LeaseCommand acquire, long deadlineMs, long order);

    /**
     * A watch, behind those told before.
     *
     * @param number of the watch
     * @param command clientId, requestId and principal of the watch, and its prefix for a name, borrowed for the call
     * @param sessionId to which it is bound
     */
    void onWatch(long number, LeaseCommand command, long sessionId);
}
