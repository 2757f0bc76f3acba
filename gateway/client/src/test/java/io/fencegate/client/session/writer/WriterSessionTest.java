package io.fencegate.client.session.writer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.core.grant.PayloadCrc;
import io.fencegate.core.grant.Token;
import io.fencegate.core.grant.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The law of one writer: sequences, rounds, and what an open settles. */
class WriterSessionTest {
    private static final int HANDLE = 3;
    private static final long TOKEN = Token.of(1, 7);
    private static final long OLDER = Token.of(1, 5);
    private static final long NEWER = Token.of(1, 9);
    private static final int WRITES_MAX = 8;

    private final WriterSession writer = new WriterSession(TOKEN, WRITES_MAX);

    @Test
    void aNewWriterBeginsWithSequenceOne() {
        assertEquals(WriterState.OPENING, writer.state());
        assertNull(writer.opened());
        assertEquals(OpenJudgement.CONSISTENT, writer.onOpened(nothingUnderThisToken()));
        assertEquals(WriterState.OPEN, writer.state());
        assertEquals(1, writer.sequenceNext());
    }

    @Test
    void anotherProcessOfTheSameHolderGoesOnBehindTheLastSequence() {
        assertEquals(OpenJudgement.CONSISTENT, writer.onOpened(opened(41, 12345)));
        assertEquals(42, writer.onSent(1));
    }

    @Test
    void answersAreToldInTheOrderOfTheWrites() {
        openAndSend(1, 2, 3);
        assertTrue(writer.onAccepted(1, Verdict.ACCEPTED, 1, 10));
        assertTrue(writer.onAccepted(2, Verdict.ACCEPTED, 1, 11));
        assertEquals(List.of("1 ACCEPTED ACCEPTED 1/10", "2 ACCEPTED ACCEPTED 1/11"), told());
        assertEquals(1, writer.window().unanswered());
        assertEquals(2, writer.sequenceAcknowledged());
    }

    @ParameterizedTest(name = "after writes 1 and 2, an answer to {0} is out of order: {1}")
    @CsvSource({"1, true", "2, false", "3, false", "0, false"})
    void anAnswerThatIsNotDueIsNotTrusted(final long sequence, final boolean isDue) {
        openAndSend(1, 2);
        assertEquals(isDue, writer.onAccepted(sequence, Verdict.ACCEPTED, 1, 10));
    }

    @Test
    void anAnswerWithoutAWriteIsNotTrusted() {
        writer.onOpened(nothingUnderThisToken());
        assertFalse(writer.onAccepted(1, Verdict.ACCEPTED, 1, 10));
        assertFalse(writer.onRefused(1, Verdict.STALE_TOKEN, NEWER, 0, 0));
        assertEquals(WriterState.OPEN, writer.state());
    }

    @Test
    void aRefusedWriteTakesAPipeliningWriterBackToItsSequence() {
        openAndSend(1, 2, 3, 4);
        writer.onAccepted(1, Verdict.ACCEPTED, 1, 10);
        writer.onRefused(2, Verdict.OVERLOADED, 0, 0, 0);
        assertEquals(2, writer.sequenceNext());
        writer.onRefused(3, Verdict.SEQUENCE_GAP, 0, 0, 2);
        assertEquals(2, writer.sequenceNext());
    }

    @Test
    void whatWasSentBehindARefusedWriteDoesNotTakeTheNewWritesBack() {
        openAndSend(1, 2, 3);
        writer.onRefused(1, Verdict.OVERLOADED, 0, 0, 0);
        assertEquals(1, writer.onSent(91));
        assertEquals(2, writer.onSent(92));
        writer.onRefused(2, Verdict.SEQUENCE_GAP, 0, 0, 1);
        writer.onRefused(3, Verdict.SEQUENCE_GAP, 0, 0, 1);
        assertEquals(3, writer.sequenceNext());
        assertTrue(writer.onAccepted(1, Verdict.ACCEPTED, 1, 10));
        assertTrue(writer.onAccepted(2, Verdict.ACCEPTED, 1, 11));
        assertEquals(2, writer.sequenceAcknowledged());
    }

    @Test
    void aWriteBehindAGapThatIsAcceptedAllTheSameIsNotTrusted() {
        openAndSend(1, 2);
        writer.onRefused(1, Verdict.OVERLOADED, 0, 0, 0);
        assertFalse(writer.onAccepted(2, Verdict.ACCEPTED, 1, 10));
    }

    @Test
    void aStaleTokenFencesTheWriterForGood() {
        openAndSend(1, 2, 3);
        writer.onRefused(1, Verdict.STALE_TOKEN, NEWER, 0, 0);
        assertEquals(WriterState.STOPPED, writer.state());
        assertEquals(NEWER, writer.fenceToken());
        writer.onSessionLost();
        assertEquals(
                List.of(
                        "1 REFUSED STALE_TOKEN fence=" + NEWER + " expected=0",
                        "2 REFUSED STALE_TOKEN fence=" + NEWER + " expected=0",
                        "3 REFUSED STALE_TOKEN fence=" + NEWER + " expected=0"),
                told());
    }

    @Test
    void aSessionLostWithoutARefusalLeavesTheWritesOpen() {
        openAndSend(1, 2);
        writer.onSessionLost();
        assertEquals(List.of(), told());
        assertEquals(2, writer.window().unanswered());
    }

    @ParameterizedTest(name = "sent 1..4, acknowledged 1, the gateway has {0}: {1}, next {2}")
    @CsvSource({
        "1, '2 REFUSED, 3 REFUSED, 4 REFUSED', 2",
        "2, '2 ACCEPTED, 3 REFUSED, 4 REFUSED', 3",
        "3, '2 ACCEPTED, 3 ACCEPTED, 4 REFUSED', 4",
        "4, '2 ACCEPTED, 3 ACCEPTED, 4 ACCEPTED', 5"
    })
    void reopeningSettlesEveryWriteThatHadNoAnswer(final long sequenceLast, final String settled, final long next) {
        openAndSend(1, 2, 3, 4);
        writer.onAccepted(1, Verdict.ACCEPTED, 1, 10);
        assertEquals(1, told().size());
        assertEquals(OpenJudgement.CONSISTENT, writer.onOpened(opened(sequenceLast, crcOf(sequenceLast))));
        assertEquals(settled, String.join(", ", toldShortly()));
        assertEquals(next, writer.sequenceNext());
        assertEquals(sequenceLast, writer.sequenceAcknowledged());
    }

    @Test
    void theLastSettledWriteHasItsPlaceAndTheOthersDoNot() {
        openAndSend(1, 2);
        writer.onOpened(opened(2, crcOf(2)));
        assertEquals(List.of("1 ACCEPTED DUPLICATE 0/0", "2 ACCEPTED DUPLICATE 4/102"), told());
    }

    @Test
    void aWriteBehindARefusedOneIsLostWhateverTheGatewayHas() {
        openAndSend(1, 2);
        writer.onRefused(1, Verdict.OVERLOADED, 0, 0, 0);
        writer.onSent(crc(1));
        writer.onSent(crc(2));
        writer.onOpened(opened(2, crcOf(2)));
        assertEquals(List.of("1 REFUSED", "2 REFUSED", "1 ACCEPTED", "2 ACCEPTED"), toldShortly());
        assertEquals(3, writer.sequenceNext());
    }

    @ParameterizedTest(name = "acknowledged 1..3, the gateway has {0}: acknowledged writes are lost")
    @CsvSource({"0", "1", "2"})
    void lessThanWasAcknowledgedIsReported(final long sequenceLast) {
        openAndSend(1, 2, 3, 4);
        for (int sequence = 1; sequence <= 3; sequence++) {
            writer.onAccepted(sequence, Verdict.ACCEPTED, 1, 10 + sequence);
        }
        assertEquals(OpenJudgement.ACKNOWLEDGED_LOST, writer.onOpened(opened(sequenceLast, crcOf(sequenceLast))));
        assertEquals(WriterState.STOPPED, writer.state());
        assertEquals(List.of("1 ACCEPTED", "2 ACCEPTED", "3 ACCEPTED", "4 IN_DOUBT"), toldShortly());
    }

    @Test
    void anOlderLastRecordThanWasToldIsReportedToo() {
        writer.onOpened(new Opened(HANDLE, TOKEN, 0, 0, OLDER, 12, 4, 100));
        assertEquals(
                OpenJudgement.ACKNOWLEDGED_LOST, writer.onOpened(new Opened(HANDLE, TOKEN, 0, 0, OLDER, 11, 4, 99)));
    }

    @Test
    void recordsThatThisWriterDidNotWriteAreReported() {
        openAndSend(1);
        assertEquals(OpenJudgement.FOREIGN, writer.onOpened(opened(2, crcOf(2))));
        assertEquals(WriterState.STOPPED, writer.state());
    }

    @Test
    void otherBytesUnderTheSameSequenceAreReported() {
        openAndSend(1, 2);
        final int otherCrc = PayloadCrc.fold(crcOf(1), 4711);
        assertEquals(OpenJudgement.FOREIGN, writer.onOpened(opened(2, otherCrc)));
    }

    @ParameterizedTest(name = "an open refused with {0}: writer {1}, unanswered writes {2}")
    @CsvSource({
        "STALE_TOKEN, STOPPED, '2 IN_DOUBT, 3 IN_DOUBT'",
        "NOT_OWNER, STOPPED, '2 IN_DOUBT, 3 IN_DOUBT'",
        "STORAGE_FULL, OPEN, ''",
        "BAD_SEAL, OPEN, ''",
        "RECOVERING, OPEN, ''"
    })
    void aRefusedReopenPutsWritesInDoubt(final Verdict verdict, final WriterState state, final String settled) {
        openAndSend(1, 2, 3);
        writer.onAccepted(1, Verdict.ACCEPTED, 1, 10);
        assertEquals(1, told().size());
        writer.onOpenRefused(verdict, NEWER, 0);
        assertEquals(state, writer.state());
        assertEquals(settled, String.join(", ", toldShortly()));
    }

    @Test
    void aSupersededWriterThatIsOpenedAgainGoesOn() {
        openAndSend(1);
        writer.onRefused(1, Verdict.NOT_OWNER, 0, 0, 0);
        assertEquals(WriterState.STOPPED, writer.state());
        assertEquals(OpenJudgement.CONSISTENT, writer.onOpened(nothingUnderThisToken()));
        assertEquals(WriterState.OPEN, writer.state());
        assertNull(writer.verdict());
        assertEquals(1, writer.onSent(1));
    }

    private void openAndSend(final long... sequences) {
        writer.onOpened(nothingUnderThisToken());
        for (final long sequence : sequences) {
            assertEquals(sequence, writer.onSent(crc(sequence)));
        }
    }

    private static Opened nothingUnderThisToken() {
        return new Opened(HANDLE, TOKEN, 0, 0, OLDER, 12, 4, 100);
    }

    private static Opened opened(final long sequenceLast, final int runningCrc) {
        return sequenceLast == 0
                ? nothingUnderThisToken()
                : new Opened(HANDLE, TOKEN, sequenceLast, runningCrc, TOKEN, sequenceLast, 4, 100 + sequenceLast);
    }

    private static int crc(final long sequence) {
        return (int) (0x9E3779B9L * sequence);
    }

    private static int crcOf(final long sequenceLast) {
        int crc = 0;
        for (long sequence = 1; sequence <= sequenceLast; sequence++) {
            crc = PayloadCrc.fold(crc, crc(sequence));
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
                    : "fence=" + window.fenceToken() + " expected=" + window.sequenceExpected();
            told.add(window.sequence() + " " + window.outcome() + " " + window.verdict() + " " + facts);
            window.remove();
        }
        return told;
    }
}
