package io.fencegate.sequencer.service;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.codecs.wire.DeniedDecoder;
import io.fencegate.core.access.AccessChange;
import io.fencegate.core.access.AccessRule;
import io.fencegate.core.access.AccessTable;
import io.fencegate.core.access.Principal;
import io.fencegate.core.access.Right;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.grant.Token;
import io.fencegate.sequencer.egress.AccessPublisher;
import io.fencegate.sequencer.login.SessionPrincipal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may do what, in the replicated state machine, with the log spoken by hand. */
class AccessServiceTest {
    private static final long ROOT = 1;
    private static final long ALICE = 2;
    private static final long BOB = 3;
    private static final long TOKEN_1 = Token.of(0, 1);

    private final ServiceRig rig = new ServiceRig().start();
    private long timestamp = 1000;

    @Test
    void whatTheLeaderSaysInTheLogMakesTheFirstOperatorAndNothingElseDoes() {
        rig.term(0, timestamp);
        rig.open(5, 1000);
        rig.acquire(5, next(), 9, 1, 0);
        open(1, "alice", "");
        rig.acquire(1, next(), ALICE, 1, 0);
        open(2, "alice", "root");
        open(3, "root", "mallory");
        rig.describeAccess(3, next(), ROOT, 1, 0);
        rig.acquire(1, next(), ALICE, 2, 0);

        assertEquals(
                List.of(
                        "5: Granted client=9 request=1 token=1 remaining=1000",
                        "1: template " + DeniedDecoder.TEMPLATE_ID,
                        "3: Access client=1 request=1 revision=1 rules=1 from=0 more=0 15/root/",
                        "1: NOT_ALLOWED client=2 token=0 holder=0 end=UNKNOWN"),
                rig.said);
        assertEquals(1, rig.counters.refusals(LeaseVerdict.NOT_ALLOWED));
        assertEquals(4, rig.counters.sessions());
        assertEquals(4, rig.counters.sessionsOpened());
        rig.close(1, next());
        assertEquals(3, rig.counters.sessions());
    }

    @Test
    void nobodySpeaksForAnothersClientNorHearsWhatIsMeantForIt() {
        rig.term(0, timestamp);
        open(1, "alice", "");
        open(2, "bob", "");
        rig.acquire(1, next(), ALICE, 1, 0);
        open(3, "carol", "");
        rig.acquire(3, next(), 30, 1, 5000);
        rig.takeSaid();

        rig.release(2, next(), ALICE, 2, TOKEN_1);
        rig.describe(2, next(), ALICE, 3);
        rig.list(2, next(), ALICE, 4, "");
        rig.acquire(2, next(), 30, 1, 5000);
        rig.changeAccess(2, next(), change(ALICE, 5, 0, true, "bob", "", Right.ALL));
        rig.describeAccess(2, next(), ALICE, 6, 0);
        rig.message(2, next(), rig.commands().unwatch(ALICE, 7, 1));

        assertEquals(7, rig.counters.refusals(LeaseVerdict.NOT_ALLOWED));
        rig.takeSaid().forEach(said -> assertTrue(said.startsWith("2: NOT_ALLOWED client="), said));
        rig.release(1, next(), ALICE, 2, TOKEN_1);
        assertEquals(List.of("1: Released", "3: Granted client=30 request=1 token=2 remaining=1000"), rig.takeSaid());
    }

    @Test
    void operatorsChangeRulesAndSeeThemInPages() {
        rig.term(0, timestamp);
        open(1, "root", "root");
        final int rules = 2 * AccessPublisher.RULES_PER_PAGE_MAX;
        for (int i = 1; i < rules; i++) {
            rig.changeAccess(1, next(), change(ROOT, i, i, true, "alice", "p" + (char) ('a' + i), 1));
        }
        assertEquals("1: Access client=1 request=1 revision=2 rules=2 from=0 more=0 1/alice/pb", rig.said.get(0));
        rig.changeAccess(1, next(), change(ROOT, 1, 1, true, "alice", "pb", 1));
        rig.changeAccess(1, next(), change(ROOT, 90, rules, true, "al:ice", "", 1));
        rig.changeAccess(1, next(), change(ROOT, 91, rules, false, "alice", "pb", 1));
        rig.takeSaid();

        rig.describeAccess(1, next(), ROOT, 92, 0);
        rig.describeAccess(1, next(), ROOT, 93, AccessPublisher.RULES_PER_PAGE_MAX);
        rig.describeAccess(1, next(), ROOT, 94, Integer.MAX_VALUE);
        rig.describeAccess(1, next(), ROOT, 95, -1);

        final List<String> said = rig.takeSaid();
        assertTrue(said.get(0).contains("rules=" + (rules - 1) + " from=0 more=1 1/alice/pc 1/alice/pd"), said.get(0));
        assertTrue(said.get(1).endsWith("15/root/") && said.get(1).contains(" more=0 "), said.get(1));
        assertTrue(said.get(2).endsWith("from=" + (rules - 1) + " more=0"), said.get(2));
        assertTrue(said.get(3).contains(" from=0 more=1 "), said.get(3));
        assertEquals(1, rig.counters.refusals(LeaseVerdict.ACCESS_CHANGED));
        assertEquals(1, rig.counters.refusals(LeaseVerdict.BAD_RULE));
    }

    @Test
    void rulesOfTheLongestNamesFillAPageAndTheTableIsBounded() {
        rig.term(0, timestamp);
        open(1, "root", "root");
        final String principal = "p".repeat(Principal.NAME_LENGTH_MAX);
        for (int i = 1; i < AccessTable.RULES_MAX; i++) {
            final String prefix = String.format("%0128d", i);
            rig.changeAccess(1, next(), change(ROOT, i, i, true, principal, prefix, 1));
        }
        rig.takeSaid();
        rig.changeAccess(1, next(), change(ROOT, 5000, AccessTable.RULES_MAX, true, "bob", "", 1));
        rig.describeAccess(1, next(), ROOT, 5001, 0);

        assertEquals(1, rig.counters.refusals(LeaseVerdict.TOO_MANY_RULES));
        assertEquals(AccessPublisher.RULES_PER_PAGE_MAX, rig.takeSaid().get(1).split("1/" + principal, -1).length - 1);
        assertEquals(0, rig.counters.egressFailures());
    }

    @Test
    void whoMayNotWatchAnyMoreHearsNothingMore() {
        rig.term(0, timestamp);
        open(1, "root", "root");
        open(2, "alice", "root");
        rig.changeAccess(1, next(), change(ROOT, 1, 1, true, "alice", "or", 4));
        rig.watch(2, next(), ALICE, 1, "or");
        rig.acquire(1, next(), ROOT, 2, 0);
        rig.watch(1, next(), ROOT, 3, "");
        rig.list(2, next(), ALICE, 2, "o");
        rig.list(2, next(), ALICE, 3, "ord");
        rig.takeSaid();

        rig.changeAccess(1, next(), change(ROOT, 4, 2, false, "alice", "or", 4));
        rig.release(1, next(), ROOT, 5, TOKEN_1);

        assertEquals(
                List.of(
                        "1: Access client=1 request=4 revision=3 rules=1 from=0 more=0 0/alice/or",
                        "1: Released",
                        "2: Dropped watch=1 revision=0",
                        "1: Dropped watch=3 revision=0"),
                rig.takeSaid());
        rig.watch(2, next(), ALICE, 1, "or");
        rig.watch(1, next(), ROOT, 3, "");
        rig.acquire(1, next(), ROOT, 6, 0);
        final List<String> said = rig.takeSaid();
        assertEquals("2: NOT_ALLOWED client=2 token=0 holder=0 end=UNKNOWN", said.get(0));
        assertTrue(said.stream().skip(1).allMatch(line -> line.startsWith("1: ")), said::toString);
        rig.service.doBackgroundWork(0);
        assertEquals(1, rig.counters.watches());
    }

    @Test
    void aSnapshotKeepsWhoMayDoWhatAndWhoseAClientIs() {
        rig.term(0, timestamp);
        open(1, "root", "root");
        open(2, "alice", "root");
        rig.changeAccess(1, next(), change(ROOT, 1, 1, true, "alice", "", 5));
        rig.acquire(2, next(), ALICE, 1, 0);
        rig.watch(2, next(), ALICE, 2, "");

        final ServiceRig copy = new ServiceRig().startFrom(rig.snapshot(), rig.logPosition());

        assertEquals(rig.snapshot().size(), copy.snapshot().size());
        for (int i = 0; i < rig.snapshot().size(); i++) {
            assertArrayEquals(rig.snapshot().get(i), copy.snapshot().get(i));
        }
        copy.knows(1, principal("root", "root"));
        copy.knows(2, principal("alice", "root"));
        copy.open(3, 2000, principal("bob", "bob"));
        copy.release(3, 2000, ALICE, 3, TOKEN_1);
        copy.message(3, 2000, copy.commands().unwatch(BOB, 1, 2));
        copy.acquire(3, 2000, BOB, 2, 0);
        copy.release(2, 2000, ALICE, 3, TOKEN_1);
        copy.changeAccess(1, 2000, change(ROOT, 1, 1, true, "alice", "", 5));
        assertEquals(
                List.of(
                        "3: NOT_ALLOWED client=2 token=0 holder=0 end=UNKNOWN",
                        "3: Unwatched watch=2",
                        "3: NOT_ALLOWED client=3 token=0 holder=0 end=UNKNOWN",
                        "2: Released",
                        "2: Dropped watch=2 revision=0",
                        "1: Access client=1 request=1 revision=2 rules=2 from=0 more=0 5/alice/"),
                copy.takeSaid());
    }

    private long next() {
        return ++timestamp;
    }

    private void open(final long sessionId, final String name, final String operator) {
        rig.open(sessionId, next(), principal(name, operator));
    }

    private static byte[] principal(final String name, final String operator) {
        return new SessionPrincipal(new Principal(name), new Principal(operator)).encode();
    }

    private static AccessChange change(
            final long clientId,
            final long requestId,
            final long revision,
            final boolean isAllowed,
            final String principal,
            final String prefix,
            final int rights) {
        return new AccessChange(clientId, requestId, revision, isAllowed, new AccessRule(principal, prefix, rights));
    }
}
