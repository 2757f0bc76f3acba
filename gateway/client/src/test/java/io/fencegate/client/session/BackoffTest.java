package io.fencegate.client.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pauses before what failed is tried again. */
class BackoffTest {
    @ParameterizedTest(name = "failure {0}: a pause of {1} without luck, of {2} with all of it")
    @CsvSource({"1, 10, 5", "2, 20, 10", "3, 40, 20", "4, 70, 35", "5, 70, 35", "60, 70, 35"})
    void pausesDoubleUpToTheLongestAndHalfOfEachIsDrawnByLot(final int failures, final long most, final long least) {
        assertEquals(most, pause(new Backoff(10, 70, bound -> 0), failures));
        assertEquals(least, pause(new Backoff(10, 70, bound -> bound), failures));
    }

    private static long pause(final Backoff backoff, final int failures) {
        for (int i = 0; i < failures; i++) {
            backoff.onFailure(1_000);
        }
        long nowNs = 1_000;
        while (!backoff.mayTry(nowNs)) {
            nowNs++;
        }
        return nowNs - 1_000;
    }

    @Test
    void aSuccessForgetsTheFailuresBefore() {
        final Backoff backoff = new Backoff(10, 70, bound -> 0);
        assertTrue(backoff.mayTry(0));
        backoff.onFailure(0);
        backoff.onFailure(0);
        assertFalse(backoff.mayTry(19));
        backoff.onSuccess();
        assertTrue(backoff.mayTry(0));
        assertEquals(10, pause(backoff, 1));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "-1, 1", "2, 1"})
    void pausesThatContradictEachOtherAreRefused(final long firstNs, final long longestNs) {
        assertThrows(IllegalArgumentException.class, () -> new Backoff(firstNs, longestNs, bound -> 0));
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 1, 1", "1, 0, 1, 1", "1, 1, 0, 1", "1, 2, 1, 1", "2, 1, 3, 2"})
    void timesThatContradictEachOtherAreRefused(
            final long callNs, final long attemptNs, final long firstNs, final long longestNs) {
        assertThrows(IllegalArgumentException.class, () -> new CallTimes(callNs, attemptNs, firstNs, longestNs));
    }
}
