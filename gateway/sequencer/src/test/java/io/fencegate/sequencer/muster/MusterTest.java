package io.fencegate.sequencer.muster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.sequencer.muster.Muster.Decision;
import io.fencegate.sequencer.muster.Muster.SeedGoal;
import io.fencegate.sequencer.muster.Muster.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may vote, from the view of member 0 of three; time is moved by hand. */
class MusterTest {
    private static final long SILENCE_MS = 5000;
    private static final List<Long> NOBODY = List.of(0L, 0L, 0L);
    private static final List<Long> ALL = List.of(10L, 11L, 12L);
    private static final List<Long> OTHERS = List.of(20L, 21L, 22L);

    private final Muster muster = new Muster(0, 3, SILENCE_MS);
    private long nowMs = 1_000;

    @Test
    void aClusterIsFoundedOnlyWhenAllHaveHeardThatAllAreEmpty() {
        final MemberStatus own = empty(0, 10, ALL);
        assertEquals(Step.WAIT, decide(own).step());
        hear(empty(1, 11, List.of(10L, 11L, 0L)));
        hear(empty(2, 12, ALL));
        assertEquals(Step.WAIT, decide(own).step());

        hear(empty(1, 11, ALL));

        assertEquals(Step.FOUND, decide(own).step());
        assertEquals(ALL, decide(own).founders());
    }

    @Test
    void whoHeardAnEarlierIncarnationDoesNotFoundWithTheLaterOne() {
        hear(empty(1, 11, List.of(10L, 11L, 99L)));
        hear(empty(2, 12, ALL));

        assertEquals(Step.WAIT, decide(empty(0, 10, ALL)).step());
    }

    @Test
    void whatASilentMemberSaidLongAgoFoundsNothing() {
        hear(empty(1, 11, ALL));
        nowMs += SILENCE_MS + 1;
        hear(empty(2, 12, ALL));

        assertEquals(Step.WAIT, decide(empty(0, 10, ALL)).step());
    }

    @Test
    void aFounderFollowsTheOthersAndAWipedOneDoesNot() {
        hear(member(1, ALL, log(0, 100)));

        assertEquals(Step.FOUND, decide(empty(0, 10, NOBODY)).step());
        assertEquals(ALL, decide(empty(0, 10, NOBODY)).founders());
        assertEquals(Step.AWAIT_SEED, decide(empty(0, 77, NOBODY)).step());
    }

    @Test
    void anUnfinishedCopyFoundsNothing() {
        hear(empty(1, 11, ALL));
        hear(empty(2, 12, ALL));
        final MemberStatus own = new MemberStatus(0, Standing.SEEDING, 10, ALL, NOBODY, -1, LogExtent.NOTHING);
        assertEquals(Step.WAIT, decide(own).step());

        hear(member(1, ALL, log(0, 100)));
        assertEquals(Step.AWAIT_SEED, decide(own).step());
    }

    @Test
    void aWipedMemberCopiesOnceAMajorityIsThereAndHasASnapshot() {
        final MemberStatus own = empty(0, 77, NOBODY);
        hear(member(1, ALL, snapshots(50, 40)));
        assertEquals(Step.AWAIT_SEED, decide(own).step());
        hear(member(2, OTHERS, snapshots(50, 40)));
        assertEquals(Step.AWAIT_SEED, decide(own).step());

        hear(member(2, ALL, log(0, 100)));

        assertEquals(Step.SEED, decide(own).step());
        assertEquals(ALL, decide(own).founders());
    }

    @Test
    void aMemberStartsWithAMajorityOfItsOwn() {
        final MemberStatus own = member(0, ALL, log(0, 100));
        assertEquals(Step.WAIT, decide(own).step());
        hear(empty(1, 11, ALL));
        assertEquals(Step.WAIT, decide(own).step());
        hear(member(2, ALL, log(0, 90)));
        assertEquals(Step.START, decide(own).step());
        nowMs += SILENCE_MS + 1;
        assertEquals(Step.WAIT, decide(own).step());
    }

    @Test
    void aDirectoryOfAnotherClusterIsRefusedByTheMajorityOnly() {
        final MemberStatus own = member(0, ALL, log(0, 100));
        hear(member(1, OTHERS, log(0, 100)));
        assertEquals(Step.WAIT, decide(own).step());
        hear(member(2, OTHERS, log(0, 100)));

        final Decision decision = decide(own);
        assertEquals(Step.REFUSE, decision.step());
        assertTrue(decision.fact().contains("of another cluster: founders=a,b,c"), decision.fact());
    }

    @Test
    void aDirectoryThatIsOlderThanWhatIsThereIsRefused() {
        hear(member(1, ALL, log(101, 200)));
        assertEquals(Step.REFUSE, decide(member(0, ALL, log(0, 100))).step());
        assertEquals(Step.START, decide(member(0, ALL, log(0, 101))).step());
        assertEquals(Step.REFUSE, decide(member(0, ALL, LogExtent.NOTHING)).step());
    }

    @Test
    void aFounderWithoutALogYetIsNotOld() {
        hear(member(1, ALL, log(0, 200)));
        assertEquals(Step.START, decide(member(0, ALL, LogExtent.NOTHING)).step());
    }

    @Test
    void aCopyHasToReachWhatTheOthersHadWhenTheyKnewOfTheLoss() {
        hear(new MemberStatus(1, Standing.MEMBER, 11, List.of(77L, 11L, 12L), ALL, 4, log(0, 300)));
        hear(new MemberStatus(2, Standing.MEMBER, 12, ALL, ALL, 9, log(0, 500)));
        assertNull(muster.seedGoal(77));
        assertEquals("2", muster.unaware(77));

        hear(new MemberStatus(2, Standing.MEMBER, 12, List.of(77L, 11L, 12L), ALL, 9, log(0, 500)));

        assertEquals(new SeedGoal(500, 9), muster.seedGoal(77));
        assertEquals("", muster.unaware(77));
    }

    @Test
    void anotherWipedMemberHasNothingThatACopyNeeds() {
        hear(new MemberStatus(1, Standing.MEMBER, 11, List.of(77L, 11L, 88L), ALL, 4, log(0, 300)));
        hear(new MemberStatus(2, Standing.SEEDING, 88, List.of(77L, 11L, 88L), ALL, -1, log(900, 999)));

        assertEquals(new SeedGoal(300, 4), muster.seedGoal(77));
    }

    @Test
    void nothingIsPurgedUnlessAllSpeakAndHaveTwoSnapshots() {
        final MemberStatus own = member(0, ALL, snapshots(90, 80));
        hear(member(1, ALL, snapshots(90, 70)));
        assertEquals(LogExtent.NONE, muster.purgeLimit(nowMs, own));
        hear(member(2, ALL, snapshots(60, LogExtent.NONE)));
        assertEquals(LogExtent.NONE, muster.purgeLimit(nowMs, own));

        hear(member(2, ALL, snapshots(75, 60)));
        assertEquals(60, muster.purgeLimit(nowMs, own));
        hear(member(2, ALL, snapshots(90, 85)));
        assertEquals(70, muster.purgeLimit(nowMs, own));
        assertEquals(65, muster.purgeLimit(nowMs, member(0, ALL, snapshots(90, 65))));

        hear(member(2, OTHERS, snapshots(90, 85)));
        assertEquals(LogExtent.NONE, muster.purgeLimit(nowMs, own));
        hear(empty(2, 12, ALL));
        assertEquals(LogExtent.NONE, muster.purgeLimit(nowMs, own));
        hear(member(2, ALL, snapshots(90, 85)));
        nowMs += SILENCE_MS + 1;
        assertEquals(LogExtent.NONE, muster.purgeLimit(nowMs, own));
    }

    @Test
    void whatIsCommittedAnywhereIsKnownAsLongAsItsMemberSpeaks() {
        assertEquals(LogExtent.NONE, muster.committed(nowMs, ALL));
        hear(member(1, ALL, log(0, 100)));
        hear(member(2, OTHERS, log(0, 500)));
        assertEquals(100, muster.committed(nowMs, ALL));
        nowMs += SILENCE_MS + 1;
        assertEquals(LogExtent.NONE, muster.committed(nowMs, ALL));
    }

    @Test
    void whoIsAloneIsComplete() {
        final Muster alone = new Muster(0, 1, SILENCE_MS);
        final MemberStatus own =
                new MemberStatus(0, Standing.EMPTY, 10, List.of(10L), List.of(0L), -1, LogExtent.NOTHING);

        assertEquals(Step.FOUND, alone.decide(nowMs, own).step());
        assertEquals(List.of(10L), alone.decide(nowMs, own).founders());
        assertTrue(alone.isComplete(nowMs, List.of(10L)));
        assertFalse(alone.isSeedWanted(nowMs));
    }

    @Test
    void oneThatHasNoLogWantsASeed() {
        hear(member(1, ALL, log(0, 100)));
        assertFalse(muster.isSeedWanted(nowMs));
        hear(empty(2, 12, ALL));
        assertTrue(muster.isSeedWanted(nowMs));
        assertEquals(3, muster.hearing(nowMs));
        nowMs += SILENCE_MS + 1;
        assertFalse(muster.isSeedWanted(nowMs));
        assertEquals(1, muster.hearing(nowMs));
    }

    private Decision decide(final MemberStatus own) {
        return muster.decide(nowMs, own);
    }

    private void hear(final MemberStatus status) {
        muster.onStatus(nowMs, status);
    }

    private static MemberStatus empty(final int memberId, final long incarnation, final List<Long> heard) {
        return new MemberStatus(memberId, Standing.EMPTY, incarnation, heard, NOBODY, -1, LogExtent.NOTHING);
    }

    private static MemberStatus member(final int memberId, final List<Long> founders, final LogExtent log) {
        return new MemberStatus(memberId, Standing.MEMBER, founders.get(memberId), founders, founders, 3, log);
    }

    private static LogExtent log(final long start, final long end) {
        return new LogExtent(start, end, end, LogExtent.NONE, LogExtent.NONE);
    }

    private static LogExtent snapshots(final long newest, final long second) {
        return new LogExtent(0, 100, 100, newest, second);
    }
}
