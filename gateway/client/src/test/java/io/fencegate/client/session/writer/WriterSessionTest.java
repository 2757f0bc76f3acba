package io.fencegate.client.session.writer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.client.session.CallTimes;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.PayloadCrc;
import io.fencegate.core.grant.Token;
import io.fencegate.core.grant.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The law of one writer: sequences, sessions, going back, what an open settles, and when it gives up. */
class WriterSessionTest {
    private static final int HANDLE = 3;
    private static final long TOKEN = Token.of(1, 7);
    private static final long OLDER = Token.of(1, 5);
    private static final long NEWER = Token.of(1, 9);
    private static final long CLIENT = 77;
    private static final long PROOF = 1234;
    private static final long ATTEMPT_NS = 100;
    private static final long PAUSE_NS = 10;
    private static final long WRITE_TIMEOUT_NS = 10_000;

    private final FakePort port = new FakePort();
    private final WriterSession writer = new WriterSession(
            new Grant("orders", TOKEN, 11, 20_000, 0),
            new WriteWindow(8, 1024),
            new CallTimes(1_000, ATTEMPT_NS, PAUSE_NS, 80),
            WRITE_TIMEOUT_NS,
            bound -> 0);
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[128]);
    private long nowNs = 1;

    @Test
    void aRenewedLeaseIsOpenedWithItsNewSealAndAnotherOneIsNot() {
        final Grant ours = writer.grant();
        final Grant resealed = new Grant(ours.resource(), ours.token(), ours.clientId(), ours.ttlMs(), ours.seal() + 1);
        for (final Grant other : List.of(
                new Grant("another", ours.token(), ours.clientId(), ours.ttlMs(), 9),
                new Grant(ours.resource(), ours.token() + 1, ours.clientId(), ours.ttlMs(), 9),
                new Grant(ours.resource(), ours.token(), ours.clientId() + 1, ours.ttlMs(), 9))) {
            writer.onRenewed(other);
            assertEquals(ours, writer.grant());
        }
        writer.onRenewed(resealed);
        assertEquals(resealed, writer.grant());
    }

    @Test
    void aNewWriterOpensFirstAndTakesNothingUntilItIsOpen() {
        assertEquals(WriterState.OPENING, state());
        assertEquals(OfferCode.NOT_OPEN, offer("early"));
        work();
        work();
        assertEquals(List.of("open"), port.takeSent());
        opened(nothingUnderThisToken());
        assertEquals(WriterState.OPEN, state());
        assertEquals(1, offer("a"));
        assertEquals(List.of("1=a"), port.takeSent());
    }

    @Test
    void anotherProcessOfTheSameHolderGoesOnBehindTheLastSequence() {
        work();
        opened(found(41, 12345));
        assertEquals(42, offer("a"));
        assertEquals(41, writer.sequenceAcknowledged());
    }

    @Test
    void answersAreToldInTheOrderOfTheWrites() {
        openAndOffer(3);
        assertTrue(writer.onAccepted(1, Verdict.ACCEPTED, 1, 10));
        assertTrue(writer.onAccepted(2, Verdict.ACCEPTED, 1, 11));
        assertEquals(List.of("1 ACCEPTED ACCEPTED 1/10", "2 ACCEPTED ACCEPTED 1/11"), told());
        assertEquals(2, writer.sequenceAcknowledged());
    }

    @ParameterizedTest(name = "after writes 1 and 2, an answer to {0} is out of order: {1}")
    @CsvSource({"1, true", "2, false", "3, false", "0, false"})
    void anAnswerThatIsNotDueIsNotTrusted(final long sequence, final boolean isDue) {
        openAndOffer(2);
        assertEquals(isDue, writer.onAccepted(sequence, Verdict.ACCEPTED, 1, 10));
    }

    @Test
    void anAnswerWithoutAWriteIsNotTrusted() {
        openAndOffer(0);
        assertFalse(writer.onAccepted(1, Verdict.ACCEPTED, 1, 10));
        assertFalse(writer.onRefused(1, Verdict.STALE_TOKEN, NEWER, CLIENT, 0));
        assertEquals(WriterState.OPEN, state());
    }

    @Test
    void offersSayWhyTheyAreNotTaken() {
        openAndOffer(8);
        assertEquals(OfferCode.WINDOW_FULL, offer("x"));
        assertEquals(OfferCode.TOO_LARGE, writer.offer(port, buffer, 0, 101));
        writer.close();
        assertEquals(OfferCode.CLOSED, offer("x"));
    }

    @Test
    void payloadsThatAreNotSettledLeaveNoRoomForMore() {
        final WriterSession small =
                new WriterSession(writer.grant(), new WriteWindow(8, 64), new CallTimes(2, 1, 1, 1), 1, bound -> 0);
        small.work(1, port);
        small.onOpened(1, nothingUnderThisToken());
        assertEquals(1, small.offer(port, buffer, 0, 40));
        assertEquals(OfferCode.BACK_PRESSURED, small.offer(port, buffer, 0, 40));
        small.onAccepted(1, Verdict.ACCEPTED, 1, 1);
        assertEquals(2, small.offer(port, buffer, 0, 40));
    }

    @ParameterizedTest(name = "{0} takes the writer back, and it opens again: {1}")
    @CsvSource({
        "OVERLOADED, false",
        "RECOVERING, false",
        "SEQUENCE_GAP, true",
        "NOT_OPEN, true",
        "UNKNOWN_RESOURCE, true"
    })
    void aPassingRefusalTakesTheWriterBackOnceItsAnswersAreIn(final Verdict verdict, final boolean opensAgain) {
        openAndOffer(3);
        writer.onAccepted(1, Verdict.ACCEPTED, 1, 10);
        assertTrue(writer.onRefused(2, verdict, 0, 0, 0));
        assertEquals(4, offer("d"));
        nowNs += PAUSE_NS;
        work();
        assertEquals(opensAgain ? List.of("open") : List.of(), port.takeSent(), "one answer is not in yet");
        assertTrue(writer.onRefused(3, Verdict.SEQUENCE_GAP, 0, 0, 2));
        work();
        if (opensAgain) {
            opened(found(1, crcOf(1)));
            work();
        }
        assertEquals(List.of("2=b", "3=c", "4=d"), port.takeSent());
        assertEquals(List.of("1 ACCEPTED"), toldShortly());
    }

    @Test
    void theMoreOftenAWriteIsRefusedTheLongerThePause() {
        openAndOffer(1);
        for (final long pauseNs : new long[] {10, 20, 40, 80, 80}) {
            writer.onRefused(1, Verdict.OVERLOADED, 0, 0, 0);
            nowNs += pauseNs - 1;
            work();
            assertEquals(List.of(), port.takeSent());
            nowNs++;
            work();
            assertEquals(List.of("1=a"), port.takeSent());
        }
    }

    @Test
    void anAcceptedAnswerBehindARefusedOneIsNotTrusted() {
        openAndOffer(2);
        writer.onRefused(1, Verdict.OVERLOADED, 0, 0, 0);
        assertFalse(writer.onAccepted(2, Verdict.ACCEPTED, 1, 1));
    }

    @ParameterizedTest(name = "{0} is told, with what was behind it, and its sequence is taken up again")
    @CsvSource({"STORAGE_FULL", "TOO_LARGE", "CORRUPT_PAYLOAD", "MALFORMED"})
    void aLastingRefusalIsTold(final Verdict verdict) {
        openAndOffer(3);
        writer.onRefused(1, verdict, 0, 0, 0);
        assertEquals(
                List.of(
                        "1 REFUSED " + verdict + " fence=0/0 expected=0",
                        "2 REFUSED SEQUENCE_GAP fence=0/0 expected=1",
                        "3 REFUSED SEQUENCE_GAP fence=0/0 expected=1"),
                told());
        assertEquals(1, offer("again"));
        assertEquals(List.of(), port.takeSent());
        writer.onRefused(2, Verdict.SEQUENCE_GAP, 0, 0, 1);
        writer.onRefused(3, Verdict.SEQUENCE_GAP, 0, 0, 1);
        work();
        assertEquals(List.of("1=again"), port.takeSent());
    }

    @ParameterizedTest(name = "a write refused with {0} stops the writer: {1}")
    @CsvSource({"STALE_TOKEN, FENCED", "NOT_OWNER, SUPERSEDED"})
    void aFenceRefusesWhatWasInFlightAndSaysWhoseItIs(final Verdict verdict, final StopReason reason) {
        openAndOffer(2);
        port.isFull = true;
        offer("c");
        writer.onRefused(1, verdict, NEWER, CLIENT, 0);
        final String facts = " REFUSED " + verdict + " fence=" + NEWER + "/" + CLIENT + " expected=0";
        assertEquals(List.of("1" + facts, "2" + facts, "3" + facts), told());
        assertEquals(reason, writer.life().stopReason());
        assertTrue(writer.onRefused(2, verdict, NEWER, CLIENT, 0), "the answers that still come are nothing new");
        assertEquals(OfferCode.NOT_OPEN, offer("d"));
        work();
        assertEquals(List.of(), port.takeSent());
    }

    @ParameterizedTest(name = "sent 1..4, acknowledged 1, the gateway has {0}: told {1}, sent again {2}")
    @CsvSource({
        "1, '', '2=b 3=c 4=d'",
        "2, '2 ACCEPTED', '3=c 4=d'",
        "3, '2 ACCEPTED, 3 ACCEPTED', '4=d'",
        "4, '2 ACCEPTED, 3 ACCEPTED, 4 ACCEPTED', ''"
    })
    void anewSessionSettlesWhatTheGatewayHasAndSendsTheRest(
            final long sequenceLast, final String settled, final String sentAgain) {
        openAndOffer(4);
        writer.onAccepted(1, Verdict.ACCEPTED, 1, 10);
        assertEquals(1, told().size());
        loseSession();
        assertEquals(List.of(), told());
        port.begin();
        work();
        assertEquals(5, offer("e"), "offers are taken meanwhile");
        work();
        assertEquals(List.of("open"), port.takeSent(), "nothing behind an open without an answer");
        opened(found(sequenceLast, crcOf(sequenceLast)));
        work();
        assertEquals(settled, String.join(", ", toldShortly()));
        assertEquals((sentAgain + " 5=e").trim(), String.join(" ", port.takeSent()));
        assertEquals(1, writer.life().losses());
    }

    @Test
    void theLastSettledWriteHasItsPlaceAndTheOthersDoNot() {
        openAndOffer(2);
        resume(found(2, crcOf(2)));
        assertEquals(List.of("1 ACCEPTED DUPLICATE 0/0", "2 ACCEPTED DUPLICATE 4/102"), told());
    }

    @ParameterizedTest(name = "acknowledged 1..3, the gateway has {0}: acknowledged writes are lost")
    @CsvSource({"0", "1", "2"})
    void lessThanWasAcknowledgedIsReported(final long sequenceLast) {
        openAndOffer(4);
        for (int sequence = 1; sequence <= 3; sequence++) {
            writer.onAccepted(sequence, Verdict.ACCEPTED, 1, 10 + sequence);
        }
        resume(found(sequenceLast, crcOf(sequenceLast)));
        assertEquals(StopReason.ACKNOWLEDGED_WRITES_LOST, writer.life().stopReason());
        assertEquals(List.of("1 ACCEPTED", "2 ACCEPTED", "3 ACCEPTED", "4 IN_DOUBT"), toldShortly());
        writer.reopen();
        assertEquals(WriterState.STOPPED, state());
    }

    @Test
    void anOlderLastRecordThanWasToldIsReportedToo() {
        openAndOffer(0);
        resume(new Opened(HANDLE, TOKEN, 0, 0, OLDER, 11, 4, 99));
        assertEquals(StopReason.ACKNOWLEDGED_WRITES_LOST, writer.life().stopReason());
    }

    @ParameterizedTest(name = "sent 1..2, the gateway has {0} with other bytes: {1}: foreign writes")
    @CsvSource({"3, false", "2, true", "1, true"})
    void recordsThatThisWriterDidNotWriteAreReported(final long sequenceLast, final boolean hasOtherBytes) {
        openAndOffer(2);
        resume(found(sequenceLast, crcOf(sequenceLast) ^ (hasOtherBytes ? 1 : 0)));
        assertEquals(StopReason.FOREIGN_WRITES, writer.life().stopReason());
    }

    @ParameterizedTest(name = "journal {0} generation {1} after 42/1: stops: {2}")
    @CsvSource({"42, 1, false", "42, 2, false", "42, 0, true", "43, 1, true", "43, 2, true"})
    void aGatewayThatWentBackIsNotOpenedAt(final long journalId, final long generation, final boolean stops) {
        openAndOffer(1);
        port.isFull = true;
        offer("b");
        port.isFull = false;
        loseSession();
        port.identity = new GatewayIdentity(journalId, generation);
        port.begin();
        work();
        assertEquals(stops ? StopReason.GATEWAY_WENT_BACK : null, writer.life().stopReason());
        assertEquals(stops ? List.of() : List.of("open"), port.takeSent());
        assertEquals(stops ? List.of("1 IN_DOUBT", "2 REFUSED") : List.of(), toldShortly());
    }

    @ParameterizedTest(name = "a reopen refused with {0}: {1}, sent writes {2}, unsent ones {3}")
    @CsvSource({
        "STALE_TOKEN, FENCED, IN_DOUBT, REFUSED",
        "NOT_OWNER, SUPERSEDED, IN_DOUBT, REFUSED",
        "BAD_SEAL, REFUSED, IN_DOUBT, REFUSED",
        "RECOVERING, , , ",
        "OVERLOADED, , , "
    })
    void aRefusedReopenPutsWritesInDoubt(
            final Verdict verdict, final StopReason reason, final String sent, final String unsent) {
        openAndOffer(2);
        writer.onAccepted(1, Verdict.ACCEPTED, 1, 10);
        loseSession();
        offer("c");
        port.begin();
        work();
        writer.onOpenRefused(port.openId, verdict, NEWER, CLIENT, PROOF);
        assertEquals(reason, writer.life().stopReason());
        assertEquals(reason == null ? 0 : PROOF, writer.life().proof());
        assertEquals(
                reason == null ? List.of("1 ACCEPTED") : List.of("1 ACCEPTED", "2 " + sent, "3 " + unsent),
                toldShortly());
        port.takeSent();
        nowNs += PAUSE_NS;
        work();
        assertEquals(reason == null ? List.of("open") : List.of(), port.takeSent());
        assertEquals(reason == null ? 0 : 2, writer.life().doubtFirst());
    }

    @Test
    void aWriteWithoutAnswerCostsTheSessionAndEachAttemptWaitsLonger() {
        openAndOffer(1);
        work();
        for (final long waitNs : new long[] {100, 200, 400}) {
            nowNs += waitNs - 1;
            work();
            assertEquals(List.of(), port.takeSent());
            nowNs++;
            work();
            assertEquals(List.of("lost timedOut=write"), port.takeSent());
            port.begin();
            work();
            opened(found(0, 0));
            work();
            assertEquals(List.of("open", "1=a"), port.takeSent());
        }
    }

    @Test
    void anOpenWithoutAnswerCostsTheSession() {
        work();
        nowNs += ATTEMPT_NS;
        work();
        assertEquals(List.of("open", "lost timedOut=open"), port.takeSent());
        assertEquals(WriterState.OPENING, state());
        opened(nothingUnderThisToken());
        assertEquals(WriterState.OPENING, state(), "an answer to an open that is given up is nothing");
    }

    @Test
    void whatIsNotSettledInTimeIsToldAndLaterSettledByReopening() {
        openAndOffer(2);
        loseSession();
        offer("c");
        nowNs += WRITE_TIMEOUT_NS - 1;
        work();
        assertEquals(WriterState.RESUMING, state());
        nowNs++;
        work();
        assertEquals(StopReason.TIMED_OUT, writer.life().stopReason());
        assertEquals(List.of("1 TIMED_OUT", "2 TIMED_OUT", "3 TIMED_OUT"), toldShortly());
        port.begin();
        work();
        assertEquals(List.of(), port.takeSent(), "it does not resume by itself");
        writer.reopen();
        assertEquals(OfferCode.NOT_OPEN, offer("x"));
        work();
        opened(found(1, crcOf(1)));
        assertEquals(WriterState.OPEN, state());
        assertEquals(2, offer("x"));
        assertEquals(List.of("open", "2=x"), port.takeSent());
        assertEquals(List.of(), told());
    }

    @Test
    void whatTimedOutIsHeldToTheReopen() {
        openAndOffer(1);
        writer.giveUp();
        writer.reopen();
        work();
        assertTrue(writer.onAccepted(1, Verdict.ACCEPTED, 1, 1), "its answer may still come before the open's");
        opened(found(1, crcOf(1) ^ 1));
        assertEquals(StopReason.FOREIGN_WRITES, writer.life().stopReason());
    }

    @Test
    void aWriterWithNothingToSettleWaitsForItsGatewayAsLongAsItTakes() {
        openAndOffer(0);
        loseSession();
        nowNs += 10 * WRITE_TIMEOUT_NS;
        work();
        assertEquals(WriterState.RESUMING, state());
        port.begin();
        work();
        opened(nothingUnderThisToken());
        assertEquals(WriterState.OPEN, state());
    }

    @Test
    void aFirstOpenThatIsNotAnsweredInTimeStops() {
        work();
        nowNs += WRITE_TIMEOUT_NS;
        work();
        assertEquals(StopReason.TIMED_OUT, writer.life().stopReason());
        writer.reopen();
        assertEquals(WriterState.OPENING, state());
    }

    @Test
    void askingAgainSendsNothingMoreUntilTheGatewayHasAnswered() {
        openAndOffer(1);
        writer.askAgain();
        offer("b");
        work();
        assertTrue(writer.onAccepted(1, Verdict.ACCEPTED, 1, 1));
        assertEquals(List.of("open"), port.takeSent());
        opened(found(1, crcOf(1)));
        work();
        assertEquals(List.of("2=b"), port.takeSent());
        assertEquals(0, writer.life().losses());
    }

    @Test
    void aSupersededWriterThatIsOpenedAgainGoesOn() {
        openAndOffer(1);
        writer.onRefused(1, Verdict.NOT_OWNER, 0, 0, 0);
        writer.reopen();
        work();
        opened(nothingUnderThisToken());
        assertEquals(WriterState.OPEN, state());
        assertNull(writer.life().verdict());
        assertEquals(1, offer("a"));
    }

    @Test
    void aGatewayThatRefusesTheClientForGoodStopsIt() {
        port.refusal = Verdict.MALFORMED;
        work();
        assertEquals(StopReason.REFUSED, writer.life().stopReason());
        assertEquals(Verdict.MALFORMED, writer.life().verdict());
    }

    @Test
    void aWriteThatWasNotSentCanBeTakenBack() {
        openAndOffer(0);
        port.isFull = true;
        offer("a");
        assertTrue(writer.withdraw());
        port.isFull = false;
        assertEquals(1, offer("b"));
        assertFalse(writer.withdraw());
        assertEquals(List.of("1=b"), port.takeSent());
    }

    @Test
    void sequencesOfWritesThatWereNeverSentAreFreeAgain() {
        openAndOffer(1);
        assertTrue(writer.onAccepted(1, Verdict.ACCEPTED, 1, 1));
        loseSession();
        assertEquals(2, offer("b"));
        assertEquals(3, offer("c"));
        writer.giveUp();
        assertEquals(List.of("1 ACCEPTED", "2 TIMED_OUT", "3 TIMED_OUT"), toldShortly());
        writer.reopen();
        assertEquals(2, offer("d"), "the gateway can have neither of them");
    }

    @Test
    void aClosedWriterStaysClosedWhateverIsStillAnswered() {
        openAndOffer(1);
        writer.close();
        assertFalse(writer.isOver(), "an answer is due");
        assertTrue(writer.onRefused(1, Verdict.NOT_OWNER, 0, 0, 0));
        assertEquals(WriterState.CLOSED, state());
        assertTrue(writer.isOver());
    }

    @Test
    void everyStopCounts() {
        openAndOffer(0);
        loseSession();
        writer.giveUp();
        writer.giveUp();
        assertEquals(1, writer.life().stops());
        writer.reopen();
        port.begin();
        work();
        writer.onOpenRefused(port.openId, Verdict.STALE_TOKEN, 9, 9, 9);
        assertEquals(StopReason.FENCED, writer.life().stopReason());
        assertEquals(2, writer.life().stops());
    }

    private void openAndOffer(final int count) {
        work();
        opened(nothingUnderThisToken());
        for (int i = 1; i <= count; i++) {
            assertEquals(i, offer(payload(i)));
        }
        port.takeSent();
    }

    private void resume(final Opened found) {
        loseSession();
        port.begin();
        work();
        opened(found);
    }

    private void loseSession() {
        port.number = SessionPort.NONE;
        work();
    }

    private WriterState state() {
        return writer.life().state();
    }

    private void work() {
        writer.work(nowNs, port);
    }

    private void opened(final Opened found) {
        writer.onOpened(port.openId, found);
    }

    private long offer(final String text) {
        buffer.putStringWithoutLengthAscii(0, text);
        return writer.offer(port, buffer, 0, text.length());
    }

    private static String payload(final long sequence) {
        return String.valueOf((char) ('a' + sequence - 1));
    }

    private static Opened nothingUnderThisToken() {
        return new Opened(HANDLE, TOKEN, 0, 0, OLDER, 12, 4, 100);
    }

    private static Opened found(final long sequenceLast, final int runningCrc) {
        return sequenceLast == 0
                ? nothingUnderThisToken()
                : new Opened(HANDLE, TOKEN, sequenceLast, runningCrc, TOKEN, sequenceLast, 4, 100 + sequenceLast);
    }

    private static int crcOf(final long sequenceLast) {
        final PayloadCrc payloadCrc = new PayloadCrc();
        int crc = 0;
        for (long sequence = 1; sequence <= sequenceLast; sequence++) {
            crc = PayloadCrc.fold(
                    crc, payloadCrc.compute(new UnsafeBuffer(payload(sequence).getBytes()), 0, 1));
        }
        return crc;
    }

    private List<String> toldShortly() {
        final List<String> told = new ArrayList<>();
        final WriteWindow window = writer.window();
        while (window.hasAnswer()) {
            told.add(window.sequence() + " " + window.outcome());
            window.remove();
        }
        return told;
    }

    private List<String> told() {
        final List<String> told = new ArrayList<>();
        final WriteWindow window = writer.window();
        while (window.hasAnswer()) {
            final String facts = window.outcome() == WriteOutcome.ACCEPTED
                    ? window.generation() + "/" + window.position()
                    : "fence=" + window.fenceToken() + "/" + window.fenceClientId() + " expected="
                            + window.sequenceExpected();
            told.add(window.sequence() + " " + window.outcome() + " " + window.verdict() + " " + facts);
            window.remove();
        }
        return told;
    }
}
