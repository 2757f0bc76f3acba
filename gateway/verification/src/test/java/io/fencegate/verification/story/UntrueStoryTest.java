package io.fencegate.verification.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.verification.history.EventText;
import io.fencegate.verification.history.History;
import io.fencegate.verification.story.law.LawStage;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A story that is not true is found out, with file, line, what was expected and what was; so is one that says nothing. */
final class UntrueStoryTest {
    private static final String BEGINNING = """
            # three lines
            A acquire orders ttl=300 -> GRANTED token=7
            A open -> OPENED
            A write 1 "a" -> ACCEPTED
            wait until lease of A ends
            """;
    private static final String END = "journal -> 7/1 \"a\"\n";

    /** Each kind of answer that the stories must tell of at least once. */
    private static final Set<String> ANSWERS = Set.of(
            "ACQUIRE GRANTED",
            "ACQUIRE QUEUED",
            "ACQUIRE DENIED",
            "ACQUIRE UNANSWERED",
            "AWAIT GRANTED",
            "RENEW RENEWED",
            "RENEW LEASE_LOST",
            "RENEW UNANSWERED",
            "RELEASE RELEASED",
            "RELEASE LEASE_LOST",
            "REVOKE REVOKED",
            "DESCRIBE DESCRIBED",
            "OPEN OPENED",
            "OPEN BAD_SEAL",
            "OPEN STALE_TOKEN",
            "OPEN NOT_OWNER",
            "WRITE ACCEPTED",
            "WRITE DUPLICATE",
            "WRITE STALE_TOKEN",
            "WRITE NOT_OPEN",
            "WRITE NOT_OWNER",
            "WRITE UNKNOWN_RESOURCE",
            "WRITE PAYLOAD_MISMATCH",
            "WRITE SEQUENCE_GAP",
            "WRITE UNANSWERED",
            "READ FOUND");

    @Test
    void aTrueStoryIsBelieved() {
        play(BEGINNING + END);
    }

    @Test
    void aWrongAnswerIsToldWithFileLineExpectedAndActual() {
        final StoryException untrue = assertThrows(
                StoryException.class,
                () -> play(BEGINNING + "B acquire -> GRANTED token=8\nB open -> OPENED\n"
                        + "A write 2 \"late\" -> ACCEPTED\n" + END));

        assertEquals("""
                lies.txt:8: A write 2 "late" -> ACCEPTED: stage=law
                  expected: ACCEPTED
                  actual:   STALE_TOKEN fence=8 {0/2} fenceHolder=B""", untrue.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "B acquire -> GRANTED token=6",
                "B acquire -> GRANTED token=7",
                "B acquire -> GRANTED token=none",
                "B acquire -> DENIED",
                "A write 1 \"a\" -> DUPLICATE generation=2",
                "A write 1 \"a\" -> DUPLICATE colour=red",
                "A open -> OPENED lastSequence=2",
                "A open -> OPENED lastToken=none",
                "B describe -> DESCRIBED holder=A",
                "B read -> FOUND payload=\"b\""
            })
    void aWrongFactIsFoundOut(final String line) {
        final StoryException untrue = assertThrows(StoryException.class, () -> play(BEGINNING + line + "\n" + END));

        assertTrue(untrue.getMessage().startsWith("lies.txt:6: " + line), untrue::getMessage);
        assertTrue(untrue.getMessage().contains("actual:"), untrue::getMessage);
    }

    @Test
    void aWrongJournalIsFoundOut() {
        final StoryException untrue =
                assertThrows(StoryException.class, () -> play(BEGINNING + "journal -> 7/1 \"b\"\n"));

        assertTrue(untrue.getMessage().contains("actual:   7/1 \"a\""), untrue::getMessage);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A write 1 \"a\"",
                "hold back: A write 2 \"b\" -> ACCEPTED",
                "hold on: A write 2 \"b\"",
                "A writes 1 \"a\" -> ACCEPTED",
                "A write 1 \"a\" colour=red -> ACCEPTED",
                "A write 1 2 \"a\" -> ACCEPTED",
                "gateway burns",
                "A write 1 \"a\" token=99 -> ACCEPTED",
                "A pauses\nA write 2 \"b\" -> ACCEPTED",
                "journal\n"
            })
    void whatSaysNothingKnownIsFoundOut(final String line) {
        final StoryException flaw = assertThrows(StoryException.class, () -> play(BEGINNING + line + "\n" + END));

        assertTrue(flaw.getMessage().startsWith("lies.txt:"), flaw::getMessage);
    }

    @Test
    void aStoryThatIsNotPlayedEverywhereSaysWhy() {
        assertThrows(StoryException.class, () -> play("stages: law\n" + BEGINNING + END));
        assertThrows(StoryException.class, () -> play("why: for no reason\n" + BEGINNING + END));
        play("stages: law real\nwhy: to see\n" + BEGINNING + END);
    }

    @Test
    void aStoryEndsWithItsJournal() {
        assertThrows(StoryException.class, () -> play(BEGINNING));
        assertThrows(StoryException.class, () -> play(BEGINNING + END + "A open -> OPENED\n"));
    }

    @Test
    void theStoriesTellOfEveryAnswer() {
        final Set<String> missing = new TreeSet<>(ANSWERS);
        Stories.all().stream()
                .flatMap(story -> story.lines().stream())
                .filter(line -> line.call() != null)
                .forEach(line -> missing.remove(line.call() + " " + line.expected()));

        assertEquals(Set.of(), missing);
    }

    /** The end of a story is judged by the checkers: they notice if a refusal is told as a success. */
    @Test
    void aHistoryThatTellsLiesIsFoundOut() {
        final History told = play(BEGINNING + "B acquire -> GRANTED token=8\nB open -> OPENED\n"
                + "A write 2 \"late\" -> STALE_TOKEN fence=8\n" + END);
        Checked.check(told);
        final History lie = new History(told.header());
        told.events().forEach(event -> lie.add(EventText.parse(event.toString().replace("STALE_TOKEN", "ACCEPTED"))));

        assertThrows(AssertionError.class, () -> Checked.check(lie));
    }

    private static History play(final String text) {
        final List<String> lines = Arrays.asList(text.split("\n"));
        final Story story = StoryParser.parse("lies.txt", lines);
        try (LawStage stage = new LawStage(story)) {
            return StoryPlayer.play(story, StageKind.LAW, stage);
        }
    }
}
