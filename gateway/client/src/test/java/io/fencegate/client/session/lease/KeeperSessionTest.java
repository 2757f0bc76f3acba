package io.fencegate.client.session.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.client.session.CallTimes;
import io.fencegate.client.session.Jitter;
import io.fencegate.client.session.RequestIds;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.LeaseEnd;
import io.fencegate.core.grant.LeaseVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A kept lease of 30 s, whose time is moved by hand, in milliseconds. */
class KeeperSessionTest {
    private static final long TTL = 30_000;
    private static final Grant GRANT = new Grant("orders", 7, 11, TTL, 8);

    private final LeaseSession session = new LeaseSession(new CallTimes(10_000_000_000L, 1_000_000_000L, 1, 1));
    private final RequestIds requestIds = new RequestIds(100);
    private final List<KeeperNews> told = new ArrayList<>();
    private KeeperSession keeper = keeper(GRANT, TTL, bound -> 0);
    private long now;

    private static KeeperSession keeper(final Grant grant, final long remainingMs, final Jitter jitter) {
        return new KeeperSession(grant, remainingMs, 0, 0, jitter);
    }

    private static long ns(final long ms) {
        return TimeUnit.MILLISECONDS.toNanos(ms);
    }

    /** Moves the time, and returns the renewal that is begun, if one is. */
    private LeaseCommand at(final long ms) {
        now = ms;
        final LeaseCommand renew = keeper.next(ns(ms), requestIds);
        if (renew != null) {
            session.begin(renew, keeper.attemptNs(), LeaseCommand.NO_DEADLINE);
            session.onTried(renew, true, ns(ms), ns(ms), 1);
        }
        KeeperNews news = keeper.news(ns(ms));
        while (news != KeeperNews.NONE) {
            told.add(news);
            news = keeper.news(ns(ms));
        }
        return renew;
    }

    private void renewed(final LeaseCommand renew, final long atMs, final long remainingMs) {
        renew.answer().onHeld(LeaseVerdict.RENEWED, 7, 9, TTL, remainingMs);
        assertNull(at(atMs));
    }

    @Test
    void theFirstRenewalIsDueAtOnceAndTheNextAtAThirdOfTheTtl() {
        final LeaseCommand first = at(0);
        assertEquals(TTL, first.ttlMs());
        assertEquals(7, first.token());
        assertEquals(11, first.clientId());
        renewed(first, 5, TTL);
        assertEquals(List.of(KeeperNews.RENEWED), told);
        assertEquals(9, keeper.grant().seal(), "the newest seal");
        assertNull(at(9_999));
        final LeaseCommand second = at(10_000);
        assertNotEquals(first.requestId(), second.requestId());
        renewed(second, 10_005, TTL);
        assertNull(at(19_999));
        assertNotNull(at(20_000));
    }

    @Test
    void jitterMovesRenewalsForwardOnly() {
        keeper = keeper(GRANT, TTL, bound -> bound);
        renewed(at(0), 5, TTL);
        assertNull(at(8_999));
        assertNotNull(at(9_000));
    }

    @Test
    void dangerAndItsEndAreToldOnceEach() {
        renewed(at(0), 5, TTL);
        final LeaseCommand renew = at(10_000);
        told.clear();
        assertNull(at(19_999));
        assertEquals(List.of(), told);
        at(20_000);
        at(29_999);
        assertEquals(List.of(KeeperNews.DANGER), told);
        assertEquals(ns(1), keeper.leftNs(ns(29_999)));
        assertTrue(keeper.isConfirmed(ns(29_999)));
        at(30_000);
        at(40_000);
        assertEquals(List.of(KeeperNews.DANGER, KeeperNews.UNCONFIRMED), told);
        assertFalse(keeper.isConfirmed(ns(40_000)));
        assertEquals(renew, keeper.renewal(), "the same one is tried on and on");
    }

    @Test
    void aSequencerThatWasGoneForLongerThanTheTtlAndStillHasTheLeaseConfirmsIt() {
        renewed(at(0), 5, TTL);
        final LeaseCommand renew = at(10_000);
        at(90_000);
        told.clear();
        renew.answer().onHeld(LeaseVerdict.RENEWED, 7, 9, TTL, TTL);
        final LeaseCommand again = at(90_001);
        assertNotNull(again, "the first one was sent long ago: what it proves is over");
        renewed(again, 90_010, TTL);
        assertEquals(List.of(KeeperNews.RENEWED), told);
        assertTrue(keeper.isConfirmed(ns(90_010)));
    }

    @Test
    void anAnswerThatWasLostIsGotFromARepeatAndCountsFromTheFirstTry() {
        renewed(at(0), 5, TTL);
        final LeaseCommand renew = at(10_000);
        told.clear();
        assertTrue(session.isSendDue(renew, ns(15_000), 1));
        session.onTried(renew, true, ns(15_000), ns(15_000), 1);
        renewed(renew, 15_010, 25_000);
        assertEquals(List.of(KeeperNews.RENEWED), told);
        assertEquals(ns(40_000 - 15_010), keeper.leftNs(ns(15_010)));
        assertNull(at(19_999));
        assertNotNull(at(20_000));
    }

    @Test
    void whatTheSequencerSaysIsLeftIsBelievedIfItIsLess() {
        renewed(at(0), 5, 3_000);
        assertEquals(ns(3_000), keeper.leftNs(ns(5)));
        assertEquals(List.of(KeeperNews.RENEWED, KeeperNews.DANGER), told);
        assertNotNull(at(5_000), "overdue, but not at once again");
    }

    @Test
    void aPausePastTheLeaseIsToldAndTheSequencerIsAsked() {
        renewed(at(0), 5, TTL);
        told.clear();
        final LeaseCommand renew = at(120_000);
        assertEquals(List.of(KeeperNews.UNCONFIRMED), told);
        renew.answer().onRefused(LeaseVerdict.LEASE_LOST, 12, 13, LeaseEnd.EXPIRED);
        assertNull(at(120_010));
        assertEquals(new LeaseLoss("orders", 7, LeaseEnd.EXPIRED, 12, 13), keeper.loss());
        assertEquals(List.of(KeeperNews.UNCONFIRMED, KeeperNews.LOST), told);
        assertNull(at(200_000), "never acquired, never renewed again");
        assertEquals(2, told.size());
    }

    @ParameterizedTest
    @CsvSource({"EXPIRED", "RELEASED", "REVOKED", "UNKNOWN"})
    void aLossTellsHowTheLeaseEnded(final LeaseEnd end) {
        at(0).answer().onRefused(LeaseVerdict.LEASE_LOST, 0, 0, end);
        at(5);
        assertEquals(end, keeper.loss().end());
        assertEquals(List.of(KeeperNews.LOST), told);
        assertFalse(keeper.isConfirmed(ns(5)));
    }

    @ParameterizedTest
    @CsvSource({"REQUEST_TOO_OLD", "TOO_MANY_CLIENTS", "MALFORMED", "REQUEST_MISMATCH"})
    void anyOtherRefusalSaysNothingOfTheLeaseAndIsTriedAgainLater(final LeaseVerdict verdict) {
        final LeaseCommand refused = at(0);
        refused.answer().onRefused(verdict, 0, 0, LeaseEnd.UNKNOWN);
        assertNull(at(1));
        assertNull(keeper.loss());
        assertNull(at(5_000));
        final LeaseCommand again = at(5_001);
        assertNotEquals(refused.requestId(), again.requestId());
    }

    @Test
    void aTtlShorterThanTheRoundTripIsToldAndNeverASpin() {
        keeper = keeper(new Grant("orders", 7, 11, 50, 8), 50, bound -> 0);
        int renewals = 0;
        LeaseCommand renew = null;
        for (long ms = 0; ms < 10_000; ms++) {
            if (renew != null && ms % 200 == 199) {
                renew.answer().onHeld(LeaseVerdict.RENEWED, 7, 9, 50, 50);
                renew = null;
            }
            final LeaseCommand begun = at(ms);
            renew = begun == null ? renew : begun;
            renewals += begun == null ? 0 : 1;
        }
        assertEquals(List.of(KeeperNews.DANGER, KeeperNews.UNCONFIRMED), told);
        assertTrue(renewals <= 10_000 / 200 + 1, "renewals=" + renewals);
    }

    @Test
    void renewalsOfAShortLeaseKeepTheirDistance() {
        keeper = keeper(new Grant("orders", 7, 11, 50, 8), 50, bound -> bound);
        int renewals = 0;
        for (long ms = 0; ms < 1_000; ms++) {
            final LeaseCommand renew = at(ms);
            if (renew != null) {
                renewals++;
                renew.answer().onHeld(LeaseVerdict.RENEWED, 7, 9, 50, 0);
            }
        }
        assertTrue(renewals <= 1_000 / 7 + 1, "renewals=" + renewals);
        assertEquals(List.of(KeeperNews.UNCONFIRMED), told);
    }

    @ParameterizedTest(name = "asked for {0} ms ago, with {1} ms left: {2} ms confirmed, and told {3}")
    @CsvSource({
        "0, 30000, 30000,",
        "1, 40000, 29999,",
        "19999, 30000, 10001,",
        "20000, 30000, 10000, DANGER",
        "5000, 12000, 7000, DANGER",
        "29999, 30000, 1, DANGER",
        "30000, 30000, 0, UNCONFIRMED",
        "12000, 12000, 0, UNCONFIRMED",
        "90000, 30000, 0, UNCONFIRMED",
        "1, -5, 0, UNCONFIRMED"
    })
    void aLeasesAgeCountsWhenItIsKeptLater(
            final long ageMs, final long remainingMs, final long confirmedMs, final KeeperNews news) {
        keeper = new KeeperSession(GRANT, remainingMs, ns(100_000 - ageMs), ns(100_000), bound -> 0);
        assertEquals(ns(confirmedMs), keeper.leftNs(ns(100_000)));
        assertEquals(confirmedMs > 0, keeper.isConfirmed(ns(100_000)));
        final LeaseCommand renew = at(100_000);
        assertNotNull(renew, "renewed at once");
        assertEquals(news == null ? List.of() : List.of(news), told);
        assertFalse(keeper.isConfirmed(ns(100_000 + confirmedMs)));
        renewed(renew, 100_010, TTL);
        assertEquals(ns(100_000), keeper.firstSentNs());
        assertEquals(ns(TTL - 10), keeper.leftNs(ns(100_010)));
    }

    @Test
    void aLeaseThatIsOldWhenItIsKeptIsInDangerFromTheStart() {
        keeper = keeper(GRANT, 4_000, bound -> 0);
        at(0);
        assertEquals(List.of(KeeperNews.DANGER), told);
        assertEquals(0, now);
    }
}
