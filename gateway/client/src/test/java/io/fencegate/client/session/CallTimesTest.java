package io.fencegate.client.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clock, timer and numbers of a call. */
class CallTimesTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @ParameterizedTest(name = "a step of {0} ns counts {1} ns")
    @CsvSource({"0, 0", "1, 1", "999999999, 999999999", "1000000000, 1000000000", "60000000000, 1000000000", "-5, 0"})
    void aProcessThatStoodStillHasNotWaited(final long step, final long counted) {
        final long start = Long.MAX_VALUE - 10;
        final PatientClock clock = new PatientClock(start);
        assertEquals(counted, clock.advance(start + step));
        assertEquals(counted + 7, clock.advance(start + step + 7));
    }

    @Test
    void eachAttemptWaitsTwiceAsLongUpToTheLimit() {
        final RetryTimer timer = new RetryTimer(SECOND, 3 * SECOND);
        timer.start(0);
        assertExpiresAt(timer, SECOND);
        timer.again(SECOND);
        assertExpiresAt(timer, 3 * SECOND);
        timer.again(3 * SECOND);
        assertExpiresAt(timer, 6 * SECOND);
        timer.again(6 * SECOND);
        assertExpiresAt(timer, 9 * SECOND);
        timer.start(9 * SECOND);
        assertExpiresAt(timer, 10 * SECOND);
    }

    @Test
    void aTimerThatCannotWaitIsNotMade() {
        assertThrows(IllegalArgumentException.class, () -> new RetryTimer(0, SECOND));
        assertThrows(IllegalArgumentException.class, () -> new RetryTimer(SECOND, SECOND - 1));
    }

    @Test
    void requestIdsCountFromTheirStartAndAreNeverZero() {
        final RequestIds ids = new RequestIds(-3);
        assertEquals(-2, ids.next());
        assertEquals(-1, ids.next());
        assertEquals(1, ids.next());
        assertEquals(2, ids.next());
        final RequestIds atTheEdge = new RequestIds(Long.MAX_VALUE);
        assertEquals(Long.MIN_VALUE, atTheEdge.next());
    }

    private static void assertExpiresAt(final RetryTimer timer, final long deadlineNs) {
        assertEquals(false, timer.isExpired(deadlineNs - 1));
        assertEquals(true, timer.isExpired(deadlineNs));
    }
}
