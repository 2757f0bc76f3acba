package io.fencegate.sequencer.service;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.Publication;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.grant.Token;
import io.fencegate.core.lease.command.LeaseLimits;
import io.fencegate.sequencer.charter.UnfitNodeException;
import io.fencegate.sequencer.charter.UnfitNodeException.Difference;
import io.fencegate.sequencer.snapshot.SnapshotException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The replicated state machine, with the log spoken by hand. */
class SequencerServiceTest {
    private static final long ANN = 7;
    private static final long BOB = 8;
    private static final long TOKEN_1 = Token.of(0, 1);
    private static final long TOKEN_2 = Token.of(0, 2);

    @Test
    void aWaiterIsToldWithoutAskingWhenTheTickFindsTheLeaseOver() {
        final ServiceRig rig = annHoldsAndBobWaits(new ServiceRig());

        rig.fire(1, 1099);
        assertEquals(Map.of(2L, 1199L), rig.timers);
        rig.fire(2, 2000);

        assertEquals(
                List.of(
                        "1: Granted client=7 request=1 token=1 remaining=1000",
                        "2: Queued client=8 place=1",
                        "2: Granted client=8 request=1 token=2 remaining=1000"),
                rig.said);
    }

    @Test
    void answersGoToTheSessionInWhichTheClientWasHeardLast() {
        final ServiceRig rig = annHoldsAndBobWaits(new ServiceRig());
        rig.open(3, 1020);
        rig.acquire(3, 1030, BOB, 1, 5000);
        rig.close(2, 1040);

        rig.release(1, 1050, ANN, 2, TOKEN_1);

        assertEquals("1: Released", rig.said.get(3));
        assertEquals("3: Granted client=8 request=1 token=2 remaining=1000", rig.said.get(4));
        assertEquals(0, rig.counters.egressFailures());
    }

    @Test
    void aWaiterWithoutASessionIsCountedAndHearsItsGrantWhenItAsksAgain() {
        final ServiceRig rig = annHoldsAndBobWaits(new ServiceRig());
        rig.close(2, 1020);
        rig.release(1, 1030, ANN, 2, TOKEN_1);
        assertEquals(1, rig.counters.egressFailures());

        rig.open(4, 1040);
        rig.acquire(4, 1050, BOB, 1, 5000);

        assertEquals("4: Granted client=8 request=1 token=2 remaining=980", rig.said.get(3));
    }

    @Test
    void aNodeThatCanSendNothingArrivesAtTheSameState() {
        final ServiceRig leader = annHoldsAndBobWaits(new ServiceRig());
        final ServiceRig mute = annHoldsAndBobWaits(new ServiceRig(Publication.BACK_PRESSURED));
        for (final ServiceRig rig : List.of(leader, mute)) {
            rig.message(1, 1020, 3);
            rig.fire(1, 1100);
            rig.fire(2, 2200);
            rig.release(2, 2210, BOB, 2, TOKEN_2);
        }

        assertEquals(0, leader.counters.egressFailures());
        assertEquals(5, mute.counters.egressFailures());
        assertEquals(1, mute.counters.refusals(LeaseVerdict.MALFORMED));
        assertSame(leader.snapshot(), mute.snapshot());
        assertEquals(leader.timers, mute.timers);
    }

    @Test
    void aNodeStartedFromASnapshotGoesOnLikeTheOneThatTookIt() {
        final ServiceRig first = annHoldsAndBobWaits(new ServiceRig());
        final ServiceRig second = new ServiceRig().startFrom(first.snapshot(), first.logPosition());
        assertSame(first.snapshot(), second.snapshot());
        second.knows(1);
        second.knows(2);
        first.said.clear();

        for (final ServiceRig rig : List.of(first, second)) {
            rig.fire(1, 1900);
            rig.term(3, 9_000_000);
            rig.release(1, 9_000_050, ANN, 2, TOKEN_1);
            rig.acquire(1, 9_000_060, ANN, 1, 0);
            rig.acquire(2, 9_000_070, BOB, 1, 5000);
        }

        assertEquals(
                List.of(
                        "1: Released",
                        "2: Granted client=8 request=1 token=" + Token.of(3, 1) + " remaining=1000",
                        "1: Granted client=7 request=1 token=1 remaining=0",
                        "2: Granted client=8 request=1 token=" + Token.of(3, 1) + " remaining=980"),
                second.said);
        assertEquals(first.said, second.said);
        assertSame(first.snapshot(), second.snapshot());
    }

    @Test
    void timeWithoutALeaderExpiresNothing() {
        final ServiceRig rig = annHoldsAndBobWaits(new ServiceRig());

        rig.term(1, 3_600_000);
        rig.fire(2, 3_600_980);
        assertEquals(2, rig.said.size(), rig.said::toString);
        rig.fire(3, 3_600_995);

        assertEquals("2: Granted client=8 request=1 token=" + Token.of(1, 1) + " remaining=1000", rig.said.get(2));
    }

    @Test
    void aTimerThatALeaderLeftBehindIsIgnored() {
        final ServiceRig rig = annHoldsAndBobWaits(new ServiceRig());
        rig.term(1, 1020);
        assertEquals(Map.of(1L, 1100L, 2L, 1120L), rig.timers);

        rig.fire(1, 3000);
        assertEquals(2, rig.said.size(), rig.said::toString);
        assertEquals(Map.of(2L, 1120L), rig.timers);

        rig.fire(2, 3001);
        assertEquals(3, rig.said.size(), rig.said::toString);
        assertEquals(Map.of(3L, 3101L), rig.timers);
    }

    @Test
    void nothingTicksWhileNothingCanExpire() {
        final ServiceRig rig = new ServiceRig().start();
        rig.term(0, 1000);
        rig.open(1, 1000);
        rig.message(1, 1000, 4);
        assertEquals(Map.of(), rig.timers);

        rig.acquire(1, 1000, ANN, 1, 0);
        assertEquals(Map.of(1L, 1100L), rig.timers);
        rig.release(1, 1010, ANN, 2, TOKEN_1);
        rig.fire(1, 1100);

        assertEquals(Map.of(), rig.timers);
    }

    @Test
    void aSnapshotOfOtherLimitsOrAnotherPositionIsRefused() {
        final ServiceRig rig = annHoldsAndBobWaits(new ServiceRig());
        final List<byte[]> snapshot = rig.snapshot();

        final SnapshotException moved = assertThrows(
                SnapshotException.class, () -> new ServiceRig().startFrom(snapshot, rig.logPosition() + 32));
        assertTrue(moved.getMessage().contains("another position"), moved::getMessage);

        final LeaseLimits others = new LeaseLimits(100, 10, 50, 20, 5, 4, 9, 60_000);
        final UnfitNodeException changed = assertThrows(
                UnfitNodeException.class, () -> new ServiceRig(1, others).startFrom(snapshot, rig.logPosition()));
        assertEquals(Difference.CHARTER, changed.difference());
        assertTrue(changed.getMessage().contains("answersPerClient=9"), changed::getMessage);
    }

    @Test
    void aLogInAnotherTimeUnitIsAnImpossibleState() {
        final ServiceRig rig = new ServiceRig().start();

        assertThrows(
                IllegalStateException.class,
                () -> rig.service.onNewLeadershipTermEvent(0, 64, 1, 0, 0, 0, TimeUnit.NANOSECONDS, 1));
    }

    @Test
    void whatWasAppliedIsCounted() {
        final ServiceRig rig = annHoldsAndBobWaits(new ServiceRig());
        final long before = rig.counters.positionApplied();

        rig.fire(1, 1100);

        assertEquals(rig.logPosition(), rig.counters.positionApplied());
        assertNotEquals(before, rig.counters.positionApplied());
    }

    private static ServiceRig annHoldsAndBobWaits(final ServiceRig rig) {
        rig.start();
        rig.term(0, 1000);
        rig.open(1, 1000);
        rig.open(2, 1000);
        rig.acquire(1, 1000, ANN, 1, 0);
        rig.acquire(2, 1010, BOB, 1, 5000);
        return rig;
    }

    private static void assertSame(final List<byte[]> expected, final List<byte[]> actual) {
        assertArrayEquals(expected.toArray(), actual.toArray());
    }
}
