package io.fencegate.storage.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.fencegate.codecs.WireLimits;
import io.fencegate.core.fence.FenceTable;
import io.fencegate.core.fence.OffHeapFenceTable;
import io.fencegate.core.fence.OpenRequest;
import io.fencegate.core.fence.WriteRequest;
import io.fencegate.core.grant.PayloadCrc;
import io.fencegate.core.grant.Sealer;
import io.fencegate.core.grant.Token;
import io.fencegate.core.grant.Verdict;
import io.fencegate.storage.session.Answer;
import io.fencegate.storage.session.Outlet;
import io.fencegate.storage.session.Session;
import io.fencegate.storage.session.SessionEnd;
import io.fencegate.storage.session.SessionLimits;
import io.fencegate.storage.session.Sessions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The line without Aeron, Chronicle, threads and clocks: which effects a request has, and in which order. */
class LineDutyTest {
    private static final long ALICE = 0xA11CE;
    private static final long BOB = 0xB0B;
    private static final long T1 = Token.of(1, 1);
    private static final long T2 = Token.of(1, 2);
    private static final long TURN_NS = LineDuty.TEND_INTERVAL_NS;
    private static final long ANSWER_TIMEOUT_NS = 100_000_000L;
    private static final SessionLimits LIMITS = new SessionLimits(4, 2, 1_000_000_000L, ANSWER_TIMEOUT_NS, 1);

    private final List<String> effects = new ArrayList<>();
    private final List<Verdict> tallied = new ArrayList<>();
    private final MemoryRecorder recorder = new MemoryRecorder(effects);
    private final FenceTable fences = new OffHeapFenceTable(8, 1024, 1024, 1);
    private final Sessions sessions = new Sessions(LIMITS.sessionsMax());
    private final Tally tally = new Tally() {
        @Override
        public void count(final Verdict verdict) {
            tallied.add(verdict);
        }

        @Override
        public void sessions(final int count) {
            sessionCount = count;
        }

        @Override
        public void countBlocked() {
            blockedCount++;
        }
    };
    private final LineDuty duty = new LineDuty(new RecoveringLaw(this::onAnswer, tally), sessions, tally, 0);
    private final PaperCaller alice = new PaperCaller(LIMITS, 0);
    private final PaperCaller bob = new PaperCaller(LIMITS, 0);
    private Outlet.Result way = Outlet.Result.SENT;
    private int sessionCount;
    private int blockedCount;
    private long nowNs;

    @AfterEach
    void giveMemoryBack() {
        fences.close();
    }

    @Test
    void aFenceIsInMemoryJournalAndLogBeforeItsAnswerLeaves() {
        serve(false);
        hello(alice, ALICE);

        open(alice, ALICE, T1);
        turn();
        assertEquals(List.of("journal fence " + T1, "log fence " + T1), effects);
        assertEquals(T1, fences.token(0));
        assertEquals(FenceTable.NO_SESSION, fences.owner(0), "its answer has not left");

        effects.clear();
        recorder.syncFences();
        turn();
        assertEquals(List.of("OPENED"), effects);
        assertEquals(alice.session().number(), fences.owner(0));
    }

    @Test
    void whereRecordsNeedNoSyncAWriteIsAnsweredInTheTurnThatJournaledIt() {
        serve(false);
        opened(alice, ALICE, T1);

        write(alice, T1, 1);
        turn();

        assertEquals(List.of("journal write 1", "ACCEPTED at 3"), effects);
    }

    @Test
    void whereTheyDoTheAnswerWaitsAndTheSyncIsAskedFor() {
        serve(true);
        opened(alice, ALICE, T1);

        write(alice, T1, 1);
        turn();
        assertEquals(List.of("journal write 1", "want 3"), effects);
        effects.clear();
        turn();
        assertEquals(List.of("want 3"), effects, "again, for nobody remembers it");

        effects.clear();
        recorder.syncRecords();
        turn();
        assertEquals(List.of("ACCEPTED at 3"), effects);
    }

    @Test
    void anOpenThatWasOvertakenIsRefusedJournaledAndCounted() {
        serve(false);
        hello(alice, ALICE);
        hello(bob, BOB);
        open(alice, ALICE, T1);
        turn();
        open(bob, BOB, T2);
        turn();
        effects.clear();
        tallied.clear();

        recorder.syncFences();
        turn();

        final String refusal = "journal refusal STALE_TOKEN " + T1 + " of " + ALICE + " fence " + T2;
        assertEquals(List.of(refusal + " omitted 0 name ", "STALE_TOKEN", "OPENED"), effects);
        assertEquals(List.of(Verdict.STALE_TOKEN, Verdict.OPENED), tallied);
    }

    @Test
    void refusalsBeyondTheLimitOfTheSecondAreCountedInTheNextOne() {
        serve(false);
        opened(alice, ALICE, T2);
        hello(bob, BOB);
        effects.clear();

        for (int i = 0; i < 3; i++) {
            open(bob, BOB, T1);
            turn();
        }
        nowNs += 1_000_000_000L;
        open(bob, BOB, T1);
        turn();

        final String refusal = "journal refusal STALE_TOKEN " + T1 + " of " + BOB + " fence " + T2;
        assertEquals(
                List.of(
                        refusal + " omitted 0 name ",
                        "STALE_TOKEN",
                        "STALE_TOKEN",
                        "STALE_TOKEN",
                        refusal + " omitted 2 name ",
                        "STALE_TOKEN"),
                effects);
    }

    @Test
    void aRefusalIsNotJournaledOutOfTheReserveForFences() {
        serve(false);
        opened(alice, ALICE, T2);
        hello(bob, BOB);
        effects.clear();
        recorder.hasRoom = false;

        open(bob, BOB, T1);
        write(alice, T2, 1);
        turn();

        assertEquals(List.of("STORAGE_FULL", "STALE_TOKEN"), effects);
    }

    @Test
    void whoWasNotWelcomedIsNotHeardAndNobodyIsWelcomedTwice() {
        serve(false);
        duty.admit(alice);
        open(alice, ALICE, T1);
        write(alice, T1, 1);
        turn();
        alice.sends(session -> duty.requests().onRead(session, 1, name()));
        alice.sends(duty.requests()::onKeepAlive);
        turn();
        alice.sends(duty.requests()::onGoodbye);
        turn();
        sayHello(alice, ALICE);
        sayHello(alice, BOB);
        turn();

        assertEquals(
                List.of("MALFORMED", "MALFORMED", "MALFORMED", "MALFORMED", "MALFORMED", "ACCEPTED", "MALFORMED"),
                effects);
        assertEquals(ALICE, alice.session().clientId());
    }

    @Test
    void whileRecoveringEveryHelloIsToldSoAndLaterWelcomed() {
        duty.admit(alice);
        sayHello(alice, ALICE);
        turn();
        serve(false);
        sayHello(alice, ALICE);
        turn();

        assertEquals(List.of("RECOVERING", "ACCEPTED"), effects);
        assertEquals(nowNs, recorder.epochNs);
    }

    @Test
    void nothingIsReadOfAClientWithoutRoomForAnAnswer() {
        serve(false);
        hello(alice, ALICE);
        open(alice, ALICE, T1);
        for (int i = 1; i < 5; i++) {
            write(alice, T1, i);
        }
        turn();
        assertEquals(2, alice.waiting(), "behind the open, a write, and the one that is told OVERLOADED");

        recorder.syncFences();
        turn();
        turn();

        assertEquals(0, alice.waiting());
        assertEquals("OPENED", effects.get(2));
        assertEquals(List.of("NOT_OPEN", "OVERLOADED"), effects.subList(3, 5));
    }

    @Test
    void aClientThatIsGoneOwnsNothing() {
        serve(false);
        opened(alice, ALICE, T1);

        alice.isGone = true;
        turn();

        assertEquals(SessionEnd.CLIENT_GONE, alice.end);
        assertEquals(FenceTable.NO_SESSION, fences.owner(0));
        assertEquals(0, sessionCount);
    }

    @Test
    void aClientThatTakesNoAnswersIsSentAwayAndOneThatTakesThemIsNot() {
        serve(false);
        hello(alice, ALICE);
        way = Outlet.Result.BLOCKED;
        open(alice, ALICE, 0);
        turn();
        way = Outlet.Result.SENT;
        turn();
        nowNs += 2 * ANSWER_TIMEOUT_NS;
        turn();
        assertNull(alice.end);

        way = Outlet.Result.BLOCKED;
        open(alice, ALICE, 0);
        turn();
        nowNs += ANSWER_TIMEOUT_NS;
        turn();

        assertEquals(SessionEnd.ANSWERS_BLOCKED, alice.end);
        assertEquals(1, blockedCount);
    }

    @Test
    void everySessionEndsWithTheGateway() {
        serve(false);
        hello(alice, ALICE);
        hello(bob, BOB);

        duty.close();

        assertEquals(SessionEnd.GATEWAY_CLOSED, alice.end);
        assertEquals(SessionEnd.GATEWAY_CLOSED, bob.end);
        assertEquals(0, sessions.size());
    }

    private void serve(final boolean isDurableOnceSynced) {
        final LawParts parts = new LawParts(fences, Sealer.none(), recorder, recorder, isDurableOnceSynced);
        duty.law(new ServingLaw(parts, sessions, LIMITS, this::onAnswer, tally), nowNs);
    }

    private void hello(final PaperCaller caller, final long clientId) {
        duty.admit(caller);
        sayHello(caller, clientId);
        turn();
        effects.clear();
    }

    private void opened(final PaperCaller caller, final long clientId, final long token) {
        hello(caller, clientId);
        open(caller, clientId, token);
        turn();
        recorder.syncFences();
        recorder.syncRecords();
        turn();
        assertEquals(caller.session().number(), fences.owner(0));
        effects.clear();
    }

    private void sayHello(final PaperCaller caller, final long clientId) {
        caller.sends(session -> duty.requests().onHello(session, 1, clientId, WireLimits.PROTOCOL_VERSION));
    }

    private void open(final PaperCaller caller, final long clientId, final long token) {
        caller.sends(session -> duty.requests().onOpen(session, 1, name().grant(token, clientId, 0)));
    }

    private void write(final PaperCaller caller, final long token, final long sequence) {
        final UnsafeBuffer payload = new UnsafeBuffer(new byte[8]);
        final int crc = new PayloadCrc().compute(payload, 0, payload.capacity());
        caller.sends(session -> duty.requests()
                .onWrite(
                        session,
                        new WriteRequest().header(0, token, sequence, crc).payload(payload, 0, payload.capacity())));
    }

    private static OpenRequest name() {
        final UnsafeBuffer name = new UnsafeBuffer("orders".getBytes(StandardCharsets.UTF_8));
        return new OpenRequest().name(name, 0, name.capacity());
    }

    private void turn() {
        nowNs += TURN_NS;
        duty.beginTurn(nowNs, nowNs);
        duty.pollRequests();
        duty.releaseAnswers();
        if (duty.isTendingDue()) {
            duty.tendSessions();
        }
    }

    private Outlet.Result onAnswer(final Session session, final Answer answer, final long durablePosition) {
        if (way == Outlet.Result.SENT) {
            final long position = answer.record().position();
            effects.add(answer.verdict() + (position == 0 ? "" : " at " + position));
        }
        return way;
    }
}
