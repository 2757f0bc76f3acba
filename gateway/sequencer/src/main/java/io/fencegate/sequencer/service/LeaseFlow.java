package io.fencegate.sequencer.service;

import io.aeron.cluster.service.ClientSession;
import io.fencegate.core.access.AccessChange;
import io.fencegate.core.access.Principal;
import io.fencegate.core.access.Right;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.lease.LeaseTable;
import io.fencegate.core.lease.command.LeaseCommand;
import io.fencegate.core.lease.command.LeasePage;
import io.fencegate.core.lease.command.LeaseVisitor;
import io.fencegate.sequencer.charter.Founding;
import io.fencegate.sequencer.charter.KeyChange;
import io.fencegate.sequencer.charter.KeyKeeper;
import io.fencegate.sequencer.egress.EgressPublisher;
import io.fencegate.sequencer.ingress.LeaseCommandHandler;
import org.agrona.DirectBuffer;

/**
 * The way of a command through the sequencer: what is over ends, the law decides, the answer leaves.
 *
 * <p>Called by the service container's thread.
 */
final class LeaseFlow implements LeaseCommandHandler {
    /** Work that a command does before its own turn: it ends one thing at least, however many are told of that. */
    private static final int SWEEP_PER_COMMAND = 4;

    private final LeaseTable table;
    private final AccessFlow access;
    private final AnswerRouter answers;
    private final EgressPublisher egress;
    private final ProofJudge proofs;
    private final Founding founding;
    private final KeyKeeper keys;
    private final LeaseVisitor pageVisitor;
    private final LeasePage page = new LeasePage();
    private final LeaseCommand unwatch = new LeaseCommand();
    private ClientSession session;
    private Principal principal;
    private long logTimeMs;
    private long logPosition;

    LeaseFlow(
            final LeaseTable table,
            final AccessFlow access,
            final AnswerRouter answers,
            final EgressPublisher egress,
            final Founding founding,
            final KeyKeeper keys,
            final ProofJudge proofs) {
        this.table = table;
        this.access = access;
        this.answers = answers;
        this.egress = egress;
        this.founding = founding;
        this.keys = keys;
        this.proofs = proofs;
        pageVisitor = egress::onLease;
    }

    /** Says in which session, from whom, when, and at the end of what part of the log the next command came. */
    void at(
            final ClientSession commandSession,
            final Principal commandPrincipal,
            final long commandLogTimeMs,
            final long commandLogPosition) {
        session = commandSession;
        principal = commandPrincipal;
        logTimeMs = commandLogTimeMs;
        logPosition = commandLogPosition;
    }

    @Override
    public void onAcquire(final LeaseCommand command) {
        if (begin(command)) {
            table.acquire(command, logTimeMs);
            answers.onAnswered();
        }
    }

    @Override
    public void onRenew(final LeaseCommand command) {
        if (begin(command)) {
            table.renew(command, logTimeMs);
            answers.onAnswered();
        }
    }

    @Override
    public void onRelease(final LeaseCommand command) {
        if (begin(command)) {
            table.release(command, logTimeMs);
            answers.onAnswered();
        }
    }

    @Override
    public void onCancelWait(final LeaseCommand command) {
        if (begin(command)) {
            table.cancelWait(command, logTimeMs);
            answers.onAnswered();
        }
    }

    @Override
    public void onRevoke(final LeaseCommand command) {
        if (begin(command)) {
            table.revoke(command, logTimeMs);
            answers.onAnswered();
        }
    }

    @Override
    public void onRaiseFloor(final LeaseCommand command) {
        if (begin(command)) {
            table.raiseFloor(ProofJudge.kindOf(command), command, proofs.believes(command), logTimeMs);
            answers.onAnswered();
        }
    }

    @Override
    public void onDescribe(final LeaseCommand command) {
        if (begin(command)) {
            table.describe(command, logTimeMs);
            answers.onAnswered();
        }
    }

    @Override
    public void onWatch(final LeaseCommand command) {
        if (begin(command)) {
            table.watch(command, session.id());
            answers.onAnswered();
        }
    }

    @Override
    public void onUnwatch(final long clientId, final long requestId, final long watchRequestId) {
        if (begin(unwatch.from(clientId, requestId).waitRequestId(watchRequestId))) {
            table.unwatch(unwatch);
            answers.onAnswered();
        }
    }

    @Override
    public void onListLeases(
            final long clientId,
            final long requestId,
            final DirectBuffer buffer,
            final int prefixOffset,
            final int prefixLength,
            final int afterOffset,
            final int afterLength) {
        if (!isAdmitted(clientId, requestId)) {
            return;
        }
        if (!table.access().allows(principal, Right.WATCH, buffer, prefixOffset, prefixLength)) {
            answers.onRefused(session, clientId, requestId, LeaseVerdict.NOT_ALLOWED);
            return;
        }
        page.prefix(buffer, prefixOffset, prefixLength)
                .after(buffer, afterOffset, afterLength)
                .atMost(EgressPublisher.LEASES_PER_PAGE_MAX);
        egress.beginPage(clientId, requestId);
        answers.onPage(session, table.list(page, logTimeMs, pageVisitor));
    }

    @Override
    public void onChangeKey(final KeyChange change) {
        if (begin(change.clientId(), change.requestId())) {
            final LeaseVerdict refusal =
                    table.access().mayOperate(principal) ? keys.change(change, logPosition) : LeaseVerdict.NOT_ALLOWED;
            if (refusal == null) {
                answers.onKeys(session, change.clientId(), change.requestId(), keys.live());
            } else {
                answers.onRefused(session, change.clientId(), change.requestId(), refusal);
            }
            answers.onAnswered();
        }
    }

    @Override
    public void onDescribeKeys(final long clientId, final long requestId) {
        if (begin(clientId, requestId)) {
            answers.onKeys(session, clientId, requestId, keys.live());
            answers.onAnswered();
        }
    }

    @Override
    public void onChangeAccess(final AccessChange change) {
        if (isAdmitted(change.clientId(), change.requestId())) {
            access.change(change, session, principal);
        }
    }

    @Override
    public void onDescribeAccess(final long clientId, final long requestId, final int from) {
        if (isAdmitted(clientId, requestId)) {
            access.describe(clientId, requestId, from, session, principal);
        }
    }

    @Override
    public void onMalformed(final long clientId, final long requestId) {
        answers.onRefused(session, clientId, requestId, LeaseVerdict.MALFORMED);
    }

    /** Lets a command have its turn, unless it was refused before it came to the table. */
    private boolean begin(final LeaseCommand command) {
        return begin(command.by(principal).clientId(), command.requestId());
    }

    private boolean begin(final long clientId, final long requestId) {
        if (!isAdmitted(clientId, requestId)) {
            return false;
        }
        answers.onAsked(session, clientId);
        table.sweep(logTimeMs, SWEEP_PER_COMMAND);
        return true;
    }

    /**
     * Nobody knows by which limits commands are decided, before the cluster is founded. Nobody speaks for another's client,
     * and nothing that is meant for it goes into this session.
     */
    private boolean isAdmitted(final long clientId, final long requestId) {
        if (!founding.isFounded()) {
            answers.onRefused(session, clientId, requestId, LeaseVerdict.NOT_FOUNDED);
            return false;
        }
        if (!table.isOwner(principal, clientId)) {
            answers.onRefused(session, clientId, requestId, LeaseVerdict.NOT_ALLOWED);
            return false;
        }
        return true;
    }
}
