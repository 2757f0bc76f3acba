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
    private final LeaseVisitor pageVisitor;
    private final LeasePage page = new LeasePage();
    private final LeaseCommand unwatch = new LeaseCommand();
    private ClientSession session;
    private Principal principal;
    private long logTimeMs;

    LeaseFlow(
            final LeaseTable table, final AccessFlow access, final AnswerRouter answers, final EgressPublisher egress) {
        this.table = table;
        this.access = access;
        this.answers = answers;
        this.egress = egress;
        pageVisitor = egress::onLease;
    }

    /** Says in which session, from whom, and when the next command came. */
    void at(final ClientSession commandSession, final Principal commandPrincipal, final long commandLogTimeMs) {
        session = commandSession;
        principal = commandPrincipal;
        logTimeMs = commandLogTimeMs;
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
        if (!isOwner(clientId, requestId)) {
            return;
        }
        if (!table.access().allows(principal, Right.WATCH, buffer, prefixOffset, prefixLength)) {
            answers.refuse(session, clientId, requestId, LeaseVerdict.NOT_ALLOWED);
            return;
        }
        page.prefix(buffer, prefixOffset, prefixLength)
                .after(buffer, afterOffset, afterLength)
                .atMost(EgressPublisher.LEASES_PER_PAGE_MAX);
        egress.beginPage(clientId, requestId);
        answers.onPage(session, table.list(page, logTimeMs, pageVisitor));
    }

    @Override
    public void onMalformed(final long clientId, final long requestId) {
        answers.refuse(session, clientId, requestId, LeaseVerdict.MALFORMED);
    }

    @Override
    public void onChangeAccess(final AccessChange change) {
        if (isOwner(change.clientId(), change.requestId())) {
            access.change(change, session, principal);
        }
    }

    @Override
    public void onDescribeAccess(final long clientId, final long requestId, final int from) {
        if (isOwner(clientId, requestId)) {
            access.describe(clientId, requestId, from, session, principal);
        }
    }

    /** Returns false where the command was refused before it came to the table. */
    private boolean begin(final LeaseCommand command) {
        if (!isOwner(command.clientId(), command.requestId())) {
            return false;
        }
        command.by(principal);
        answers.onAsked(session, command.clientId());
        table.sweep(logTimeMs, SWEEP_PER_COMMAND);
        return true;
    }

    /** Nobody speaks for another's client, and nothing that is meant for it goes into this session. */
    private boolean isOwner(final long clientId, final long requestId) {
        final boolean isOwner = table.isOwner(principal, clientId);
        if (!isOwner) {
            answers.refuse(session, clientId, requestId, LeaseVerdict.NOT_ALLOWED);
        }
        return isOwner;
    }
}
