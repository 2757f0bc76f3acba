package io.fencegate.sequencer.service;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.lease.command.LeaseLimits;
import io.fencegate.sequencer.charter.Charter;
import io.fencegate.sequencer.charter.UnfitNodeException;
import io.fencegate.sequencer.charter.UnfitNodeException.Difference;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How a cluster comes to its charter, with the log spoken by hand. */
class FoundingTest {
    private static final long ANN = 7;
    private static final LeaseLimits OTHERS = new LeaseLimits(101, 10, 50, 20, 5, 4, 8, 60_000);
    private static final Charter OURS = new Charter(1, ServiceRig.TICK_MS, ServiceRig.LIMITS);

    @Test
    void aNewClusterSchedulesOneTimerThatBearsItsCharter() {
        final ServiceRig rig = unfounded();

        assertEquals(Map.of(timerOf(OURS), 1000L), rig.timers);
        assertTrue(timerOf(OURS) < 0);
        assertFalse(rig.counters.isFounded());
    }

    @Test
    void commandsBeforeTheFoundingAreRefusedAndLeaveNothingBehind() {
        final ServiceRig rig = unfounded();
        final List<byte[]> before = rig.snapshot();
        rig.acquire(1, 1000, ANN, 1, 0);
        rig.release(1, 1000, ANN, 2, 1);
        rig.cancelWait(1, 1000, ANN, 3, 1);
        rig.revoke(1, 1000, ANN, 4, 1);
        rig.describe(1, 1000, ANN, 5);
        rig.watch(1, 1000, ANN, 6, "");
        rig.unwatch(1, 1000, ANN, 7, 6);
        rig.list(1, 1000, ANN, 8, "");

        assertEquals(8, rig.said.size());
        assertEquals(Set.of("1: NOT_FOUNDED client=7 token=0 holder=0 end=UNKNOWN"), Set.copyOf(rig.said));
        assertEquals(8, rig.counters.refusals(LeaseVerdict.NOT_FOUNDED));
        assertArrayEquals(recordsOfState(before), recordsOfState(rig.snapshot()));

        rig.fire(timerOf(OURS), 1001);
        rig.said.clear();
        rig.acquire(1, 1002, ANN, 1, 0);
        assertEquals(List.of("1: Granted client=7 request=1 token=1 remaining=1000"), rig.said);
        assertTrue(rig.counters.isFounded());
    }

    @Test
    void aTermWithoutFoundingLeavesItToTheNextOne() {
        final ServiceRig rig = unfounded();
        rig.timers.clear();

        rig.termOnly(1, 2000);
        assertEquals(Map.of(timerOf(OURS), 2000L), rig.timers);
        rig.fire(timerOf(OURS), 2001);
        rig.termOnly(2, 3000);

        assertEquals(Map.of(), rig.timers);
    }

    @Test
    void aNodeOfOtherLimitsStopsWhereTheLogIsFounded() {
        final ServiceRig rig = unfounded();
        final long others = timerOf(new Charter(1, ServiceRig.TICK_MS, OTHERS));

        final UnfitNodeException stopped = assertThrows(UnfitNodeException.class, () -> rig.fire(others, 1001));

        assertEquals(Difference.CHARTER, stopped.difference());
        assertTrue(
                stopped.getMessage()
                        .startsWith("this node's values differ from those that the cluster was founded with: members=1"
                                + " tickMs=100 leases=100 "),
                stopped::getMessage);
        assertEquals(1, stopped.getMessage().lines().count());
        assertFalse(rig.counters.isFounded());
    }

    @Test
    void whoeverIsFoundedFirstCountsAndALaterOneChangesNothing() {
        final ServiceRig rig = unfounded();
        rig.fire(timerOf(OURS), 1001);
        rig.acquire(1, 1002, ANN, 1, 0);
        final List<byte[]> before = rig.snapshot();

        rig.fire(timerOf(OURS), 1002);
        rig.fire(timerOf(new Charter(1, ServiceRig.TICK_MS, OTHERS)), 1002);

        assertEquals(2, rig.counters.foundingsIgnored());
        assertArrayEquals(recordsOfState(before), recordsOfState(rig.snapshot()));
    }

    @Test
    void aSnapshotSaysWhetherTheClusterIsFounded() {
        final ServiceRig early = unfounded();
        final ServiceRig restored = new ServiceRig().startFrom(early.snapshot(), early.logPosition());
        assertFalse(restored.counters.isFounded());
        restored.termOnly(1, 2000);
        assertEquals(Set.of(timerOf(OURS)), restored.timers.keySet());

        early.fire(timerOf(OURS), 1001);
        final ServiceRig later = new ServiceRig().startFrom(early.snapshot(), early.logPosition());
        assertTrue(later.counters.isFounded());
        later.termOnly(1, 2000);
        assertEquals(Map.of(), later.timers);
    }

    @Test
    void aSnapshotOfAnotherTickStopsTheNode() {
        final ServiceRig rig = unfounded();
        rig.fire(timerOf(OURS), 1001);
        final List<byte[]> snapshot = rig.snapshot();

        final UnfitNodeException stopped = assertThrows(
                UnfitNodeException.class,
                () -> new ServiceRig(1, new Charter(1, 200, ServiceRig.LIMITS)).startFrom(snapshot, rig.logPosition()));

        assertEquals(Difference.CHARTER, stopped.difference());
        assertTrue(stopped.getMessage().contains("tickMs=200"), stopped::getMessage);
    }

    @Test
    void everyValueOfACharterDecides() {
        final long ours = OURS.digest();
        assertEquals(ours, new Charter(1, ServiceRig.TICK_MS, ServiceRig.LIMITS).digest());
        assertEquals(0, ours >>> 62);
        final List<Charter> others = List.of(
                new Charter(3, 100, ServiceRig.LIMITS),
                new Charter(1, 101, ServiceRig.LIMITS),
                new Charter(1, 100, new LeaseLimits(101, 10, 50, 20, 5, 4, 8, 60_000)),
                new Charter(1, 100, new LeaseLimits(100, 11, 50, 20, 5, 4, 8, 60_000)),
                new Charter(1, 100, new LeaseLimits(100, 10, 51, 20, 5, 4, 8, 60_000)),
                new Charter(1, 100, new LeaseLimits(100, 10, 50, 21, 5, 4, 8, 60_000)),
                new Charter(1, 100, new LeaseLimits(100, 10, 50, 20, 6, 4, 8, 60_000)),
                new Charter(1, 100, new LeaseLimits(100, 10, 50, 20, 5, 5, 8, 60_000)),
                new Charter(1, 100, new LeaseLimits(100, 10, 50, 20, 5, 4, 9, 60_000)),
                new Charter(1, 100, new LeaseLimits(100, 10, 50, 20, 5, 4, 8, 60_001)));
        for (final Charter other : others) {
            assertNotEquals(ours, other.digest(), other::toString);
        }
        assertEquals(
                others.size(), others.stream().map(Charter::digest).distinct().count());
    }

    private static ServiceRig unfounded() {
        final ServiceRig rig = new ServiceRig().start();
        rig.termOnly(0, 1000);
        rig.open(1, 1000);
        return rig;
    }

    private static long timerOf(final Charter charter) {
        return Long.MIN_VALUE | 1L << 62 | charter.digest();
    }

    /** Without the first record, which tells the position. */
    private static Object[] recordsOfState(final List<byte[]> snapshot) {
        return snapshot.subList(1, snapshot.size() - 1).toArray();
    }
}
