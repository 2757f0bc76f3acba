package io.fencegate.sequencer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.core.grant.Token;
import io.fencegate.sequencer.TestClient.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes whose leader is cut off, or dies without a word: what was said stands, and the next one goes on. */
class LostLeaderTest {
    private static final long DAN = 0xD000_0000_0000_0004L;
    private static final long TTL_MS = 60_000;

    @TempDir
    private Path directory;

    private final TokenLedger ledger = new TokenLedger();
    private final Failover failover = new Failover("three");
    private long request = 2000;

    @Test
    void aLeaderThatIsCutOffAnswersNothingAndWhatItKnewStands() {
        try (TestNetwork network = TestNetwork.open();
                TestCluster cluster = new TestCluster(3, directory, network);
                TestClient client = new TestClient(directory.resolve("client"), cluster.ingressEndpoints());
                TestClient prisoner = new TestClient(directory.resolve("prisoner"), cluster.ingressEndpoints())) {
            final List<Answer> toldToThePrisoner = new ArrayList<>();
            client.tell(ledger);
            prisoner.tell(ledger);
            final HeldQueue queue = new HeldQueue(client);
            acquire(prisoner, "prison");
            prisoner.tell(toldToThePrisoner::add);

            final int old = cluster.awaitLeader();
            network.isolate(cluster.driver(old), prisoner.aeronDirectory());
            final long lostNs = System.nanoTime();
            final long askedOld = ++request;
            prisoner.mutter(prisoner.commands.acquire(DAN, askedOld, TTL_MS, 0, "wanted"));
            final Answer next = nextGrant(cluster, client, old, lostNs, queue);
            failover.tell("3 leader=isolated", lostNs, System.nanoTime());
            assertTrue(Token.term(next.token()) > Token.term(queue.token()), next::toString);
            queue.check();
            queue.awaitExpiry();
            final Answer bob = queue.release();
            Await.until(() -> {
                prisoner.mutter(prisoner.commands.describe(DAN, request, "orders"));
                return !cluster.node(old).isLeader();
            });
            assertEquals(List.of(), toldToThePrisoner);

            network.heal();
            final Answer described = describe(prisoner);
            assertEquals(bob.token(), described.token());
            toldToThePrisoner.stream()
                    .filter(answer -> answer.kind().equals("Described"))
                    .forEach(answer -> assertEquals(bob.token(), answer.token(), answer::toString));
            final Answer wanted =
                    prisoner.insist(prisoner.commands.acquire(DAN, askedOld, TTL_MS, 0, "wanted"), askedOld);
            assertTrue(wanted.token() > bob.token(), wanted::toString);
            cluster.awaitAllApplied();
            assertEquals(0, cluster.node(old).counters().egressFailures());
        }
    }

    @Test
    void aLeaderThatDiesWithoutAWordIsReplacedAndComesBackAsAFollower() {
        try (TestNetwork network = TestNetwork.open();
                TestCluster cluster = new TestCluster(3, directory, network);
                TestClient client = new TestClient(directory.resolve("client"), cluster.ingressEndpoints())) {
            client.tell(ledger);
            final HeldQueue queue = new HeldQueue(client);

            final int dead = cluster.awaitLeader();
            network.isolate(cluster.driver(dead));
            final long lostNs = System.nanoTime();
            cluster.stop(dead);
            final Answer next = nextGrant(cluster, client, dead, lostNs, queue);
            failover.tell("3 leader=killed", lostNs, System.nanoTime());
            assertTrue(Token.term(next.token()) > Token.term(queue.token()), next::toString);
            queue.check();

            network.heal();
            cluster.start(dead);
            cluster.awaitAllApplied();
            queue.check();
            queue.release();
        }
    }

    @Test
    void aFollowerThatDoesNotHearItsLeaderDisturbsNobody() {
        try (TestNetwork network = TestNetwork.open();
                TestCluster cluster = new TestCluster(3, directory, network);
                TestClient client = new TestClient(directory.resolve("client"), cluster.ingressEndpoints())) {
            client.tell(ledger);
            final HeldQueue queue = new HeldQueue(client);
            final int leader = cluster.awaitLeader();
            final int deaf = cluster.runningBut(leader).get(0);
            final long term = cluster.node(leader).leadershipTerm();

            network.cut(cluster.driver(leader), cluster.driver(deaf));
            cluster.awaitElection(deaf);
            assertEquals("Granted", acquire(client, "while-one-is-deaf").kind());
            queue.check();

            network.heal();
            cluster.awaitAllApplied();
            assertEquals(leader, cluster.awaitLeader());
            assertEquals(term, cluster.node(leader).leadershipTerm());
            queue.release();
        }
    }

    /** Asks until somebody grants, and notes for how long there was surely no leader. */
    private Answer nextGrant(
            final TestCluster cluster,
            final TestClient client,
            final int lost,
            final long lostNs,
            final HeldQueue queue) {
        final List<Integer> others = cluster.runningBut(lost);
        final long[] leaderlessNs = {lostNs};
        final long id = ++request;
        final int length = client.commands.acquire(DAN, id, TTL_MS, 0, "next");
        final Answer granted = Await.given(
                () -> {
                    final long nowNs = System.nanoTime();
                    if (others.stream().noneMatch(i -> cluster.node(i).isLeader())) {
                        leaderlessNs[0] = nowNs;
                    }
                    return client.tryInsist(length, id);
                },
                () -> "no grant after the loss of member=" + lost);
        queue.leaderless(lostNs, leaderlessNs[0]);
        assertEquals("Granted", granted.kind());
        return granted;
    }

    private Answer acquire(final TestClient client, final String name) {
        final long id = ++request;
        return client.insist(client.commands.acquire(DAN, id, TTL_MS, 0, name), id);
    }

    private Answer describe(final TestClient client) {
        final long id = ++request;
        return client.insist(client.commands.describe(DAN, id, "orders"), id);
    }
}
