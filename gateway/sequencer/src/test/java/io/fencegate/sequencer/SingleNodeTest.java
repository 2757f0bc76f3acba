package io.fencegate.sequencer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.grant.Sealer;
import io.fencegate.sequencer.TestClient.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command and answer once through a real cluster of one node. The tests share it, each with its own names. */
class SingleNodeTest {
    private static final long ANN = 0xA000_0000_0000_0001L;
    private static final long BOB = 0xB000_0000_0000_0002L;
    private static final long TTL_MS = 60_000;

    @TempDir
    private static Path directory;

    private static TestCluster cluster;
    private static TestClient client;
    private static long request = 1000;

    @BeforeAll
    static void start() {
        cluster = new TestCluster(1, directory);
        client = new TestClient(directory.resolve("client"), cluster.ingressEndpoints());
    }

    @AfterAll
    static void stop() {
        client.close();
        cluster.close();
    }

    @Test
    void aGrantBearsTheSealOfItsTokenClientAndResource() {
        final Answer granted = acquire(ANN, "sealed", TTL_MS, 0);

        assertEquals("Granted", granted.kind());
        final byte[] name = "sealed".getBytes(StandardCharsets.UTF_8);
        assertTrue(Sealer.of(TestCluster.KEY)
                .verifies(granted.seal(), granted.token(), ANN, new UnsafeBuffer(name), 0, name.length));
    }

    @Test
    void aRepeatedRequestGetsTheSameTokenAndAnotherContentIsRefused() {
        final long id = ++request;
        final Answer first = client.call(client.acquire(ANN, id, TTL_MS, 0, "repeated"), id);
        final Answer repeat = client.call(client.acquire(ANN, id, TTL_MS, 0, "repeated"), id);
        final Answer other = client.call(client.acquire(ANN, id, TTL_MS, 0, "other"), id);

        assertEquals(first.token(), repeat.token());
        assertEquals(first.seal(), repeat.seal());
        assertTrue(repeat.remainingMs() <= first.remainingMs());
        assertEquals(LeaseVerdict.REQUEST_MISMATCH, other.verdict());
    }

    @Test
    void anotherClientIsDeniedOrQueuedAndGetsAHigherTokenAtTheRelease() {
        final Answer ann = acquire(ANN, "shared", TTL_MS, 0);
        final Answer denied = acquire(BOB, "shared", TTL_MS, 0);
        final Answer queued = acquire(BOB, "shared", TTL_MS, 30_000);

        assertEquals("Denied", denied.kind());
        assertEquals(ann.token(), denied.token());
        assertTrue(denied.remainingMs() > 0 && denied.remainingMs() <= TTL_MS, denied::toString);
        assertEquals("Queued", queued.kind());
        assertEquals(1, queued.place());

        final Answer released = client.call(client.release(ANN, ++request, ann.token(), "shared"), request);
        final Answer pushed = client.await(a -> a.requestId() == queued.requestId());

        assertEquals("Released", released.kind());
        assertEquals("Granted", pushed.kind());
        assertEquals(BOB, pushed.clientId());
        assertTrue(pushed.token() > ann.token());
        assertEquals(List.of("shared"), pushed.names());
    }

    @Test
    void aLeaseThatRunsOutIsGrantedToTheWaiterAndItsHolderHasLostIt() {
        final Answer ann = acquire(ANN, "expiring", 200, 0);
        final Answer queued = acquire(BOB, "expiring", TTL_MS, 30_000);
        assertEquals("Queued", queued.kind());

        final Answer pushed = client.await(a -> a.requestId() == queued.requestId());
        final Answer late = client.call(client.renew(ANN, ++request, ann.token(), 200, "expiring"), request);
        final Answer kept = client.call(client.renew(BOB, ++request, pushed.token(), TTL_MS, "expiring"), request);

        assertEquals("Granted", pushed.kind());
        assertTrue(pushed.token() > ann.token());
        assertEquals(LeaseVerdict.LEASE_LOST, late.verdict());
        assertEquals(pushed.token(), late.token());
        assertEquals("Renewed", kept.kind());
        assertEquals(pushed.seal(), kept.seal());
        assertTrue(kept.remainingMs() > 10_000, kept::toString);
    }

    @Test
    void aWaitThatRunsOutIsTold() {
        acquire(ANN, "held", TTL_MS, 0);
        final Answer queued = acquire(BOB, "held", TTL_MS, 100);
        assertEquals("Queued", queued.kind());

        final Answer over = client.await(a -> a.requestId() == queued.requestId());

        assertEquals(LeaseVerdict.WAIT_TIMED_OUT, over.verdict());
    }

    @Test
    void aWaiterWhoseSessionBrokeHearsItsGrantWhenItAsksAgain() {
        final Answer ann = acquire(ANN, "broken-session", TTL_MS, 0);
        final long id = ++request;
        assertEquals(
                "Queued",
                client.call(client.acquire(BOB, id, TTL_MS, 30_000, "broken-session"), id)
                        .kind());
        client.dropSession();
        client.call(client.release(ANN, ++request, ann.token(), "broken-session"), request);

        final Answer granted = client.call(
                client.acquire(BOB, id, TTL_MS, 30_000, "broken-session"),
                a -> a.kind().equals("Granted"));

        assertTrue(granted.token() > ann.token());
    }

    @Test
    void leasesAreListedInPagesOfOneFragment() {
        final List<String> expected = new ArrayList<>();
        for (int i = 10; i < 60; i++) {
            final String name = "list/" + i + "/" + "x".repeat(100);
            expected.add(name);
            assertEquals("Granted", acquire(ANN, name, TTL_MS, 0).kind());
        }

        final List<String> names = new ArrayList<>();
        int pages = 0;
        Answer page;
        do {
            final String after = names.isEmpty() ? "" : names.get(names.size() - 1);
            page = client.call(client.list(BOB, ++request, "list/", after), request);
            names.addAll(page.names());
            pages++;
        } while (page.more());

        assertEquals(expected, names);
        assertTrue(pages > 4 && pages < 8, "pages=" + pages);
        assertFalse(
                client.call(client.list(BOB, ++request, "nobody/", ""), request).more());
    }

    @Test
    void whatIsOutOfRangeIsRefusedByName() {
        assertEquals(
                LeaseVerdict.TTL_OUT_OF_RANGE, acquire(ANN, "limits", 49, 0).verdict());
        assertEquals(
                LeaseVerdict.WAIT_OUT_OF_RANGE,
                acquire(ANN, "limits", TTL_MS, -1).verdict());
        assertEquals(LeaseVerdict.BAD_NAME, acquire(ANN, "a\nb", TTL_MS, 0).verdict());
        assertEquals(LeaseVerdict.BAD_NAME, acquire(ANN, "", TTL_MS, 0).verdict());
    }

    @Test
    void garbageIsRefusedAndCountedAndTheNextCommandIsServed() {
        final long before = cluster.node(0).counters().refusals(LeaseVerdict.MALFORMED);
        final Random random = new Random(7);
        for (int i = 0; i < 60; i++) {
            final byte[] garbage = new byte[random.nextInt(i < 50 ? 200 : 4000)];
            random.nextBytes(garbage);
            client.send(client.bytes(garbage));
        }
        final Answer refused = client.await(a -> a.verdict() == LeaseVerdict.MALFORMED);
        final Answer granted = acquire(ANN, "after-garbage", TTL_MS, 0);

        assertEquals(0, refused.requestId());
        assertEquals("Granted", granted.kind());
        assertEquals(before + 60, cluster.node(0).counters().refusals(LeaseVerdict.MALFORMED));
    }

    private static Answer acquire(final long clientId, final String name, final long ttlMs, final long waitMs) {
        final long id = ++request;
        return client.call(client.acquire(clientId, id, ttlMs, waitMs, name), id);
    }
}
