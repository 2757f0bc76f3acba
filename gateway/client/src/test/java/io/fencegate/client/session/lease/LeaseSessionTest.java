package io.fencegate.client.session.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.core.grant.LeaseVerdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One command and its answers. */
class LeaseSessionTest {
    private static final long CLIENT = 11;
    private static final long REQUEST = 22;

    private final LeaseSession session = new LeaseSession();

    @ParameterizedTest(name = "client {0}, request {1}: due {2}")
    @CsvSource({"11, 22, true", "11, 21, false", "12, 22, false", "0, 0, false"})
    void onlyAnswersToTheCommandUnderWayAreTaken(final long client, final long request, final boolean isDue) {
        session.start(CLIENT, REQUEST);
        assertEquals(isDue, session.isDue(client, request));
    }

    @Test
    void nothingIsDueBeforeTheFirstCommandAndBehindAFinalAnswer() {
        assertFalse(session.isDue(0, 0));
        session.start(CLIENT, REQUEST);
        session.onReleased(7);
        assertTrue(session.isAnswered());
        assertFalse(session.isDue(CLIENT, REQUEST));
    }

    @Test
    void aPlaceInTheQueueIsNotTheLastAnswer() {
        session.start(CLIENT, REQUEST);
        session.onQueued(3);
        assertFalse(session.isAnswered());
        assertEquals(LeaseVerdict.QUEUED, session.verdict());
        assertEquals(3, session.place());
        assertTrue(session.takeHeard());
        assertFalse(session.takeHeard());
        session.onHeld(LeaseVerdict.GRANTED, 7, 8, 20_000, 10_000);
        assertTrue(session.isAnswered());
        assertTrue(session.mustRenew());
    }

    @ParameterizedTest(name = "granted with ttl {0}, remaining {1}: renew at once {2}")
    @CsvSource({"20000, 20000, false", "20000, 10000, true"})
    void aGrantOutOfTheQueueIsRenewedAtOnce(final long ttlMs, final long remainingMs, final boolean mustRenew) {
        session.start(CLIENT, REQUEST);
        session.onHeld(LeaseVerdict.GRANTED, 7, 8, ttlMs, remainingMs);
        assertEquals(mustRenew, session.mustRenew());
        assertEquals(7, session.token());
        assertEquals(8, session.seal());
    }

    @Test
    void aRenewedLeaseNeedsNoOtherRenewal() {
        session.start(CLIENT, REQUEST);
        session.onHeld(LeaseVerdict.RENEWED, 7, 8, 20_000, 10_000);
        assertFalse(session.mustRenew());
    }

    @Test
    void aRefusalTellsTheHoldersToken() {
        session.start(CLIENT, REQUEST);
        session.onRefused(LeaseVerdict.LEASE_LOST, 9);
        assertEquals(LeaseVerdict.LEASE_LOST, session.verdict());
        assertEquals(9, session.token());
    }

    @Test
    void aNewCommandForgetsTheOneBefore() {
        session.start(CLIENT, REQUEST);
        session.onDenied(9, 500);
        session.start(CLIENT, REQUEST + 1);
        assertFalse(session.isAnswered());
        assertNull(session.verdict());
        assertEquals(0, session.token());
        assertEquals(0, session.remainingMs());
        session.onPage(List.of(new HeldLease("orders", 1, 2, 3, 4)), true);
        assertTrue(session.hasMore());
        assertEquals(1, session.page().size());
        session.start(CLIENT, REQUEST + 2);
        assertEquals(List.of(), session.page());
        assertFalse(session.hasMore());
    }
}
