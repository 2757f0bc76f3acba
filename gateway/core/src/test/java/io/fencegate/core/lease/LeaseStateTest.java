package io.fencegate.core.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.core.access.AccessChange;
import io.fencegate.core.access.AccessRule;
import io.fencegate.core.access.Principal;
import io.fencegate.core.grant.LeaseEnd;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.lease.command.CommandKind;
import io.fencegate.core.lease.command.LeaseCommand;
import io.fencegate.core.lease.command.LeaseLimits;
import io.fencegate.core.lease.order.LogClock;
import io.fencegate.core.lease.order.TokenSequence;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** A state is told and taken over whole; one that contradicts itself is not taken over. */
final class LeaseStateTest {
    private static final UnsafeBuffer ORDERS = new UnsafeBuffer(new byte[] {'o', 'r', 'd', 'e', 'r', 's'});

    private final AnswerLog log = new AnswerLog();

    @Test
    void aRestoredStateTellsTheSameAndAnswersTheSame() {
        final LeaseState state = newState();
        state.tokens().onTerm(2);
        state.clock().advance(2, 1_000);
        state.table().acquire(command(7, 1).terms(0, 2_000, 0), state.clock().advance(2, 1_100));
        state.table()
                .acquire(command(8, 1).terms(0, 2_000, 5_000), state.clock().advance(2, 1_200));
        assertEquals(2, log.take().size());

        final LeaseState restored = newState();
        state.visit(restored.restorer());

        assertEquals(StateText.of(state), StateText.of(restored));
        final long logTimeMs = restored.clock().advance(2, 3_100);
        assertEquals(2_100, logTimeMs);
        restored.table().sweep(logTimeMs, 10);
        assertEquals(
                "client=8 request=1 GRANTED token=2/2 ttl=2000 remaining=2000 name=orders",
                log.take().get(0));
    }

    @Test
    void onlyAnEmptyTableTakesOverAState() {
        final LeaseState state = newState();
        state.table().watch(command(7, 1), 1);

        assertThrows(IllegalStateException.class, state::restorer);
    }

    @Test
    void aStateThatContradictsItselfIsNotTakenOver() {
        assertCorrupt("client told twice: 7", told -> told.onClient(7, Principal.ANONYMOUS, 0, true, 0));
        assertCorrupt("no count of rules: revision=0", told -> told.onAccess(0, AccessChange.NONE));
        assertCorrupt("no count of rules: revision=5 before=4", told -> told.onAccess(5, AccessChange.NONE));
        assertCorrupt("rule out of order", told -> told.onRule(new AccessRule("alice", "o", 1)));
        assertCorrupt("no rule that may be", told -> told.onRule(new AccessRule("bob", "", 16)));
        assertCorrupt("no rule that may be", told -> newState().restorer().onRule(new AccessRule("bob", "", 1)));
        assertCorrupt("lease told twice", told -> told.onLease(7, 99, 1, 1, ORDERS, 0, 6));
        assertCorrupt("not a busy client: 9", told -> told.onLease(9, 99, 1, 1, ORDERS, 0, 1));
        assertCorrupt("not a busy client: 8", told -> told.onLease(8, 99, 1, 1, ORDERS, 0, 1));
        assertCorrupt(
                "wait without its lease", told -> told.onWait(command(7, 9).name(ORDERS, 1, 3), 1, 1));
        assertCorrupt("not a busy client: 8", told -> told.onWait(command(8, 9), 1, 1));
        assertCorrupt("request told twice: 1", told -> answer(told, command(8, 1), LeaseVerdict.DENIED));
        assertCorrupt("answer of another client: 7", told -> answer(told, command(7, 9), LeaseVerdict.DENIED));
        assertCorrupt("wait told as an answer", told -> answer(told, command(8, 9), LeaseVerdict.QUEUED));
        assertCorrupt("no kind or verdict", told -> answer(told, command(8, 9), LeaseVerdict.ofCode(63)));
        assertCorrupt(
                "no kind or verdict",
                told -> told.onAnswer(
                        CommandKind.ofCode(99), command(8, 9), LeaseVerdict.DENIED, 1, 1, 1, 1, LeaseEnd.UNKNOWN));
        assertCorrupt(
                "no kind or verdict",
                told -> told.onAnswer(CommandKind.RENEW, command(8, 9), LeaseVerdict.DENIED, 1, 1, 1, 1, null));
        assertCorrupt("ended lease without an end", told -> told.onEnded(3, LeaseEnd.UNKNOWN));
        assertCorrupt("ended lease without an end", told -> told.onEnded(3, LeaseEnd.ofCode(4)));
        assertCorrupt("watch told twice: 5", told -> told.onWatch(3, command(7, 5), 1));
        assertCorrupt("watch out of order: number=2", told -> told.onWatch(2, command(7, 6), 1));
        assertCorrupt("watch out of order: number=4", told -> told.onWatch(4, command(7, 6), 1));
        assertCorrupt("no counts of a watch table", told -> told.onEvents(9, 9));
        assertCorrupt(
                "no counts of a watch table: revision=-1",
                told -> newState().restorer().onEvents(-1, 0));
        assertCorrupt("ended lease of no client", told -> newState().restorer().onEnded(3, LeaseEnd.EXPIRED));
    }

    @Test
    void theCodesOfKindsAreFrozen() {
        assertEquals(CommandKind.ACQUIRE, CommandKind.ofCode(1));
        assertEquals(CommandKind.RENEW, CommandKind.ofCode(2));
        assertEquals(CommandKind.RELEASE, CommandKind.ofCode(3));
        assertEquals(CommandKind.CANCEL_WAIT, CommandKind.ofCode(4));
        assertEquals(CommandKind.REVOKE, CommandKind.ofCode(5));
        assertEquals(CommandKind.RAISE_FLOOR, CommandKind.ofCode(6));
        assertEquals(CommandKind.SET_FLOOR, CommandKind.ofCode(7));
        for (final CommandKind kind : CommandKind.values()) {
            assertEquals(kind, CommandKind.ofCode(kind.code()));
        }
    }

    private void assertCorrupt(final String flaw, final Consumer<LeaseStateVisitor> lie) {
        final LeaseStateVisitor told = newState().restorer();
        told.onClock(1, 1, 1);
        told.onTokens(0, 1, 5);
        told.onEvents(9, 3);
        told.onAccess(4, AccessChange.NONE);
        told.onRule(new AccessRule("alice", "orders", 1));
        told.onClient(7, Principal.ANONYMOUS, 0, true, 0);
        told.onClient(8, Principal.ANONYMOUS, 0, false, 0);
        answer(told, command(8, 1), LeaseVerdict.LEASE_LOST);
        told.onLease(7, 5, 1, 1, ORDERS, 0, 6);
        told.onWatch(2, command(7, 5), 1);
        final String message = assertThrows(IllegalStateException.class, () -> lie.accept(told))
                .getMessage();
        assertTrue(message.contains(flaw), message);
    }

    private static void answer(final LeaseStateVisitor told, final LeaseCommand command, final LeaseVerdict verdict) {
        told.onAnswer(CommandKind.RELEASE, command, verdict, 0, 0, 0, 0, LeaseEnd.UNKNOWN);
    }

    private static LeaseCommand command(final long clientId, final long requestId) {
        return new LeaseCommand().from(clientId, requestId).name(ORDERS, 0, 6);
    }

    private LeaseState newState() {
        final TokenSequence tokens = new TokenSequence();
        return new LeaseState(new LogClock(), tokens, new LeaseTable(LeaseLimits.DEFAULT, tokens, log, log));
    }
}
