package io.fencegate.sequencer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.Aeron;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.grant.Sealer;
import io.fencegate.core.lease.command.LeaseLimits;
import io.fencegate.sequencer.TestClient.Answer;
import io.fencegate.sequencer.counters.SequencerCounters;
import io.fencegate.sequencer.counters.SequencerCountersDescriptor;
import io.fencegate.sequencer.counters.SequencerCountersDescriptor.Limit;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersReader;
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
        final Answer first = client.call(client.commands.acquire(ANN, id, TTL_MS, 0, "repeated"), id);
        final Answer repeat = client.call(client.commands.acquire(ANN, id, TTL_MS, 0, "repeated"), id);
        final Answer other = client.call(client.commands.acquire(ANN, id, TTL_MS, 0, "other"), id);

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

        final Answer released = client.call(client.commands.release(ANN, ++request, ann.token(), "shared"), request);
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
        final Answer late = client.call(client.commands.renew(ANN, ++request, ann.token(), 200, "expiring"), request);
        final Answer kept =
                client.call(client.commands.renew(BOB, ++request, pushed.token(), TTL_MS, "expiring"), request);

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
                client.call(client.commands.acquire(BOB, id, TTL_MS, 30_000, "broken-session"), id)
                        .kind());
        client.dropSession();
        client.call(client.commands.release(ANN, ++request, ann.token(), "broken-session"), request);

        final Answer granted = client.call(
                client.commands.acquire(BOB, id, TTL_MS, 30_000, "broken-session"),
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
            page = client.call(client.commands.list(BOB, ++request, "list/", after), request);
            names.addAll(page.names());
            pages++;
        } while (page.more());

        assertEquals(expected, names);
        assertTrue(pages > 4 && pages < 8, "pages=" + pages);
        assertFalse(client.call(client.commands.list(BOB, ++request, "nobody/", ""), request)
                .more());
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
    void aWaitIsCancelledALeaseIsRevokedAndDescribed() {
        final Answer ann = acquire(ANN, "revoked", TTL_MS, 0);
        final Answer queued = acquire(BOB, "revoked", TTL_MS, 30_000);
        final long cancel = ++request;
        final Answer cancelled =
                client.call(client.commands.cancelWait(BOB, cancel, queued.requestId(), "revoked"), cancel);
        final Answer described = client.call(client.commands.describe(BOB, ++request, "revoked"), request);
        final Answer revoked = client.call(client.commands.revoke(BOB, ++request, ann.token(), "revoked"), request);
        final Answer lost = client.call(client.commands.renew(ANN, ++request, ann.token(), TTL_MS, "revoked"), request);

        assertEquals("WaitCancelled", cancelled.kind());
        assertEquals(
                LeaseVerdict.WAIT_CANCELLED,
                client.await(a -> a.requestId() == queued.requestId()).verdict());
        assertEquals(List.of(ann.token(), ANN, 0L), List.of(described.token(), described.holder(), (long)
                described.place()));
        assertEquals(ANN, revoked.holder());
        assertTrue(revoked.token() > ann.token(), revoked::toString);
        final byte[] name = "revoked".getBytes(StandardCharsets.UTF_8);
        assertTrue(Sealer.of(TestCluster.KEY)
                .verifies(revoked.seal(), revoked.token(), BOB, new UnsafeBuffer(name), 0, name.length));
        assertEquals(LeaseVerdict.LEASE_LOST, lost.verdict());
    }

    @Test
    void aWatcherThatDoesNotListenIsDroppedAndToldSoAndOthersAreServed() {
        final SequencerCounters counters = cluster.node(0).counters();
        try (TestClient watcher = new TestClient(directory.resolve("watcher"), cluster.ingressEndpoints())) {
            watcher.call(watcher.commands.watch(BOB, 1, "flood/"), 1);
            final long before = counters.watchesDropped();
            Await.until(() -> {
                final long id = ++request;
                client.send(client.commands.acquire(ANN, id, 1_000, 0, "flood/" + id));
                client.hear();
                watcher.keepAlive();
                return counters.watchesDropped() > before;
            });
            assertEquals("Granted", acquire(ANN, "after-the-flood", TTL_MS, 0).kind());

            final Answer dropped = watcher.await(a -> a.kind().equals("WatchDropped"));
            final Answer again = watcher.call(
                    watcher.commands.watch(BOB, 1, "flood/"), a -> a.kind().equals("Watching"));

            assertTrue(again.revision() > dropped.revision() && dropped.revision() > 0, dropped::toString);
            final Answer unwatched = watcher.call(
                    watcher.commands.unwatch(BOB, 2, 1), a -> a.kind().equals("Unwatched"));
            assertEquals(BOB, unwatched.clientId());
        }
    }

    @Test
    void anotherProcessReadsTheNodesCounters() {
        final Map<String, Long> shown = new TreeMap<>();
        acquire(ANN, "counted", TTL_MS, 0);
        acquire(BOB, "counted", TTL_MS, 0);
        try (Aeron reader = Aeron.connect(new Aeron.Context()
                .aeronDirectoryName(cluster.config(0).aeronDirectory().toString()))) {
            Await.until(() -> {
                final CountersReader counters = reader.countersReader();
                counters.forEach((counterId, typeId, key, label) -> {
                    if (SequencerCountersDescriptor.isType(typeId)) {
                        assertEquals(0, SequencerCountersDescriptor.memberId(key));
                        shown.put(
                                typeId + "/" + SequencerCountersDescriptor.code(key),
                                counters.getCounterValue(counterId));
                    }
                });
                return shown.getOrDefault("5208/" + LeaseVerdict.DENIED.code(), 0L) > 0
                        && shown.getOrDefault("5201/0", 0L) > 0
                        && shown.getOrDefault("5200/0", 0L) > 0;
            });
        }
        assertEquals((long) LeaseLimits.DEFAULT.watches(), shown.get("5209/" + Limit.WATCHES.code()));
        assertEquals(
                (long) LeaseLimits.DEFAULT.watchesPerSession(), shown.get("5209/" + Limit.WATCHES_PER_SESSION.code()));
        assertEquals((long) LeaseLimits.DEFAULT.leases(), shown.get("5209/" + Limit.LEASES.code()));
        assertEquals(TestCluster.KEY.fingerprint(), shown.get("5210/0"));
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
        return client.call(client.commands.acquire(clientId, id, ttlMs, waitMs, name), id);
    }
}
