package io.fencegate.client.session.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.client.session.CallTimes;
import io.fencegate.client.session.RequestIds;
import io.fencegate.client.session.lease.AcquireSession.State;
import io.fencegate.core.grant.LeaseEnd;
import io.fencegate.core.grant.LeaseVerdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One acquire until its outcome, with the answers of a sequencer that is slower, faster, or gone. */
class AcquireSessionTest {
    private static final long CALL_NS = 1_000;

    private final LeaseSession session = new LeaseSession(new CallTimes(CALL_NS, 100, 1, 1));
    private final LeaseCommand acquire = LeaseCommand.acquire(1, 2, "orders", 20_000, 60_000);
    private final AcquireSession law = new AcquireSession(acquire, new RequestIds(100), CALL_NS);
    private long nowNs;

    @BeforeEach
    void begin() {
        session.begin(acquire, 100, 50_000);
    }

    private LeaseCommand next() {
        final LeaseCommand command = law.next(nowNs);
        if (command != null) {
            session.begin(command, 100, nowNs + CALL_NS);
        }
        return command;
    }

    private void send(final LeaseCommand command) {
        session.onTried(command, true, nowNs, nowNs, 1);
    }

    private void queued() {
        send(acquire);
        acquire.answer().onQueued(2);
        assertNull(next());
    }

    private LeaseCommand cancelling() {
        queued();
        law.giveUp();
        final LeaseCommand cancel = next();
        assertEquals(CommandKind.CANCEL_WAIT, cancel.kind());
        assertEquals(2, cancel.referredId());
        assertNotEquals(2, cancel.requestId());
        send(cancel);
        return cancel;
    }

    @Test
    void aFullLeaseIsTakenAsItIs() {
        send(acquire);
        assertNull(next());
        acquire.answer().onHeld(LeaseVerdict.GRANTED, 7, 8, 20_000, 20_000);
        assertNull(next());
        assertEquals(State.GRANTED, law.state());
        assertEquals(7, law.grant().token());
    }

    @ParameterizedTest(name = "the renewal at once is answered {0}: {1}")
    @CsvSource({"RENEWED, GRANTED, 9", "LEASE_LOST, REFUSED, 0", "TOO_MANY_CLIENTS, GRANTED, 8", ", GRANTED, 8"})
    void aLeaseOutOfTheQueueIsRenewedAtOnce(final LeaseVerdict verdict, final State state, final long seal) {
        queued();
        acquire.answer().onHeld(LeaseVerdict.GRANTED, 7, 8, 20_000, 10_000);
        final LeaseCommand renew = next();
        assertEquals(CommandKind.RENEW, renew.kind());
        assertEquals(7, renew.token());
        assertEquals(20_000, renew.ttlMs());
        nowNs = 50;
        send(renew);
        if (verdict == LeaseVerdict.RENEWED) {
            renew.answer().onHeld(verdict, 7, 9, 20_000, 20_000);
        } else if (verdict != null) {
            renew.answer().onRefused(verdict, 12, 13, LeaseEnd.EXPIRED);
        }
        nowNs += CALL_NS;
        session.settle(nowNs);
        assertNull(next());
        assertEquals(state, law.state());
        if (state == State.GRANTED) {
            assertEquals(7, law.grant().token());
            assertEquals(seal, law.grant().seal());
            assertEquals(
                    verdict == LeaseVerdict.RENEWED ? 50 : 0, law.firstSentNs(), "of the command that was answered so");
        } else {
            assertEquals(12, law.outcome().token());
        }
    }

    @ParameterizedTest
    @CsvSource({"DENIED", "WAIT_TIMED_OUT", "TTL_OUT_OF_RANGE", "WAIT_CANCELLED"})
    void aRefusalIsTheOutcome(final LeaseVerdict verdict) {
        send(acquire);
        acquire.answer().onRefused(verdict, 5, 6, LeaseEnd.UNKNOWN);
        assertNull(next());
        assertEquals(State.REFUSED, law.state());
        assertEquals(verdict, law.outcome().verdict());
    }

    @Test
    void whatWasNeverSentIsCancelledWithoutAWord() {
        law.giveUp();
        assertNull(next());
        assertEquals(State.CANCELLED, law.state());
    }

    @Test
    void aWaitThatIsGivenUpIsCancelledOnceTheSequencerHasTakenItUp() {
        send(acquire);
        law.giveUp();
        assertNull(next(), "a cancel might overtake the acquire");
        acquire.answer().onQueued(1);
        assertEquals(CommandKind.CANCEL_WAIT, next().kind());
    }

    @Test
    void aCancelledWaitIsOver() {
        cancelling().answer().onDone(LeaseVerdict.CANCELLED);
        assertNull(next());
        assertEquals(State.CANCELLED, law.state());
    }

    @Test
    void theAcquiresOwnAnswerThatItWasCancelledWillDo() {
        cancelling();
        acquire.answer().onRefused(LeaseVerdict.WAIT_CANCELLED, 0, 0, LeaseEnd.UNKNOWN);
        assertNull(next());
        assertEquals(State.CANCELLED, law.state());
    }

    @Test
    void aLeaseThatIsGrantedBeforeTheCancelIsTheCallers() {
        cancelling();
        acquire.answer().onHeld(LeaseVerdict.GRANTED, 7, 8, 20_000, 10_000);
        final LeaseCommand renew = next();
        renew.answer().onHeld(LeaseVerdict.RENEWED, 7, 8, 20_000, 20_000);
        assertNull(next());
        assertEquals(State.GRANTED, law.state());
    }

    @Test
    void whereNothingWaitsTheAcquireIsAskedForItsAnswer() {
        cancelling().answer().onRefused(LeaseVerdict.NOT_WAITING, 0, 0, LeaseEnd.UNKNOWN);
        assertNull(next());
        assertTrue(session.isSendDue(acquire, nowNs, 1), "at once");
        send(acquire);
        assertNull(next(), "not cancelled again before it is answered");
        acquire.answer().onHeld(LeaseVerdict.GRANTED, 7, 8, 20_000, 20_000);
        assertNull(next());
        assertEquals(State.GRANTED, law.state());
    }

    @Test
    void aCancelWithoutAnAnswerEnds() {
        cancelling();
        nowNs += CALL_NS;
        session.settle(nowNs);
        assertNull(next());
        assertEquals(State.TIMED_OUT, law.state());
    }

    @Test
    void aWaitThatIsGivenUpWhileTheSequencerIsGoneEndsInTheTimeOfACall() {
        send(acquire);
        law.giveUp();
        assertNull(next());
        nowNs += CALL_NS;
        session.settle(nowNs);
        next();
        assertEquals(State.TIMED_OUT, law.state());
    }

    @Test
    void whoseTimeIsOverSaysSoToTheSequencer() {
        queued();
        nowNs = 50_000;
        session.settle(nowNs);
        assertEquals(CommandKind.CANCEL_WAIT, next().kind());
        assertEquals(State.TIMED_OUT, law.state());
        assertNull(next());
    }
}
