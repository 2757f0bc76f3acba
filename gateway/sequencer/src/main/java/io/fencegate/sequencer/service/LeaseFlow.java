package io.fencegate.sequencer.service;

import io.aeron.cluster.service.ClientSession;
import io.fencegate.core.lease.LeaseTable;
import io.fencegate.core.lease.command.LeaseCommand;
import io.fencegate.core.lease.command.LeasePage;
import io.fencegate.core.lease.command.LeaseVisitor;
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
    private final AnswerRouter answers;
    private final EgressPublisher egress;
    private final ProofJudge proofs;
    private final LeaseVisitor pageVisitor;
    private final LeasePage page = new LeasePage();
    private ClientSession session;
    private long logTimeMs;

    LeaseFlow(
            final LeaseTable table, final AnswerRouter answers, final EgressPublisher egress, final ProofJudge proofs) {
        this.table = table;
        this.answers = answers;
        this.egress = egress;
        this.proofs = proofs;
        pageVisitor = egress::onLease;
    }

    /** Says in which session and when the next command came. */
    void at(final ClientSession commandSession, final long commandLogTimeMs) {
        session = commandSession;
        logTimeMs = commandLogTimeMs;
    }

    @Override
    public void onAcquire(final LeaseCommand command) {
        begin(command.clientId());
        table.acquire(command, logTimeMs);
        answers.onAnswered();
    }

    @Override
    public void onRenew(final LeaseCommand command) {
        begin(command.clientId());
        table.renew(command, logTimeMs);
        answers.onAnswered();
    }

    @Override
    public void onRelease(final LeaseCommand command) {
        begin(command.clientId());
        table.release(command, logTimeMs);
        answers.onAnswered();
    }

    @Override
    public void onCancelWait(final LeaseCommand command) {
        begin(command.clientId());
        table.cancelWait(command, logTimeMs);
        answers.onAnswered();
    }

    @Override
    public void onRevoke(final LeaseCommand command) {
        begin(command.clientId());
        table.revoke(command, logTimeMs);
        answers.onAnswered();
    }

    @Override
    public void onRaiseFloor(final LeaseCommand command) {
        begin(command.clientId());
        table.raiseFloor(ProofJudge.kindOf(command), command, proofs.believes(command), logTimeMs);
        answers.onAnswered();
    }

    @Override
    public void onDescribe(final LeaseCommand command) {
        begin(command.clientId());
        table.describe(command, logTimeMs);
        answers.onAnswered();
    }

    @Override
    public void onWatch(final LeaseCommand command) {
        begin(command.clientId());
        table.watch(command, session.id());
        answers.onAnswered();
    }

    @Override
    public void onUnwatch(final long clientId, final long requestId, final long watchRequestId) {
        begin(clientId);
        table.unwatch(clientId, requestId, watchRequestId);
        answers.onAnswered();
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
        page.prefix(buffer, prefixOffset, prefixLength)
                .after(buffer, afterOffset, afterLength)
                .atMost(EgressPublisher.LEASES_PER_PAGE_MAX);
        egress.beginPage(clientId, requestId);
        answers.onPage(session, table.list(page, logTimeMs, pageVisitor));
    }

    @Override
    public void onMalformed(final long clientId, final long requestId) {
        answers.onMalformed(session, clientId, requestId);
    }

    private void begin(final long clientId) {
        answers.onAsked(session, clientId);
        table.sweep(logTimeMs, SWEEP_PER_COMMAND);
    }
}
