package io.fencegate.sequencer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.core.grant.LeaseEventKind;
import io.fencegate.core.grant.Token;
import io.fencegate.sequencer.TestClient.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a cluster of three keeps while its nodes come and go. */
class ThreeNodesTest {
    private static final long ANN = 0xA000_0000_0000_0001L;
    private static final long BOB = 0xB000_0000_0000_0002L;
    private static final long CID = 0xC000_0000_0000_0003L;
    private static final long TTL_MS = 60_000;

    @TempDir
    private Path directory;

    private long request = 1000;

    @Test
    void aLeaseAndItsQueueSurviveTheLeaderAndTokensRise() {
        try (TestCluster cluster = new TestCluster(3, directory);
                TestClient client = new TestClient(directory.resolve("client"), cluster.ingressEndpoints())) {
            final Held held = hold(client);

            final int dead = cluster.awaitLeader();
            cluster.stop(dead);

            checkHeld(client, held);
            final Answer fresh = acquire(client, CID, ++request, 0, "fresh");
            assertEquals("Granted", fresh.kind());
            assertTrue(Token.term(fresh.token()) > Token.term(held.ann.token()), fresh::toString);
            final Answer pushed = release(client, held);
            assertTrue(pushed.token() > fresh.token());

            cluster.start(dead);
            cluster.awaitAllApplied();
            assertEquals(0, cluster.node(dead).counters().egressFailures());
        }
    }

    @Test
    void everythingSurvivesARestartOfTheWholeClusterFromItsLog() {
        try (TestCluster cluster = new TestCluster(3, directory);
                TestClient client = new TestClient(directory.resolve("client"), cluster.ingressEndpoints())) {
            final Held held = hold(client);

            cluster.stopAll();
            client.dropSession();
            cluster.startAll();

            checkHeld(client, held);
            release(client, held);
        }
    }

    @Test
    void everythingSurvivesARestartOfTheWholeClusterFromASnapshot() {
        try (TestCluster cluster = new TestCluster(3, directory);
                TestClient client = new TestClient(directory.resolve("client"), cluster.ingressEndpoints())) {
            final Held held = hold(client);
            cluster.snapshot();
            final Answer behind = acquire(client, CID, ++request, 0, "behind-the-snapshot");

            cluster.stopAll();
            client.dropSession();
            cluster.startAll();

            checkHeld(client, held);
            final Answer repeat = acquire(client, CID, behind.requestId(), 0, "behind-the-snapshot");
            assertEquals(behind.token(), repeat.token());
            release(client, held);
        }
    }

    @Test
    void aWatchGoesOnAcrossTheEndOfItsLeaderAndARestartFromASnapshot() {
        try (TestCluster cluster = new TestCluster(3, directory);
                TestClient client = new TestClient(directory.resolve("client"), cluster.ingressEndpoints())) {
            assertEquals(0, watch(client).revision());
            final Answer ann = acquire(client, ANN, ++request, 0, "orders");
            checkEvent(client, LeaseEventKind.GRANTED, 1, ann.token());

            final int dead = cluster.awaitLeader();
            cluster.stop(dead);
            assertEquals(1, watch(client).revision());
            final Answer cid = acquire(client, CID, ++request, 0, "orders/2");
            checkEvent(client, LeaseEventKind.GRANTED, 2, cid.token());

            cluster.start(dead);
            cluster.awaitAllApplied();
            cluster.snapshot();
            final Answer bob = acquire(client, BOB, ++request, 0, "orders/3");
            checkEvent(client, LeaseEventKind.GRANTED, 3, bob.token());
            cluster.stopAll();
            client.dropSession();
            cluster.startAll();

            assertEquals(3, watch(client).revision());
            final long id = ++request;
            client.call(client.commands.release(ANN, id, ann.token(), "orders"), id);
            checkEvent(client, LeaseEventKind.RELEASED, 4, ann.token());
        }
    }

    private static Answer watch(final TestClient client) {
        return client.call(
                client.commands.watch(ANN, 1, "orders"), a -> a.kind().equals("Watching"));
    }

    private static void checkEvent(
            final TestClient client, final LeaseEventKind kind, final long revision, final long token) {
        final Answer event = client.await(a -> a.kind().equals("LeaseEvent") && a.revision() == revision);
        assertEquals(kind, event.event());
        assertEquals(token, event.token());
    }

    /** Ann holds, Bob and then Cid wait. */
    private record Held(Answer ann, long bobRequest, long cidRequest) {}

    private Held hold(final TestClient client) {
        final Answer ann = acquire(client, ANN, ++request, 0, "orders");
        assertEquals("Granted", ann.kind());
        final long bob = ++request;
        assertEquals(1, acquire(client, BOB, bob, TTL_MS, "orders").place());
        final long cid = ++request;
        assertEquals(2, acquire(client, CID, cid, TTL_MS, "orders").place());
        return new Held(ann, bob, cid);
    }

    private void checkHeld(final TestClient client, final Held held) {
        final Answer ann = acquire(client, ANN, held.ann.requestId(), 0, "orders");
        assertEquals("Granted", ann.kind());
        assertEquals(held.ann.token(), ann.token());
        assertEquals(held.ann.seal(), ann.seal());
        assertTrue(ann.remainingMs() > 0 && ann.remainingMs() <= TTL_MS, ann::toString);
        assertEquals(2, acquire(client, CID, held.cidRequest, TTL_MS, "orders").place());
        assertEquals(1, acquire(client, BOB, held.bobRequest, TTL_MS, "orders").place());
    }

    /** Ann ends her lease, and Bob, who waits longer than Cid, is told of his without asking. */
    private Answer release(final TestClient client, final Held held) {
        final long id = ++request;
        assertEquals(
                "Released",
                client.call(client.commands.release(ANN, id, held.ann.token(), "orders"), id)
                        .kind());
        final Answer bob =
                client.await(a -> a.requestId() == held.bobRequest && a.kind().equals("Granted"));
        assertTrue(bob.token() > held.ann.token(), bob::toString);
        return bob;
    }

    private static Answer acquire(
            final TestClient client, final long clientId, final long id, final long waitMs, final String name) {
        return client.call(client.commands.acquire(clientId, id, TTL_MS, waitMs, name), id);
    }
}
