package io.fencegate.client.session.writer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.core.grant.Verdict;
import java.util.ArrayDeque;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** The ring of writes that were offered and not told, and of their payloads. */
class WriteWindowTest {
    private static final int ROOM = 64;

    private final WriteWindow window = new WriteWindow(3, ROOM);
    private final UnsafeBuffer payload = new UnsafeBuffer(new byte[ROOM]);

    @Test
    void holdsItsWritesAndNoMore() {
        for (int i = 1; i <= 4; i++) {
            assertFalse(window.isFull());
            assertTrue(window.add(i, payload, 0, 1));
        }
        assertTrue(window.isFull());
        assertThrows(IllegalStateException.class, () -> window.add(5, payload, 0, 1));
    }

    @Test
    void settledWritesTakeRoomUntilTheyAreToldButTheirPayloadsDoNot() {
        for (int i = 1; i <= 4; i++) {
            assertTrue(window.add(i, payload, 0, ROOM));
            window.settle(WriteOutcome.ACCEPTED, Verdict.ACCEPTED, 1, i, 0);
        }
        assertTrue(window.isFull());
        window.remove();
        assertFalse(window.isFull());
        assertEquals(3, window.size());
    }

    @Test
    void aPayloadThatDoesNotFitIsNotTaken() {
        assertTrue(window.add(1, payload, 0, ROOM - 1));
        assertFalse(window.add(2, payload, 0, 2));
        assertEquals(1, window.size());
        assertTrue(window.add(2, payload, 0, 1));
        assertTrue(window.add(3, payload, 0, 0), "an empty one needs no room");
    }

    @Test
    void nothingIsToldBeforeItIsSettled() {
        window.add(1, payload, 0, 1);
        window.onSent();
        assertFalse(window.hasAnswer());
        assertThrows(IllegalStateException.class, window::remove);
    }

    @Test
    void whatIsRewoundIsSentAgain() {
        window.add(1, payload, 0, 1);
        window.add(2, payload, 0, 1);
        window.onSent();
        window.onSent();
        assertEquals("2/0", window.inFlight() + "/" + window.unsent());
        window.settle(WriteOutcome.ACCEPTED, Verdict.ACCEPTED, 1, 1, 0);
        window.rewind();
        assertEquals("0/1", window.inFlight() + "/" + window.unsent());
        assertEquals(2, window.unsentSequence());
    }

    @Test
    void ghostsAreHeldToALaterOpenAfterTheyWereTold() {
        window.add(1, payload, 0, 1);
        window.add(2, payload, 0, 1);
        window.crcOfNewest(22);
        window.onSent();
        window.onSent();
        window.keepGhosts();
        window.settle(WriteOutcome.TIMED_OUT, null, 0, 0, 0);
        window.settle(WriteOutcome.TIMED_OUT, null, 0, 0, 0);
        window.keepGhosts();
        assertEquals(2, window.doubtful());
        assertEquals("2/22", window.doubtfulSequence(1) + "/" + window.doubtfulCrc(1));
        window.dropGhosts();
        assertEquals(0, window.doubtful());
    }

    @Test
    void goesRoundManyTimes() {
        for (int i = 1; i <= 1000; i++) {
            window.add(i, payload, 0, 7);
            window.onSent();
            assertEquals(i, window.unsettledSequence());
            window.settle(WriteOutcome.REFUSED, Verdict.SEQUENCE_GAP, i + 1, i + 2, i + 3);
            assertEquals(i, window.sequence());
            assertEquals(WriteOutcome.REFUSED, window.outcome());
            assertEquals(i + 1, window.fenceToken());
            assertEquals(i + 2, window.fenceClientId());
            assertEquals(i + 3, window.sequenceExpected());
            assertEquals(0, window.position());
            window.remove();
        }
        assertEquals(0, window.size());
    }

    @Test
    void everyPayloadIsKeptUntilItIsSettled() {
        final Random random = new Random(4711);
        final WriteWindow large = new WriteWindow(32, 256);
        final ArrayDeque<byte[]> expected = new ArrayDeque<>();
        final UnsafeBuffer source = new UnsafeBuffer(new byte[256]);
        for (int i = 1; i <= 20_000; i++) {
            final byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            source.putBytes(0, bytes);
            if (!large.isFull() && large.add(i, source, 0, bytes.length)) {
                expected.add(bytes);
            }
            while (large.unsent() > 0 && random.nextInt(3) > 0) {
                final byte[] kept = new byte[large.unsentLength()];
                large.payloads().getBytes(large.unsentPlace(), kept);
                final int index = large.inFlight();
                assertEquals(
                        new UnsafeBuffer(
                                expected.stream().skip(index).findFirst().orElseThrow()),
                        new UnsafeBuffer(kept));
                large.onSent();
            }
            if (random.nextInt(10) == 0) {
                large.rewind();
            }
            while (large.inFlight() > 0 && random.nextInt(3) > 0) {
                large.settle(WriteOutcome.ACCEPTED, Verdict.ACCEPTED, 1, i, 0);
                large.remove();
                expected.remove();
            }
        }
        assertTrue(large.size() < 33);
    }
}
