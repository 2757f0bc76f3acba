package io.fencegate.core.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fencegate.core.access.AccessTable;
import io.fencegate.core.access.Principal;
import io.fencegate.core.lease.command.CommandKind;
import io.fencegate.core.lease.command.LeaseCommand;
import io.fencegate.core.lease.command.LeaseLimits;
import io.fencegate.core.lease.command.LeasePage;
import io.fencegate.core.lease.command.LeaseVisitor;
import io.fencegate.core.lease.order.LogClock;
import io.fencegate.core.lease.order.TokenSequence;

/** The lease table as a law; a snapshot is told to a new table, which must then tell the same. */
final class TableLaw implements LeaseLaw {
    private final LeaseLimits limits;
    private final AnswerLog answers;
    private final LeaseState state;

    TableLaw(final LeaseLimits limits, final AnswerLog answers) {
        final TokenSequence tokens = new TokenSequence();
        this.limits = limits;
        this.answers = answers;
        state = new LeaseState(new LogClock(), tokens, new LeaseTable(limits, tokens, answers, answers));
    }

    @Override
    public void acquire(final LeaseCommand command, final long logTimeMs) {
        state.table().acquire(command, logTimeMs);
    }

    @Override
    public void renew(final LeaseCommand command, final long logTimeMs) {
        state.table().renew(command, logTimeMs);
    }

    @Override
    public void release(final LeaseCommand command, final long logTimeMs) {
        state.table().release(command, logTimeMs);
    }

    @Override
    public void cancelWait(final LeaseCommand command, final long logTimeMs) {
        state.table().cancelWait(command, logTimeMs);
    }

    @Override
    public void revoke(final LeaseCommand command, final long logTimeMs) {
        state.table().revoke(command, logTimeMs);
    }

    @Override
    public void raiseFloor(final CommandKind kind, final LeaseCommand command, final long logTimeMs) {
        final boolean isProven = kind == CommandKind.SET_FLOOR || command.proof() == 1;
        state.table().raiseFloor(kind, command, isProven, logTimeMs);
    }

    @Override
    public void describe(final LeaseCommand command, final long logTimeMs) {
        state.table().describe(command, logTimeMs);
    }

    @Override
    public void watch(final LeaseCommand command, final long sessionId) {
        state.table().watch(command, sessionId);
    }

    @Override
    public void unwatch(final LeaseCommand command) {
        state.table().unwatch(command);
    }

    @Override
    public void endSession(final long sessionId) {
        state.table().endSession(sessionId);
    }

    @Override
    public long sweep(final long logTimeMs, final int workMax) {
        return state.table().sweep(logTimeMs, workMax);
    }

    @Override
    public boolean list(final LeasePage page, final long logTimeMs, final LeaseVisitor visitor) {
        return state.table().list(page, logTimeMs, visitor);
    }

    @Override
    public AccessTable access() {
        return state.table().access();
    }

    @Override
    public boolean isOwner(final Principal principal, final long clientId) {
        return state.table().isOwner(principal, clientId);
    }

    @Override
    public TokenSequence tokens() {
        return state.tokens();
    }

    @Override
    public String counts() {
        final LeaseTable table = state.table();
        return "leases=" + table.leases() + " waiters=" + table.waiters() + " clients=" + table.clients() + " watches="
                + table.watches();
    }

    @Override
    public LeaseLaw snapshotAndRestore() {
        final TableLaw copy = new TableLaw(limits, answers);
        state.visit(copy.state.restorer());
        assertEquals(StateText.of(state), StateText.of(copy.state));
        return copy;
    }
}
