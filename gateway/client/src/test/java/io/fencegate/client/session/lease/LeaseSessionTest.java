package io.fencegate.client.session.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.client.session.CallTimes;
import io.fencegate.core.grant.LeaseVerdict;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several commands under way over one connection: whose answer it is, when to send, when to give up. Times in seconds. */
class LeaseSessionTest {
    private static final long CLIENT = 11;
    private static final long REQUEST = 22;

    private final CallTimes times = new CallTimes(seconds(10), seconds(1), 1, 1);
    private final LeaseSession session = new LeaseSession(times);

    private static long seconds(final long count) {
        return TimeUnit.SECONDS.toNanos(count);
    }

    private LeaseCommand acquire(final long requestId, final long deadline) {
        final LeaseCommand command = LeaseCommand.acquire(CLIENT, requestId, "orders", 20_000, 5_000);
        session.begin(command, seconds(1), deadline < 0 ? LeaseCommand.NO_DEADLINE : seconds(deadline));
        return command;
    }

    private boolean sends(final LeaseCommand command, final long now, final long epoch) {
        final boolean isDue = session.isSendDue(command, seconds(now), epoch);
        if (isDue) {
            session.onTried(command, true, seconds(now), seconds(now), epoch);
        }
        return isDue;
    }

    @ParameterizedTest(name = "{0} of client {1}, request {2}: due {3}")
    @CsvSource({
        "ACQUIRE, 11, 22, true",
        ", 11, 22, true",
        "RENEW, 11, 22, false",
        "ACQUIRE, 11, 21, false",
        "ACQUIRE, 12, 22, false",
        "ACQUIRE, 0, 0, false"
    })
    void onlyAnswersToCommandsUnderWayAreTaken(
            final CommandKind kind, final long client, final long request, final boolean isDue) {
        acquire(REQUEST, -1);
        assertEquals(isDue, session.due(kind, client, request) != null);
    }

    @Test
    void eachAnswerGoesToItsCommandAndASecondOneToNone() {
        final LeaseCommand first = acquire(REQUEST, -1);
        final LeaseCommand second = acquire(REQUEST + 1, -1);
        assertSame(second.answer(), session.due(CommandKind.ACQUIRE, CLIENT, REQUEST + 1));
        second.answer().onHeld(LeaseVerdict.GRANTED, 7, 8, 20_000, 20_000);
        assertNull(session.due(CommandKind.ACQUIRE, CLIENT, REQUEST + 1));
        assertFalse(first.isDone());
        session.settle(0);
        assertEquals(1, session.size());
        session.forget(first);
        assertNull(session.due(CommandKind.ACQUIRE, CLIENT, REQUEST));
    }

    @Test
    void aCommandIsRepeatedAfterSilencesThatGrowAndAtOnceToANewLeader() {
        final LeaseCommand command = acquire(REQUEST, -1);
        assertTrue(sends(command, 0, 1));
        assertFalse(sends(command, 0, 1));
        assertTrue(sends(command, 1, 1));
        assertFalse(sends(command, 2, 1));
        assertTrue(sends(command, 3, 1));
        assertFalse(sends(command, 6, 1));
        assertTrue(sends(command, 6, 2), "a new leader");
        assertTrue(sends(command, 7, 2), "first silence of the new leader");
        assertEquals(0, command.pace().firstSentNs());
    }

    @Test
    void aCommandThatCameTooEarlyIsRepeatedAfterAShortPauseAndInItsTime() {
        final LeaseCommand command = acquire(REQUEST, 1);
        assertTrue(sends(command, 0, 1));
        long nowNs = 1;
        for (int i = 0; i < 3; i++) {
            session.due(null, CLIENT, REQUEST).onNotFounded();
            assertFalse(session.isSendDue(command, nowNs, 1), "not at once");
            nowNs += CommandPace.EARLY_PAUSE_NS;
            assertFalse(session.isSendDue(command, nowNs - 1, 1));
            assertTrue(session.isSendDue(command, nowNs, 1));
            session.onTried(command, true, nowNs, nowNs, 1);
            assertFalse(session.isSendDue(command, nowNs, 1), "sent");
        }
        assertFalse(command.isDone());
        assertNull(command.answer().verdict());
        assertEquals(0, command.pace().firstSentNs());

        session.due(null, CLIENT, REQUEST).onNotFounded();
        session.settle(seconds(1));
        assertTrue(command.isTimedOut());
    }

    @Test
    void aCommandInTheQueueIsRepeatedAtASlowPace() {
        final LeaseCommand command = acquire(REQUEST, -1);
        assertTrue(sends(command, 0, 1));
        for (long now = 1; now < 40; now += 3) {
            session.due(CommandKind.ACQUIRE, CLIENT, REQUEST).onQueued(2);
            session.onHeard();
            assertFalse(sends(command, now, 1));
            assertFalse(session.takeSilence(seconds(now)));
            assertTrue(sends(command, now + 3, 1), "never more than three seconds without asking");
        }
        assertTrue(command.isQueued());
        assertEquals(2, command.answer().place());
    }

    @Test
    void aConnectionOnWhichNothingIsHeardLeadsNowhereAndTheNextOneIsBorneForLonger() {
        final LeaseCommand command = acquire(REQUEST, -1);
        assertFalse(session.takeSilence(seconds(100)), "nothing was sent");
        sends(command, 0, 1);
        assertFalse(session.takeSilence(seconds(2)));
        assertTrue(session.takeSilence(seconds(3)));
        assertFalse(session.takeSilence(seconds(3)));
        session.onNewEpoch();
        sends(command, 4, 2);
        assertFalse(session.takeSilence(seconds(9)));
        assertTrue(session.takeSilence(seconds(10)));
        sends(command, 11, 3);
        session.onHeard();
        sends(command, 12, 3);
        assertFalse(session.takeSilence(seconds(14)));
        assertTrue(session.takeSilence(seconds(15)), "heard of: patience is short again");
    }

    @Test
    void oneCommandThatIsNeverAnsweredDoesNotEndAConnectionThatIsHeard() {
        final LeaseCommand ignored = acquire(REQUEST, -1);
        for (long now = 0; now < 60; now++) {
            sends(ignored, now, 1);
            session.onHeard();
            assertFalse(session.takeSilence(seconds(now)));
        }
    }

    @Test
    void whatCannotBeSentCountsAsSilence() {
        final LeaseCommand command = acquire(REQUEST, -1);
        session.onTried(command, false, 0, 0, 1);
        assertTrue(session.isSendDue(command, 1, 1));
        assertFalse(command.pace().isSent());
        assertTrue(session.takeSilence(seconds(3)));
    }

    @Test
    void aCommandEndsAtItsDeadlineAndOneWithoutNever() {
        final LeaseCommand hurried = acquire(REQUEST, 5);
        final LeaseCommand patient = acquire(REQUEST + 1, -1);
        session.settle(seconds(4));
        assertFalse(hurried.isDone());
        session.settle(seconds(5));
        assertTrue(hurried.isTimedOut());
        assertFalse(patient.isDone());
        assertNull(session.due(CommandKind.ACQUIRE, CLIENT, REQUEST), "a late answer is passed over");
        session.settle(Long.MAX_VALUE);
        assertNotNull(session.due(CommandKind.ACQUIRE, CLIENT, REQUEST + 1));
    }

    @Test
    void thereIsALimit() {
        for (int i = 0; i < LeaseSession.COMMANDS_MAX; i++) {
            acquire(i + 1, -1);
        }
        assertTrue(session.isFull());
        final IllegalStateException full = assertThrows(IllegalStateException.class, () -> acquire(REQUEST, -1));
        assertTrue(full.getMessage().contains("limit=2048"), full.getMessage());
    }

    @ParameterizedTest(name = "granted with ttl {0}, remaining {1}, queued {2}: renew at once {3}")
    @CsvSource({"20000, 20000, false, false", "20000, 10000, false, true", "5000, 5000, true, true"})
    void aGrantOutOfTheQueueIsRenewedAtOnce(
            final long ttlMs, final long remainingMs, final boolean wasQueued, final boolean mustRenew) {
        final LeaseAnswer answer = acquire(REQUEST, -1).answer();
        if (wasQueued) {
            answer.onQueued(1);
        }
        answer.onHeld(LeaseVerdict.GRANTED, 7, 8, ttlMs, remainingMs);
        assertEquals(mustRenew, answer.mustRenew());
    }
}
