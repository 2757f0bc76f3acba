package io.fencegate.core.lease.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** Log time moves as the law says, whatever the leaders' wall clocks do. */
final class LogClockTest {
    private static final long EPOCH_MS = 1_790_000_000_000L;

    private final LogClock clock = new LogClock();

    @Test
    void logTimeIsTheSumOfTheForwardDifferencesOfATerm() {
        assertEquals(0, clock.advance(1, EPOCH_MS));
        assertEquals(0, clock.advance(1, EPOCH_MS));
        assertEquals(7, clock.advance(1, EPOCH_MS + 7));
        assertEquals(4_907, clock.advance(1, EPOCH_MS + 4_907));
        assertEquals(4_907, clock.logTimeMs());
    }

    @Test
    void aJumpForwardCountsAsFiveSecondsAtMost() {
        clock.advance(1, EPOCH_MS);

        assertEquals(5_000, clock.advance(1, EPOCH_MS + 5_000));
        assertEquals(10_000, clock.advance(1, EPOCH_MS + 10_001));
        assertEquals(15_000, clock.advance(1, EPOCH_MS + 86_400_000));
        assertEquals(15_001, clock.advance(1, EPOCH_MS + 86_400_001));
        assertEquals(20_001, clock.advance(1, Long.MAX_VALUE));
    }

    @Test
    void aJumpBackwardAddsNothingAndDoesNotFreezeWhatFollows() {
        clock.advance(1, EPOCH_MS);
        clock.advance(1, EPOCH_MS + 100);

        assertEquals(100, clock.advance(1, EPOCH_MS - 86_400_000));
        assertEquals(110, clock.advance(1, EPOCH_MS - 86_400_000 + 10));
        assertEquals(5_110, clock.advance(1, EPOCH_MS));
    }

    @Test
    void theFirstTimestampOfATermAddsNothing() {
        clock.advance(1, EPOCH_MS);
        clock.advance(1, EPOCH_MS + 100);

        assertEquals(100, clock.advance(2, EPOCH_MS + 3_000), "time without a leader expires nothing");
        assertEquals(101, clock.advance(2, EPOCH_MS + 3_001));
        assertEquals(101, clock.advance(3, EPOCH_MS - 50_000), "a new leader's clock may be behind");
        assertEquals(103, clock.advance(3, EPOCH_MS - 49_998));
    }

    @Test
    void theFurthestTimestampsCountAsOneStep() {
        clock.advance(1, Long.MIN_VALUE);

        assertEquals(5_000, clock.advance(1, Long.MAX_VALUE));
        assertEquals(5_000, clock.advance(1, Long.MIN_VALUE));
        assertEquals(10_000, clock.advance(1, 0));
    }

    @Test
    void aRestoredClockGoesOnWithinTheTerm() {
        clock.advance(4, EPOCH_MS);
        clock.advance(4, EPOCH_MS + 300);
        final LogClock restored = new LogClock();
        restored.restore(clock.leadershipTermId(), clock.timestampMs(), clock.logTimeMs());

        assertEquals(clock.advance(4, EPOCH_MS + 450), restored.advance(4, EPOCH_MS + 450));
        assertEquals(450, restored.logTimeMs());
        assertThrows(IllegalStateException.class, () -> restored.restore(-2, 0, 0));
        assertThrows(IllegalStateException.class, () -> restored.restore(1, 0, -1));
    }
}
