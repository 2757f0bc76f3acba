package io.fencegate.sequencer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.sequencer.TestClient.Answer;
import java.util.concurrent.TimeUnit;

/**
 * Ann holds a lease, Bob and then Cid wait for it; a second lease, Eve's, runs out soon, and Fay waits for that one. All
 * of it is to outlive whatever happens to the cluster, and time is to pass for it only while there is a leader.
 *
 * <p>One thread.
 */
final class HeldQueue {
    static final long ANN = 0xA000_0000_0000_0001L;

    private static final long BOB = 0xB000_0000_0000_0002L;
    private static final long CID = 0xC000_0000_0000_0003L;
    private static final long EVE = 0xE000_0000_0000_0005L;
    private static final long FAY = 0xF000_0000_0000_0006L;
    private static final long TTL_MS = 60_000;
    private static final long TTL_SHORT_MS = 1_500;
    private static final long ROUNDING_MS = 2;

    private final TestClient client;
    private final Answer ann;
    private final Answer eve;
    private long request;
    private long askedNs;
    private long leaderlessNs;
    private long remainingMs;

    HeldQueue(final TestClient client) {
        this.client = client;
        ann = acquire(ANN, 1, TTL_MS, 0, "orders");
        askedNs = System.nanoTime();
        remainingMs = acquire(ANN, 1, TTL_MS, 0, "orders").remainingMs();
        assertEquals(1, acquire(BOB, 1, TTL_MS, TTL_MS, "orders").place());
        assertEquals(2, acquire(CID, 1, TTL_MS, TTL_MS, "orders").place());
        eve = acquire(EVE, 1, TTL_SHORT_MS, 0, "short");
        assertEquals(1, acquire(FAY, 1, TTL_MS, TTL_MS, "short").place());
        request = 1;
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
        final Answer again = client.insist(client.commands.acquire(ANN, 1, TTL_MS, 0, "orders"), 1);
        final long answeredNs = System.nanoTime();
        assertEquals("Granted", again.kind());
        assertEquals(ann.token(), again.token());
        assertEquals(ann.seal(), again.seal());
        final long passedMs = TimeUnit.NANOSECONDS.toMillis(answeredNs - askedNs - leaderlessNs);
        final long countedMs = remainingMs - again.remainingMs();
        assertTrue(
                countedMs >= 0 && countedMs <= passedMs + ROUNDING_MS,
                () -> "time that counted for the lease, in ms: " + countedMs + " passed=" + passedMs + " leaderless="
                        + TimeUnit.NANOSECONDS.toMillis(leaderlessNs));
        askedNs = againNs;
        leaderlessNs = 0;
        remainingMs = again.remainingMs();
        assertEquals(2, acquire(CID, 1, TTL_MS, TTL_MS, "orders").place());
        assertEquals(1, acquire(BOB, 1, TTL_MS, TTL_MS, "orders").place());
    }

    /** Eve's lease runs out by itself, and Fay is told of hers without asking. */
    void awaitExpiry() {
        final Answer fay = client.await(a -> a.clientId() == FAY && a.kind().equals("Granted"));
        assertTrue(fay.token() > eve.token(), fay::toString);
    }

    /** Ann ends her lease, and Bob, who waits longer than Cid, is told of his without asking. */
    Answer release() {
        request++;
        assertEquals(
                "Released",
                client.insist(client.commands.release(ANN, request, ann.token(), "orders"), request)
                        .kind());
        final Answer bob = client.await(a -> a.clientId() == BOB && a.kind().equals("Granted"));
        assertTrue(bob.token() > ann.token(), bob::toString);
        assertEquals(1, acquire(CID, 1, TTL_MS, TTL_MS, "orders").place());
        return bob;
    }

    private Answer acquire(
            final long clientId, final long requestId, final long ttlMs, final long waitMs, final String name) {
        return client.call(
                client.commands.acquire(clientId, requestId, ttlMs, waitMs, name),
                answer -> answer.clientId() == clientId && answer.requestId() == requestId);
    }
}
