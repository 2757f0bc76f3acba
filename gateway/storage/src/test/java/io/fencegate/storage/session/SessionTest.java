package io.fencegate.storage.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.core.grant.Verdict;
import org.junit.jupiter.api.Test;

/** A session lives as long as its client says hello, is heard and takes its answers. Time is moved by hand. */
class SessionTest {
    private static final long SILENT_NS = 1_000_000_000L;
    private static final long BLOCKED_NS = 200_000_000L;
    private static final SessionLimits LIMITS = new SessionLimits(2, 4, SILENT_NS, BLOCKED_NS, 1);

    private final Session session = new Session(LIMITS, 0);

    @Test
    void aClientThatNeverSaysHelloIsSentAway() {
        session.heard(BLOCKED_NS);
        assertNull(session.endDue(BLOCKED_NS));
        assertEquals(SessionEnd.NO_HELLO, session.endDue(BLOCKED_NS + 1));
    }

    @Test
    void aWelcomedClientMayBeSilentForTheSessionTimeout() {
        session.welcome(1, 5);
        session.heard(7);
        assertNull(session.endDue(SILENT_NS + 7));
        assertEquals(SessionEnd.SILENT, session.endDue(SILENT_NS + 8));
    }

    @Test
    void aClientThatTakesNoAnswersIsSentAway() {
        session.welcome(1, 5);
        session.blocked(100);
        session.blocked(200);
        session.heard(BLOCKED_NS + 100);
        assertNull(session.endDue(BLOCKED_NS + 100));
        assertEquals(SessionEnd.ANSWERS_BLOCKED, session.endDue(BLOCKED_NS + 101));
    }

    @Test
    void oneAnswerThatGetsThroughIsEnough() {
        session.welcome(1, 5);
        session.blocked(100);
        session.delivered();
        session.blocked(BLOCKED_NS);
        assertNull(session.endDue(BLOCKED_NS + 101));
    }

    @Test
    void aGoodbyeWaitsForTheAnswersBeforeIt() {
        session.welcome(1, 5);
        session.answers().reserve().writeAccepted(Verdict.ACCEPTED, 0, 1, 1, 9);
        session.answers().add();
        session.leave(SessionEnd.GOODBYE);

        assertFalse(session.isRead());
        assertNull(session.endDue(0));
        session.answers().release(session, 9, 0, (s, a, d) -> Outlet.Result.SENT);
        assertEquals(SessionEnd.GOODBYE, session.endDue(0));
    }

    @Test
    void aSessionWithoutRoomForAnAnswerIsNotRead() {
        session.welcome(1, 5);
        for (int i = 0; i <= LIMITS.answersPendingMax(); i++) {
            assertTrue(session.isRead());
            session.answers().reserve().writeAccepted(Verdict.ACCEPTED, 0, 1, 1, 9);
            session.answers().add();
        }
        assertFalse(session.isRead());
    }

    @Test
    void nobodyIsWelcomedTwice() {
        session.welcome(1, 5);
        assertThrows(IllegalStateException.class, () -> session.welcome(2, 5));
    }

    @Test
    void asManySessionsAreWelcomedAsMay() {
        final Sessions sessions = new Sessions(LIMITS.sessionsMax());
        sessions.add(session);
        sessions.add(new Session(LIMITS, 0));
        session.welcome(1, 5);
        assertTrue(sessions.hasRoom(), "the other has not said hello");

        final Session third = new Session(LIMITS, 0);
        third.welcome(3, 5);
        sessions.add(third);
        assertFalse(sessions.hasRoom());

        sessions.remove(third);
        assertTrue(sessions.hasRoom());
    }

    @Test
    void sessionNumbersOfTwoGenerationsNeverMeet() {
        final SessionNumbers one = new SessionNumbers(1);
        final SessionNumbers two = new SessionNumbers(2);
        assertEquals(1L << 32 | 1, one.next());
        assertEquals(1L << 32 | 2, one.next());
        assertEquals(2L << 32 | 1, two.next());
        assertTrue(new SessionNumbers(SessionNumbers.GENERATION_MAX).next() > 0);
        assertThrows(IllegalArgumentException.class, () -> new SessionNumbers(0));
        assertThrows(IllegalArgumentException.class, () -> new SessionNumbers(SessionNumbers.GENERATION_MAX + 1));
    }
}
