package io.fencegate.verification.simulator.client;

import io.fencegate.client.session.RequestIds;
import io.fencegate.client.session.lease.Fence;
import io.fencegate.client.session.lease.LeaseCommand;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.verification.history.EventKind;
import io.fencegate.verification.history.Words;
import io.fencegate.verification.simulator.world.FaultKind;
import io.fencegate.verification.simulator.world.FaultTally;
import java.util.function.Consumer;

/**
 * What a client asks of the sequencer as an operator does: ends somebody's lease, raises the floor; and what a liar asks.
 *
 * <p>One thread.
 */
public final class Operator {
    private final long clientId;
    private final CallLog calls;
    private final RequestIds requestIds;
    private final FaultTally tally;
    private final Consumer<LeaseCommand> outlet;

    Operator(
            final long clientId,
            final CallLog calls,
            final RequestIds requestIds,
            final FaultTally tally,
            final Consumer<LeaseCommand> outlet) {
        this.clientId = clientId;
        this.calls = calls;
        this.requestIds = requestIds;
        this.tally = tally;
        this.outlet = outlet;
    }

    /** Tells the sequencer which token gateways have seen. @param token of whatever grant */
    public void raiseFloor(final long token) {
        outlet.accept(LeaseCommand.raiseFloor(clientId, requestIds.next(), "", new Fence(token, 0, 0)));
    }

    /** Shows the sequencer a proof that no gateway made. @param resource named @param token named @param proof made up */
    public void showFalseProof(final String resource, final long token, final long proof) {
        tally.count(FaultKind.FALSE_PROOF);
        outlet.accept(
                LeaseCommand.raiseFloor(clientId, requestIds.next(), resource, new Fence(token, clientId, proof)));
    }

    /** Ends a lease. */
    void revoke(final Holding holding, final long token) {
        holding.revoke = LeaseCommand.revoke(clientId, requestIds.next(), holding.resource, token);
        holding.revokeOp = calls.nextOp();
        calls.onCalled(EventKind.REVOKE_CALLED, holding.revokeOp, new Grant(holding.resource, token, clientId, 1, 0));
        outlet.accept(holding.revoke);
    }

    /** The revoke is done. Returns the fresh grant, which has no lease, or null. */
    Grant revoked(final Holding holding) {
        final LeaseCommand done = holding.revoke;
        final LeaseVerdict verdict = done.answer().verdict();
        final boolean isRevoked = !done.isTimedOut() && verdict == LeaseVerdict.REVOKED;
        final long token = isRevoked ? done.answer().token() : 0;
        final String word = done.isTimedOut() ? Words.UNANSWERED : verdict.name();
        calls.onEnded(EventKind.REVOKE_ENDED, holding.revokeOp, holding.resource, word, token);
        holding.revoke = null;
        return isRevoked
                ? new Grant(holding.resource, token, clientId, 1, done.answer().seal())
                : null;
    }
}
