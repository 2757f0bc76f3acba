package io.fencegate.core.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fencegate.core.lease.command.LeaseAnswers;
import io.fencegate.core.lease.command.LeaseCommand;
import io.fencegate.core.lease.command.LeaseLimits;
import io.fencegate.core.lease.command.LeasePage;
import io.fencegate.core.lease.command.LeaseVisitor;
import io.fencegate.core.lease.order.LogClock;
import io.fencegate.core.lease.order.TokenSequence;

/** The lease table as a law; a snapshot is told to a new table, which must then tell the same. */
final class TableLaw implements LeaseLaw {
    private final LeaseLimits limits;
    private final LeaseAnswers answers;
    private final LeaseState state;

    TableLaw(final LeaseLimits limits, final LeaseAnswers answers) {
        final TokenSequence tokens = new TokenSequence();
        this.limits = limits;
        this.answers = answers;
        state = new LeaseState(new LogClock(), tokens, new LeaseTable(limits, tokens, answers));
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
    public int sweep(final long logTimeMs, final int workMax) {
        return state.table().sweep(logTimeMs, workMax);
    }

    @Override
    public boolean list(final LeasePage page, final long logTimeMs, final LeaseVisitor visitor) {
        return state.table().list(page, logTimeMs, visitor);
    }

    @Override
    public TokenSequence tokens() {
        return state.tokens();
    }

    @Override
    public String counts() {
        final LeaseTable table = state.table();
        return "leases=" + table.leases() + " waiters=" + table.waiters() + " clients=" + table.clients();
    }

    @Override
    public LeaseLaw snapshotAndRestore() {
        final TableLaw copy = new TableLaw(limits, answers);
        state.visit(copy.state.restorer());
        assertEquals(StateText.of(state), StateText.of(copy.state));
        return copy;
    }
}
