package io.fencegate.sequencer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.core.grant.Token;
import io.fencegate.sequencer.TestClient.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes that lose their leader: what was said stands, time stands still meanwhile, and the next one goes on. */
class LostLeaderTest {
    private static final long DAN = 0xD000_0000_0000_0004L;
    private static final long TTL_MS = 60_000;

    @TempDir
    private Path directory;

    private final TokenLedger ledger = new TokenLedger();
    private final Failover failover = new Failover("three");
    private TestCluster cluster;
    private TestClient client;
    private HeldQueue queue;
    private long request = 2000;

    @Test
    void leadersAreCutOffAndDieWithoutAWordAndAFollowerGoesDeaf() {
        try (TestNetwork network = TestNetwork.open();
                TestCluster three = new TestCluster(3, directory, network);
                TestClient outside = new TestClient(directory.resolve("client"), three.ingressEndpoints())) {
            cluster = three;
            client = outside;
            client.tell(ledger);
            queue = new HeldQueue(client);

            cutOff(network);
            kill(network);
            deafen(network);

            final Answer bob = queue.release();
            assertTrue(bob.token() > ledger.highestBut(bob.token()), bob::toString);
        }
    }

    /** Its followers hear the end of its log, and do not wait until it is late with a heartbeat. */
    @Test
    void aLeaderThatEndsInGoodOrderIsReplacedAtOnce() {
        final SequencerTimings patient = new SequencerTimings(50, 20_000, 300, 40_000, 5000, 20);
        try (TestCluster three = new TestCluster(3, directory, patient);
                TestClient outside = new TestClient(directory.resolve("client"), three.ingressEndpoints())) {
            cluster = three;
            client = outside;
            queue = new HeldQueue(client);

            final int leader = cluster.awaitLeader();
            final long lostNs = System.nanoTime();
            cluster.stop(leader);
            final long tookNs = nextGrant(leader, lostNs);
            failover.tell("3 leader=stopped", patient, tookNs);
            assertTrue(tookNs < TimeUnit.MILLISECONDS.toNanos(patient.heartbeatTimeoutMs()));
            queue.check();
            queue.release();
        }
    }

    /** The leader and a client are alone: it says nothing to that client which the others do not know better. */
    private void cutOff(final TestNetwork network) {
        try (TestClient prisoner = new TestClient(directory.resolve("prisoner"), cluster.ingressEndpoints())) {
            final Answer before = acquire(prisoner, "contested");
            final List<Answer> toldToThePrisoner = new ArrayList<>();
            prisoner.tell(ledger);
            prisoner.tell(toldToThePrisoner::add);
            final int old = cluster.awaitLeader();

            network.isolate(cluster.driver(old), prisoner.aeronDirectory());
            final long lostNs = System.nanoTime();
            final long askedOld = ++request;
            prisoner.mutter(prisoner.commands.acquire(DAN, askedOld, TTL_MS, 0, "wanted"));
            failover.tell("3 leader=isolated", TestCluster.TIMINGS, nextGrant(old, lostNs));
            queue.check();
            queue.awaitExpiry();
            release(before);
            final Answer after = acquire(client, "contested");
            Await.until(() -> {
                prisoner.mutter(prisoner.commands.describe(DAN, 1, "contested"));
                return !cluster.node(old).isLeader();
            });
            assertEquals(List.of(), toldToThePrisoner);

            network.heal();
            describe(prisoner, after.token());
            toldToThePrisoner.stream()
                    .filter(answer -> answer.kind().equals("Described"))
                    .forEach(answer -> assertEquals(after.token(), answer.token(), answer::toString));
            final int length = prisoner.commands.acquire(DAN, askedOld, TTL_MS, 0, "wanted");
            assertTrue(prisoner.insist(length, askedOld).token() > after.token());
            cluster.awaitAllApplied();
            assertEquals(0, cluster.node(old).counters().egressFailures());
        }
    }

    /** Nobody hears a farewell of the leader. */
    private void kill(final TestNetwork network) {
        final int dead = cluster.awaitLeader();
        network.isolate(cluster.driver(dead));
        final long lostNs = System.nanoTime();
        cluster.stop(dead);
        failover.tell("3 leader=killed", TestCluster.TIMINGS, nextGrant(dead, lostNs));
        queue.check();

        network.heal();
        cluster.start(dead);
        cluster.awaitAllApplied();
        queue.check();
    }

    /** A follower that does not hear its leader, but the other one, disturbs nobody. */
    private void deafen(final TestNetwork network) {
        final int leader = cluster.awaitLeader();
        final int deaf = cluster.runningBut(leader).get(0);
        final long term = cluster.node(leader).leadershipTerm();
        network.cut(cluster.driver(leader), cluster.driver(deaf));
        cluster.awaitElection(deaf);
        acquire(client, "while-one-is-deaf");
        queue.check();

        network.heal();
        cluster.awaitAllApplied();
        assertEquals(leader, cluster.awaitLeader());
        assertEquals(term, cluster.node(leader).leadershipTerm());
    }

    /** Asks until somebody grants, and notes for how long there was surely no leader. Returns how long it took. */
    private long nextGrant(final int lost, final long lostNs) {
        final List<Integer> others = cluster.runningBut(lost);
        final long[] leaderlessNs = {lostNs};
        final long id = ++request;
        final int length = client.commands.acquire(DAN, id, TTL_MS, 0, "next-to-" + id);
        final Answer granted = Await.given(
                () -> {
                    final long nowNs = System.nanoTime();
                    if (others.stream().noneMatch(i -> cluster.node(i).isLeader())) {
                        leaderlessNs[0] = nowNs;
                    }
                    return client.tryInsist(length, id);
                },
                () -> "no grant after the loss of member=" + lost);
        final long tookNs = System.nanoTime() - lostNs;
        queue.leaderless(lostNs, leaderlessNs[0]);
        assertEquals("Granted", granted.kind());
        assertTrue(Token.term(granted.token()) > Token.term(queue.token()), granted::toString);
        return tookNs;
    }

    private Answer acquire(final TestClient asking, final String name) {
        final long id = ++request;
        final Answer granted = asking.insist(asking.commands.acquire(DAN, id, TTL_MS, 0, name), id);
        assertEquals("Granted", granted.kind());
        return granted;
    }

    private void release(final Answer grant) {
        final long id = ++request;
        final int length =
                client.commands.release(DAN, id, grant.token(), grant.names().get(0));
        assertEquals("Released", client.insist(length, id).kind());
    }

    private void describe(final TestClient asking, final long token) {
        final long id = ++request;
        assertEquals(
                token,
                asking.insist(asking.commands.describe(DAN, id, "contested"), id)
                        .token());
    }
}
