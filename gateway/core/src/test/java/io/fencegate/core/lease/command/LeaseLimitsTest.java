package io.fencegate.core.lease.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Limits are checked when made, and a wrong one is named with its value. */
final class LeaseLimitsTest {
    @Test
    void everyLimitHasALeastAndAMost() {
        final int max = LeaseLimits.COUNT_MAX;
        assertRefused("leases=0", 0, 1, 1, 1, 1, 1, 1, 1);
        assertRefused("leases=10000001", max + 1, 1, 1, 1, 1, 1, 1, 1);
        assertRefused("waitersPerResource=0", 1, 0, 1, 1, 1, 1, 1, 1);
        assertRefused("waiters=-1", 1, 1, -1, 1, 1, 1, 1, 1);
        assertRefused("clients=0", 1, 1, 1, 0, 1, 1, 1, 1);
        assertRefused("watches=0", 1, 1, 1, 1, 0, 1, 1, 1);
        assertRefused("watches=10001 min=1 max=10000", 1, 1, 1, 1, 10_001, 1, 1, 1);
        assertRefused("watchesPerSession=0", 1, 1, 1, 1, 1, 0, 1, 1);
        assertRefused("watchesPerSession=10001 min=1 max=10000", 1, 1, 1, 1, 10_000, 10_001, 1, 1);
        assertRefused("answersPerClient=0", 1, 1, 1, 1, 1, 1, 0, 1);
        assertRefused("answersKeptMs=0", 1, 1, 1, 1, 1, 1, 1, 0);
        assertRefused("answersKeptMs=86400001", 1, 1, 1, 1, 1, 1, 1, 86_400_001);

        assertEquals(1, new LeaseLimits(1, 1, 1, 1, 1, 1, 1, 1).leases());
        assertEquals(max, new LeaseLimits(max, max, max, max, 10_000, 10_000, max, 86_400_000).waiters());
    }

    @Test
    void oneResourceHasNoMoreWaitersThanAll() {
        assertRefused("waitersPerResource=3 waiters=2", 1, 3, 2, 1, 1, 1, 1, 1);
    }

    @Test
    void oneSessionHasNoMoreWatchesThanAll() {
        assertRefused("watchesPerSession=3 watches=2", 1, 1, 1, 1, 2, 3, 1, 1);
    }

    private static void assertRefused(final String fact, final int... limits) {
        final String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> new LeaseLimits(
                                limits[0], limits[1], limits[2], limits[3], limits[4], limits[5], limits[6], limits[7]))
                .getMessage();
        assertTrue(message.contains(fact), message);
    }
}
