package io.fencegate.client.session.writer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.core.grant.Verdict;
import org.junit.jupiter.api.Test;

/** The ring of writes that were sent and not told. */
class WriteWindowTest {
    private final WriteWindow window = new WriteWindow(3);

    @Test
    void holdsItsWritesAndNoMore() {
        for (int i = 1; i <= 4; i++) {
            assertFalse(window.isFull());
            window.add(i, i, 1);
        }
        assertTrue(window.isFull());
        assertThrows(IllegalStateException.class, () -> window.add(5, 5, 1));
    }

    @Test
    void answeredWritesTakeRoomUntilTheyAreTold() {
        for (int i = 1; i <= 4; i++) {
            window.add(i, i, 1);
            window.answer(WriteOutcome.ACCEPTED, Verdict.ACCEPTED, 1, i);
        }
        assertTrue(window.isFull());
        window.remove();
        assertFalse(window.isFull());
        assertEquals(3, window.size());
    }

    @Test
    void nothingIsToldBeforeItsAnswer() {
        window.add(1, 1, 1);
        assertFalse(window.hasAnswer());
        assertThrows(IllegalStateException.class, window::remove);
    }

    @Test
    void goesRoundManyTimes() {
        for (int i = 1; i <= 1000; i++) {
            window.add(i, i, 1);
            assertEquals(i, window.unansweredSequence(0));
            window.answer(WriteOutcome.REFUSED, Verdict.SEQUENCE_GAP, i + 1, i + 2);
            assertEquals(i, window.sequence());
            assertEquals(WriteOutcome.REFUSED, window.outcome());
            assertEquals(i + 1, window.fenceToken());
            assertEquals(i + 2, window.sequenceExpected());
            assertEquals(0, window.position());
            window.remove();
        }
        assertEquals(0, window.size());
    }
}
