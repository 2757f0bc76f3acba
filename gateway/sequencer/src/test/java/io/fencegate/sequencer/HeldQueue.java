package io.fencegate.sequencer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.sequencer.TestClient.Answer;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Ann holds a lease, Bob and then Cid wait for it; a second lease, Eve's, runs out soon, and Fay waits for that one. All
 * of it is to outlive whatever happens to the cluster, and time is to pass for it only while there is a leader.
 *
 * <p>One thread.
 */
final class HeldQueue {
    private static final long ANN = 0xA000_0000_0000_0001L;
    private static final long BOB = 0xB000_0000_0000_0002L;
    private static final long CID = 0xC000_0000_0000_0003L;
    private static final long EVE = 0xE000_0000_0000_0005L;
    private static final long FAY = 0xF000_0000_0000_0006L;
    private static final long GUS = 0x6000_0000_0000_0007L;
    private static final long TTL_MS = 60_000;
    private static final long TTL_SHORT_MS = 1_500;
    private static final long ROUNDING_MS = 2;

    private final TestClient client;
    private final Answer ann;
    private final Answer eve;
    private long request = 1000;
    private long askedNs;
    private long leaderlessNs;
    private long remainingMs;

    HeldQueue(final TestClient client) {
        this.client = client;
        ann = acquire(ANN, TTL_MS, 0, "orders");
        assertEquals("Granted", ann.kind());
        assertEquals(1, acquire(BOB, TTL_MS, TTL_MS, "orders").place());
        assertEquals(2, acquire(CID, TTL_MS, TTL_MS, "orders").place());
        askedNs = System.nanoTime();
        remainingMs = describe().remainingMs();
        eve = acquire(EVE, TTL_SHORT_MS, 0, "short");
        assertEquals(1, acquire(FAY, TTL_MS, TTL_MS, "short").place());
    }

    long token() {
        return ann.token();
    }

    /** For so long there was no leader, since this was checked last. */
    void leaderless(final long fromNs, final long untilNs) {
        leaderlessNs += Math.max(0, untilNs - fromNs);
    }

    /** Ann's grant, both places in the queue, and what is left of Ann's lease, are as they should be. */
    void check() {
        final long againNs = System.nanoTime();
        final Answer described = describe();
        final long passedMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - askedNs - leaderlessNs);
        assertEquals(List.of(ANN, ann.token(), 2L), List.of(described.holder(), described.token(), (long)
                described.place()));
        final long countedMs = remainingMs - described.remainingMs();
        assertTrue(
                countedMs >= 0 && countedMs <= passedMs + ROUNDING_MS,
                () -> "time that counted for the lease, in ms: " + countedMs + " passed=" + passedMs + " leaderless="
                        + TimeUnit.NANOSECONDS.toMillis(leaderlessNs));
        askedNs = againNs;
        leaderlessNs = 0;
        remainingMs = described.remainingMs();
        final Answer again = acquire(ANN, TTL_MS, 0, "orders");
        assertEquals(List.of("Granted", ann.token(), ann.seal()), List.of(again.kind(), again.token(), again.seal()));
        assertEquals(2, acquire(CID, TTL_MS, TTL_MS, "orders").place());
        assertEquals(1, acquire(BOB, TTL_MS, TTL_MS, "orders").place());
    }

    /** Who holds what Ann held, asked by this client. */
    Answer describe() {
        request++;
        return client.insist(client.commands.describe(GUS, request, "orders"), request);
    }

    /** Eve's lease runs out by itself, and Fay is told of hers without asking. */
    void awaitExpiry() {
        final Answer fay = client.await(a -> a.clientId() == FAY && a.kind().equals("Granted"));
        assertTrue(fay.token() > eve.token(), fay::toString);
    }

    /** Ann ends her lease, and Bob, who waits longer than Cid, is told of his without asking. */
    Answer release() {
        request++;
        final Answer released = client.insist(client.commands.release(ANN, request, ann.token(), "orders"), request);
        assertEquals("Released", released.kind());
        final Answer bob = client.await(a -> a.clientId() == BOB && a.kind().equals("Granted"));
        assertTrue(bob.token() > ann.token(), bob::toString);
        final Answer described = describe();
        assertEquals(List.of(BOB, bob.token(), 1L), List.of(described.holder(), described.token(), (long)
                described.place()));
        return bob;
    }

    /** The first request of each client, also when it is repeated. */
    private Answer acquire(final long clientId, final long ttlMs, final long waitMs, final String name) {
        client.forget(answer -> answer.clientId() == clientId && answer.requestId() == 1);
        return client.call(
                client.commands.acquire(clientId, 1, ttlMs, waitMs, name),
                answer -> answer.clientId() == clientId && answer.requestId() == 1);
    }
}
