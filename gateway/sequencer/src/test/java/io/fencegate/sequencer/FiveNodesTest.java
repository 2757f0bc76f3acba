package io.fencegate.sequencer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.sequencer.TestClient.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Five nodes grant without two of them, say nothing without three, and go on where they were when these are back. */
class FiveNodesTest {
    private static final long DAN = 0xD000_0000_0000_0004L;
    private static final long TTL_MS = 60_000;

    /** For so long a client asks in vain. */
    private static final long IN_VAIN_NS = TimeUnit.MILLISECONDS.toNanos(1500);

    @TempDir
    private Path directory;

    private final TokenLedger ledger = new TokenLedger();
    private long request = 2000;

    @Test
    void twoAreLostThenThreeThenNone() {
        try (TestNetwork network = TestNetwork.open();
                TestCluster cluster = new TestCluster(5, directory, network);
                TestClient client = new TestClient(directory.resolve("client"), cluster.ingressEndpoints())) {
            client.tell(ledger);
            final HeldQueue queue = new HeldQueue(client);

            final int dead = cluster.awaitLeader();
            final int deaf = cluster.runningBut(dead).get(0);
            network.isolate(cluster.driver(deaf));
            network.isolate(cluster.driver(dead));
            final long lostNs = System.nanoTime();
            cluster.stop(dead);
            final Answer withoutTwo = acquire(client, "without-two");
            new Failover("five").tell("5 lost=2 leader=killed", TestCluster.TIMINGS, System.nanoTime() - lostNs);
            assertEquals("Granted", withoutTwo.kind());
            queue.check();

            final int lonely = cluster.awaitLeader(cluster.runningBut(deaf));
            final int third = cluster.runningBut(deaf, lonely).get(0);
            final List<Answer> toldInVain = new ArrayList<>();
            network.isolate(cluster.driver(third));
            client.tell(toldInVain::add);
            final long wantedId = ++request;
            final List<Integer> two = cluster.runningBut(deaf, third);
            final long leaderlessNs = askInVain(client, cluster, two, wantedId);
            assertEquals(List.of(), toldInVain);

            final long healedNs = System.nanoTime();
            network.heal();
            cluster.start(dead);
            queue.leaderless(leaderlessNs, healedNs);
            final Answer wanted = client.insist(client.commands.acquire(DAN, wantedId, TTL_MS, 0, "wanted"), wantedId);
            assertTrue(wanted.token() > withoutTwo.token(), wanted::toString);
            queue.check();
            queue.awaitExpiry();
            final Answer bob = queue.release();
            assertTrue(bob.token() > wanted.token(), bob::toString);
            cluster.awaitAllApplied();
        }
    }

    /**
     * Asks the two that are left: as long as one of them believes that it leads, and for a while after that. Returns
     * since when nobody led.
     */
    private long askInVain(
            final TestClient client, final TestCluster cluster, final List<Integer> two, final long wantedId) {
        Await.until(() -> {
            client.mutter(client.commands.acquire(DAN, wantedId, TTL_MS, 0, "wanted"));
            return two.stream().noneMatch(i -> cluster.node(i).isLeader());
        });
        final long leaderlessNs = System.nanoTime();
        final long id = ++request;
        Await.until(() -> {
            client.mutter(client.commands.describe(DAN, id, "orders"));
            return System.nanoTime() - leaderlessNs > IN_VAIN_NS;
        });
        assertTrue(two.stream().noneMatch(i -> cluster.node(i).isLeader()));
        return leaderlessNs;
    }

    private Answer acquire(final TestClient client, final String name) {
        final long id = ++request;
        return client.insist(client.commands.acquire(DAN, id, TTL_MS, 0, name), id);
    }
}
