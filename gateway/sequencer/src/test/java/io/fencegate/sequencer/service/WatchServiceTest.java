package io.fencegate.sequencer.service;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.Publication;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.grant.Token;
import io.fencegate.core.lease.command.LeaseLimits;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Watches, cancelled waits and revoked leases, with the log spoken by hand. */
class WatchServiceTest {
    private static final long ANN = 7;
    private static final long BOB = 8;
    private static final long EVE = 9;
    private static final long TOKEN_1 = Token.of(0, 1);

    @Test
    void anOperatorRevokesALeaseAndTheWatcherAndTheHolderLearnHowItEnded() {
        final ServiceRig rig = eveWatches(new ServiceRig());
        rig.acquire(1, 1000, ANN, 1, 0);
        rig.acquire(2, 1000, BOB, 1, 5000);
        rig.describe(3, 1010, EVE, 2);
        rig.revoke(3, 1020, EVE, 3, TOKEN_1);
        rig.release(1, 1030, ANN, 2, TOKEN_1);
        rig.revoke(3, 1040, EVE, 3, TOKEN_1);

        assertEquals(
                List.of(
                        "3: Watching client=9 request=1 revision=0",
                        "3: Event watch=1 revision=1 GRANTED holder=7 token=1 remaining=1000 name=orders",
                        "1: Granted client=7 request=1 token=1 remaining=1000",
                        "2: Queued client=8 place=1",
                        "3: Described holder=7 token=1 ttl=1000 remaining=990 waiters=1 name=orders",
                        "3: Revoked token=2 revoked=1 holder=7 seal=0 name=orders",
                        "3: Event watch=1 revision=2 REVOKED holder=7 token=1 remaining=0 name=orders",
                        "3: Event watch=1 revision=3 GRANTED holder=8 token=3 remaining=1000 name=orders",
                        "2: Granted client=8 request=1 token=3 remaining=1000",
                        "1: LEASE_LOST client=7 token=3 holder=8 end=REVOKED",
                        "3: Revoked token=2 revoked=1 holder=7 seal=0 name=orders"),
                rig.said);
        assertEquals(1, rig.counters.refusals(LeaseVerdict.LEASE_LOST));
    }

    @Test
    void aCancelledWaitIsAnsweredSoInWhateverSessionItIsAskedAgain() {
        final ServiceRig rig = eveWatches(new ServiceRig());
        rig.acquire(1, 1000, ANN, 1, 0);
        rig.acquire(2, 1000, BOB, 1, 5000);
        rig.takeSaid();
        rig.cancelWait(2, 1010, BOB, 2, 1);
        rig.open(4, 1020);
        rig.cancelWait(4, 1030, BOB, 2, 1);
        rig.acquire(4, 1040, BOB, 1, 5000);
        rig.cancelWait(1, 1050, ANN, 2, 1);

        assertEquals(
                List.of(
                        "2: WAIT_CANCELLED client=8 token=1 holder=7 end=UNKNOWN",
                        "2: WaitCancelled wait=1",
                        "4: WaitCancelled wait=1",
                        "4: WAIT_CANCELLED client=8 token=1 holder=7 end=UNKNOWN",
                        "1: NOT_WAITING client=7 token=1 holder=7 end=UNKNOWN"),
                rig.said);
    }

    @Test
    void aWatcherThatTakesNoEventIsToldOnceThatItMissedSomeAndNobodyElseMissesAny() {
        final ServiceRig rig = eveWatches(new ServiceRig());
        rig.watch(2, 1000, BOB, 5, "");
        rig.acquire(1, 1000, ANN, 1, 0);
        rig.takeSaid();
        rig.answersOffers(3, Publication.BACK_PRESSURED);
        rig.release(1, 1010, ANN, 2, TOKEN_1);
        rig.acquire(1, 1020, ANN, 3, 0);
        rig.fire(1, 1100);
        assertEquals(
                List.of(
                        "1: Released",
                        "2: Event watch=5 revision=2 RELEASED holder=7 token=1 remaining=0 name=orders",
                        "2: Event watch=5 revision=3 GRANTED holder=7 token=2 remaining=1000 name=orders",
                        "1: Granted client=7 request=3 token=2 remaining=1000"),
                rig.takeSaid());
        assertEquals(1, rig.counters.watchesDropped());
        assertEquals(0, rig.counters.egressFailures());

        rig.answersOffers(3, 1);
        rig.fire(2, 1200);
        rig.fire(3, 1300);
        rig.release(1, 1310, ANN, 4, Token.of(0, 2));
        assertEquals(
                List.of(
                        "3: Dropped watch=1 revision=1",
                        "1: Released",
                        "2: Event watch=5 revision=4 RELEASED holder=7 token=2 remaining=0 name=orders"),
                rig.takeSaid());

        rig.watch(3, 1320, EVE, 1, "or");
        rig.acquire(1, 1330, ANN, 5, 0);
        assertEquals(
                List.of(
                        "3: Watching client=9 request=1 revision=4",
                        "3: Event watch=1 revision=5 GRANTED holder=7 token=3 remaining=1000 name=orders",
                        "2: Event watch=5 revision=5 GRANTED holder=7 token=3 remaining=1000 name=orders",
                        "1: Granted client=7 request=5 token=3 remaining=1000"),
                rig.takeSaid());
    }

    @Test
    void anAnswerToAWatchThatDidNotArriveIsAGapToo() {
        final ServiceRig rig = started(new ServiceRig());
        rig.answersOffers(3, Publication.NOT_CONNECTED);
        rig.watch(3, 1000, EVE, 1, "or");
        assertEquals(1, rig.counters.egressFailures());
        assertEquals(Map.of(1L, 1100L), rig.timers, "while somebody watches, it ticks");

        rig.answersOffers(3, 1);
        rig.acquire(1, 1010, ANN, 1, 0);

        assertEquals(
                List.of("3: Dropped watch=1 revision=0", "1: Granted client=7 request=1 token=1 remaining=1000"),
                rig.takeSaid());
    }

    @Test
    void aNewTermIsAGapOfEveryWatchAndWatchingAgainEndsIt() {
        final ServiceRig rig = eveWatches(new ServiceRig());
        rig.acquire(1, 1000, ANN, 1, 0);
        rig.term(1, 1010);
        rig.takeSaid();

        rig.fire(2, 1110);
        rig.fire(3, 1210);
        rig.watch(3, 1220, EVE, 1, "or");
        rig.release(1, 1230, ANN, 2, TOKEN_1);

        assertEquals(
                List.of(
                        "3: Dropped watch=1 revision=0",
                        "3: Watching client=9 request=1 revision=1",
                        "1: Released",
                        "3: Event watch=1 revision=2 RELEASED holder=7 token=1 remaining=0 name=orders"),
                rig.said);
    }

    @Test
    void aTickThatWouldTellTooMuchLeavesTheRestToTheNextWhichComesAtOnce() {
        final ServiceRig rig = started(new ServiceRig(1, new LeaseLimits(100, 10, 50, 20, 20, 20, 8, 60_000)));
        for (int i = 0; i < 20; i++) {
            rig.watch(3, 1000, EVE, i, "");
        }
        for (int i = 0; i < 100; i++) {
            rig.acquire(1, 1000, ANN, i, 0, "r" + i);
        }
        rig.takeSaid();

        rig.fire(1, 2000);
        final int ends = 48;
        assertEquals(ends * 20, rig.takeSaid().size(), "the least number of ends that is the work of a tick");
        assertTrue((ends - 1) * 21 < SequencerService.WORK_PER_TICK && ends * 21 >= SequencerService.WORK_PER_TICK);
        assertEquals(Map.of(2L, 2001L), rig.timers);
        rig.fire(2, 2001);
        assertEquals(Map.of(3L, 2002L), rig.timers);
        rig.fire(3, 2002);
        assertEquals((100 - 2 * ends) * 20 + ends * 20, rig.takeSaid().size());
        assertEquals(Map.of(4L, 2102L), rig.timers, "nothing is left over");
    }

    @Test
    void watchesEndWithTheirSessionOrWhenAskedTo() {
        final ServiceRig rig = eveWatches(new ServiceRig());
        rig.open(4, 1000);
        rig.watch(4, 1000, EVE, 1, "or");
        rig.watch(3, 1000, EVE, 1, "or");
        rig.watch(3, 1000, EVE, 2, "x");
        rig.close(3, 1010);
        rig.acquire(1, 1020, ANN, 1, 0);
        rig.unwatch(4, 1030, EVE, 3, 1);
        rig.unwatch(4, 1040, EVE, 3, 1);
        rig.release(1, 1050, ANN, 2, TOKEN_1);

        assertEquals(
                List.of(
                        "3: Watching client=9 request=1 revision=0",
                        "4: Watching client=9 request=1 revision=0",
                        "3: REQUEST_TOO_OLD client=9 token=0 holder=0 end=UNKNOWN",
                        "3: Watching client=9 request=2 revision=0",
                        "4: Event watch=1 revision=1 GRANTED holder=7 token=1 remaining=1000 name=orders",
                        "1: Granted client=7 request=1 token=1 remaining=1000",
                        "4: Unwatched watch=1",
                        "4: Unwatched watch=1",
                        "1: Released"),
                rig.said);
        rig.fire(1, 1100);
        assertEquals(Map.of(), rig.timers, "nobody watches, nothing can expire: nothing ticks");
    }

    @Test
    void aNodeStartedFromASnapshotKnowsWatchesRevisionAndEndsAndTellsOfTheGap() {
        final ServiceRig first = eveWatches(new ServiceRig());
        first.acquire(1, 1000, ANN, 1, 0);
        first.acquire(2, 1000, BOB, 1, 5000);
        first.revoke(3, 1010, EVE, 2, TOKEN_1);
        first.cancelWait(2, 1010, BOB, 3, 2);
        final ServiceRig second = new ServiceRig().startFrom(first.snapshot(), first.logPosition());
        assertArrayEquals(first.snapshot().toArray(), second.snapshot().toArray());
        List.of(1L, 2L, 3L).forEach(second::knows);
        first.takeSaid();

        for (final ServiceRig rig : List.of(first, second)) {
            rig.term(1, 1020);
            rig.revoke(3, 1030, EVE, 2, TOKEN_1);
            rig.release(1, 1040, ANN, 2, TOKEN_1);
            rig.watch(3, 1050, EVE, 1, "or");
            rig.release(2, 1060, BOB, 4, Token.of(0, 3));
        }

        assertEquals(
                List.of(
                        "3: Revoked token=2 revoked=1 holder=7 seal=0 name=orders",
                        "1: LEASE_LOST client=7 token=3 holder=8 end=REVOKED",
                        "3: Watching client=9 request=1 revision=3",
                        "2: Released",
                        "3: Event watch=1 revision=4 RELEASED holder=8 token=3 remaining=0 name=orders"),
                second.said);
        assertEquals(first.said, second.said);
        assertArrayEquals(first.snapshot().toArray(), second.snapshot().toArray());
    }

    @Test
    void aNodeThatCanSendNothingArrivesAtTheSameState() {
        final ServiceRig leader = eveWatches(new ServiceRig());
        final ServiceRig mute = eveWatches(new ServiceRig(Publication.BACK_PRESSURED));
        for (final ServiceRig rig : List.of(leader, mute)) {
            rig.acquire(1, 1000, ANN, 1, 0);
            rig.fire(1, 1100);
            rig.revoke(3, 1110, EVE, 2, TOKEN_1);
        }

        assertArrayEquals(leader.snapshot().toArray(), mute.snapshot().toArray());
        assertEquals(leader.timers, mute.timers);
    }

    private static ServiceRig started(final ServiceRig rig) {
        rig.start();
        rig.term(0, 1000);
        rig.open(1, 1000);
        rig.open(2, 1000);
        rig.open(3, 1000);
        return rig;
    }

    private static ServiceRig eveWatches(final ServiceRig rig) {
        started(rig).watch(3, 1000, EVE, 1, "or");
        return rig;
    }
}
