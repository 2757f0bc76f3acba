package io.fencegate.storage.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.core.grant.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Answers leave in the order of the requests, and none before what it tells of is durable. */
class AnswerQueueTest {
    private static final int CAPACITY = 3;
    private static final int HANDLE = 7;
    private static final long TOKEN = 11;

    private final AnswerQueue queue = new AnswerQueue(CAPACITY);
    private final List<Long> sent = new ArrayList<>();
    private final Outlet outlet = (session, answer, durable) -> {
        sent.add(answer.sequence());
        return Outlet.Result.SENT;
    };

    @Test
    void anAnswerWaitsUntilItsRecordIsDurable() {
        accepted(1, 10);

        assertEquals(0, release(9, 0));
        assertEquals(List.of(), sent);
        assertEquals(1, release(10, 0));
        assertEquals(List.of(1L), sent);
    }

    @Test
    void anAnswerWaitsUntilItsFenceIsOnDisk() {
        queue.reserve().open(1, HANDLE, TOKEN, 2, 64);
        queue.add();

        assertEquals(0, release(Long.MAX_VALUE, 63));
        assertEquals(1, release(0, 64));
    }

    @Test
    void aRefusalThatNeedsNothingStillWaitsForTheAnswerBeforeIt() {
        accepted(1, 10);
        refused(2);

        assertEquals(0, release(9, 0));
        assertEquals(2, release(10, 0));
        assertEquals(List.of(1L, 2L), sent);
    }

    @Test
    void whatDidNotGetThroughIsOfferedAgainAndStaysFirst() {
        accepted(1, 1);
        accepted(2, 2);
        final Outlet blocked = (session, answer, durable) -> Outlet.Result.BLOCKED;

        assertEquals(0, queue.release(null, 2, 0, blocked));
        assertEquals(2, release(2, 0));
        assertEquals(List.of(1L, 2L), sent);
    }

    @Test
    void theFullQueueHasOnePlaceForTheRefusalThatSaysSo() {
        for (int i = 1; i <= CAPACITY; i++) {
            assertFalse(queue.isFull());
            accepted(i, i);
        }
        assertTrue(queue.isFull());
        assertTrue(queue.hasRoom(), "for OVERLOADED");

        refused(4);

        assertFalse(queue.hasRoom(), "the session must not be read any more");
        assertThrows(IllegalStateException.class, queue::reserve);
        assertEquals(1, release(1, 0));
        assertTrue(queue.hasRoom());
        assertTrue(queue.isFull(), "three are pending still");
    }

    @Test
    void aReservedPlaceThatIsNotAddedIsGivenAgain() {
        final Answer place = queue.reserve();
        assertEquals(place, queue.reserve());
        assertEquals(0, queue.size());
    }

    @Test
    void aReusedPlaceKeepsNothingOfTheAnswerBefore() {
        for (int i = 1; i <= CAPACITY + 1; i++) {
            accepted(i, 100);
            queue.release(null, 100, 0, outlet);
        }
        final Answer answer = queue.reserve();
        answer.writeRefused(Verdict.SEQUENCE_GAP, HANDLE, TOKEN, 9);

        assertTrue(answer.isReady(0, 0));
        assertEquals(0, answer.record().position());
        assertEquals(0, answer.fenceToken());
        assertEquals(0, answer.fenceClientId());
    }

    @Test
    void orderHoldsWhateverIsDurableWhen() {
        final Random random = new Random(42);
        long asked = 0;
        long durable = 0;
        for (int step = 0; step < 20_000; step++) {
            if (random.nextBoolean() && !queue.isFull()) {
                asked++;
                if (random.nextInt(4) == 0) {
                    refused(asked);
                } else {
                    accepted(asked, asked);
                }
            } else {
                durable = Math.max(durable, asked - random.nextInt(4));
                release(durable, 0);
            }
        }
        release(asked, 0);
        assertEquals(asked, sent.size());
        for (int i = 0; i < sent.size(); i++) {
            assertEquals(i + 1, sent.get(i));
        }
    }

    private void accepted(final long sequence, final long position) {
        queue.reserve().writeAccepted(Verdict.ACCEPTED, HANDLE, TOKEN, sequence, position);
        queue.add();
    }

    private void refused(final long sequence) {
        queue.reserve().writeRefused(Verdict.OVERLOADED, HANDLE, TOKEN, sequence);
        queue.add();
    }

    private int release(final long durablePosition, final long fenceOffsetSynced) {
        return queue.release(null, durablePosition, fenceOffsetSynced, outlet);
    }
}
