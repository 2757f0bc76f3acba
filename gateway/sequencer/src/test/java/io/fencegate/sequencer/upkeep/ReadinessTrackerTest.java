package io.fencegate.sequencer.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

/** When a node calls itself ready, lagging or stuck; time is moved by hand. */
class ReadinessTrackerTest {
    private static final UpkeepConfig CONFIG = new UpkeepConfig(1 << 20, 1000, 500, 2000, 5000);
    private static final long STEP_MS = 100;

    private final ReadinessTracker tracker = new ReadinessTracker(CONFIG);
    private long nowMs;
    private long beats;

    @Test
    void anElectionIsNotReady() {
        assertEquals(Readiness.JOINING, tracker.onJoining(0));
        assertEquals(Readiness.READY, look(100, 100));
        assertEquals(Readiness.JOINING, tracker.onJoining(nowMs));
    }

    @Test
    void aServiceWithoutALifeSignIsStuckAfterItsTimeAndNotBefore() {
        look(100, 100);
        for (long silentMs = STEP_MS; silentMs < CONFIG.stuckMs(); silentMs += STEP_MS) {
            assertEquals(Readiness.READY, silent(100, 100), "silentMs=" + silentMs);
        }
        assertEquals(Readiness.STUCK, silent(100, 100));
        assertEquals(Readiness.READY, look(100, 100));
    }

    @Test
    void aServiceThatLivesAndAppliesNothingIsStuckToo() {
        look(100, 100);
        for (long ms = STEP_MS; ms < CONFIG.stuckMs(); ms += STEP_MS) {
            assertEquals(Readiness.READY, look(200, 100));
        }
        assertEquals(Readiness.STUCK, look(200, 100));
        assertEquals(Readiness.READY, look(200, 150));
        assertEquals(Readiness.READY, look(200, 200));
    }

    @Test
    void aServiceThatHasNothingToApplyIsReady() {
        for (int i = 0; i < 1000; i++) {
            assertEquals(Readiness.READY, look(100, 100));
        }
    }

    @Test
    void farBehindForLongIsLaggingAndCatchingUpIsReady() {
        long applied = 0;
        look(applied, applied);
        for (long ms = STEP_MS; ms < CONFIG.lagMs(); ms += STEP_MS) {
            applied++;
            assertEquals(Readiness.READY, look(applied + 1001, applied));
        }
        assertEquals(Readiness.LAGGING, look(applied + 1002, applied + 1));
        assertEquals(Readiness.READY, look(applied + 1001, applied + 1));
        assertEquals(Readiness.READY, look(applied + 2001, applied + 2));
    }

    @Test
    void aProcessThatStoodStillAsAWholeIsNotStuck() {
        look(100, 100);
        nowMs += 3_600_000;
        assertEquals(Readiness.READY, silent(100, 100));
    }

    @Test
    void whatWasSeenBeforeAnElectionDoesNotCount() {
        look(100, 100);
        for (long silentMs = STEP_MS; silentMs < CONFIG.stuckMs(); silentMs += STEP_MS) {
            silent(100, 100);
        }
        tracker.onJoining(nowMs);
        assertEquals(Readiness.READY, silent(100, 100));
    }

    @Test
    void codesAreUniqueAndKnown() {
        for (final Readiness readiness : Readiness.values()) {
            assertEquals(readiness, Readiness.ofCode(readiness.code()));
        }
        assertNull(Readiness.ofCode(0));
    }

    private Readiness look(final long committed, final long applied) {
        beats++;
        return silent(committed, applied);
    }

    private Readiness silent(final long committed, final long applied) {
        nowMs += STEP_MS;
        return tracker.onJoined(nowMs, committed, applied, beats);
    }
}
