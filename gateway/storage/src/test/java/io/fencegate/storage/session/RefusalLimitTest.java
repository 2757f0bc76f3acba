package io.fencegate.storage.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** A zombie in a loop fills no disk, and nothing that it did is forgotten. */
class RefusalLimitTest {
    private static final long SECOND = 1_000_000_000L;

    private final RefusalLimit limit = new RefusalLimit(4, 2);

    @Test
    void soManyOfOneResourceInOneSecondAndTheRestIsCounted() {
        assertTrue(limit.tryJournal(3, 0));
        assertTrue(limit.tryJournal(3, SECOND - 1));
        assertFalse(limit.tryJournal(3, SECOND - 1));
        assertFalse(limit.tryJournal(3, SECOND - 1));

        assertTrue(limit.tryJournal(3, SECOND));
        assertEquals(2, limit.takeOmitted(3));
        assertEquals(0, limit.takeOmitted(3), "told once");
    }

    @Test
    void resourcesDoNotShareTheLimitButUnknownNamesDo() {
        assertTrue(limit.tryJournal(0, 0));
        assertTrue(limit.tryJournal(0, 0));
        assertFalse(limit.tryJournal(0, 0));
        assertTrue(limit.tryJournal(1, 0));
        assertTrue(limit.tryJournal(-1, 0));
        assertTrue(limit.tryJournal(-1, 0));
        assertFalse(limit.tryJournal(-1, 0));
    }

    @Test
    void whatTheJournalHadNoRoomForIsCountedToo() {
        assertTrue(limit.tryJournal(2, 0));
        limit.omit(2);
        assertEquals(1, limit.takeOmitted(2));
    }

    @Test
    void theCountOfTheOmittedStopsAtItsHighest() {
        for (int i = 0; i < 1 << 21; i++) {
            limit.tryJournal(0, 5 * SECOND);
            limit.omit(0);
        }
        assertEquals((1 << 20) - 1, limit.takeOmitted(0));
        assertFalse(limit.tryJournal(0, 5 * SECOND), "the second is the same");
        assertTrue(limit.tryJournal(0, 6 * SECOND));
    }

    @Test
    void limitsThatCannotBeKeptAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new RefusalLimit(4, 0));
        assertThrows(IllegalArgumentException.class, () -> new RefusalLimit(4, 4096));
        assertThrows(IllegalArgumentException.class, () -> new SessionLimits(0, 1, SECOND, SECOND, 1));
        assertThrows(IllegalArgumentException.class, () -> new SessionLimits(1, 1, 1, SECOND, 1));
    }
}
