package io.fencegate.core.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fencegate.core.lease.command.LeaseLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.AssertionFailedError;

/** Every story in the folder of lease scenarios, told to the table and to its twin; together they reach every rule. */
final class LeaseScenarioTest {
    private static final Set<String> RULES = Set.of(
            "acquire GRANTED",
            "acquire QUEUED",
            "acquire DENIED",
            "acquire BAD_NAME",
            "acquire TTL_OUT_OF_RANGE",
            "acquire WAIT_OUT_OF_RANGE",
            "acquire REQUEST_MISMATCH",
            "acquire REQUEST_TOO_OLD",
            "acquire TOKENS_EXHAUSTED",
            "acquire TOO_MANY_LEASES",
            "acquire TOO_MANY_WAITERS_FOR_RESOURCE",
            "acquire TOO_MANY_WAITERS",
            "acquire TOO_MANY_CLIENTS",
            "acquire WAIT_TIMED_OUT",
            "renew RENEWED",
            "renew LEASE_LOST",
            "renew BAD_NAME",
            "renew TTL_OUT_OF_RANGE",
            "release RELEASED",
            "release LEASE_LOST",
            "release BAD_NAME",
            "cancelWait CANCELLED",
            "cancelWait NOT_WAITING",
            "cancelWait BAD_NAME",
            "acquire WAIT_CANCELLED",
            "revoke REVOKED",
            "revoke LEASE_LOST",
            "revoke TOKENS_EXHAUSTED",
            "revoke BAD_NAME",
            "raiseFloor FLOOR_RAISED",
            "raiseFloor FLOOR_KEPT",
            "raiseFloor BAD_SEAL",
            "raiseFloor BAD_NAME",
            "raiseFloor MALFORMED",
            "raiseFloor TOKENS_EXHAUSTED",
            "raiseFloor REQUEST_MISMATCH",
            "setFloor FLOOR_RAISED",
            "setFloor FLOOR_KEPT",
            "setFloor MALFORMED",
            "setFloor TOKENS_EXHAUSTED",
            "describe DESCRIBED",
            "describe BAD_NAME",
            "watch WATCHING",
            "watch BAD_NAME",
            "watch REQUEST_MISMATCH",
            "watch REQUEST_TOO_OLD",
            "watch TOO_MANY_WATCHES",
            "unwatch UNWATCHED",
            "acquire NOT_ALLOWED",
            "acquire NOT_ALLOWED of another's client",
            "renew NOT_ALLOWED",
            "renew NOT_ALLOWED of another's client",
            "release NOT_ALLOWED",
            "cancelWait NOT_ALLOWED",
            "revoke NOT_ALLOWED",
            "describe NOT_ALLOWED",
            "watch NOT_ALLOWED",
            "unwatch NOT_ALLOWED",
            "push NOT_ALLOWED",
            "allow DONE",
            "allow NOT_ALLOWED",
            "allow BAD_RULE",
            "allow REQUEST_MISMATCH",
            "allow ACCESS_CHANGED",
            "allow LAST_OPERATOR",
            "forbid DONE",
            "forbid LAST_OPERATOR",
            "push EVENT",
            "push WATCH_ENDED",
            "push WAIT_CANCELLED",
            "push GRANTED",
            "push WAIT_TIMED_OUT",
            "push TOKENS_EXHAUSTED");

    @TestFactory
    Stream<DynamicTest> theTableKeepsTheLaw() {
        return stories().map(story -> DynamicTest.dynamicTest(nameOf(story), () -> tell(story, TableLaw::new)));
    }

    @TestFactory
    Stream<DynamicTest> theTwinKeepsTheLaw() {
        return stories().map(story -> DynamicTest.dynamicTest(nameOf(story), () -> tell(story, PlainLeaseTable::new)));
    }

    @Test
    void theStoriesReachEveryRule() {
        final Set<String> missing = new TreeSet<>(RULES);
        stories().forEach(story -> missing.removeAll(tell(story, TableLaw::new)));

        assertEquals(Set.of(), missing);
    }

    @Test
    void aStoryThatTellsLiesIsFoundOut() {
        final String acquire = "at 5 acquire orders client=1 request=1 ttl=2000 wait=0 -> ";

        assertThrows(AssertionFailedError.class, () -> tell(acquire + "DENIED"));
        assertThrows(AssertionFailedError.class, () -> tell(acquire + "GRANTED token=1/2"));
        assertThrows(AssertionFailedError.class, () -> tell(acquire + "nothing"));
        assertThrows(AssertionFailedError.class, () -> tell(acquire + "GRANTED & client=2 request=1 GRANTED"));
        assertThrows(AssertionFailedError.class, () -> tell(acquire.replace(" -> ", "")));
        assertThrows(AssertionFailedError.class, () -> tell(acquire.replace("wait", "weight") + "GRANTED"));
        assertThrows(IllegalArgumentException.class, () -> tell(acquire.replace("client=1", "") + "GRANTED"));
        assertThrows(IllegalArgumentException.class, () -> tell(acquire.replace("acquire", "grab") + "GRANTED"));
    }

    private static void tell(final String line) {
        new LeaseStory("lies", TableLaw::new).run(List.of(line));
    }

    private static Set<String> tell(final Path story, final BiFunction<LeaseLimits, AnswerLog, LeaseLaw> maker) {
        try {
            return new LeaseStory(nameOf(story), maker).run(Files.readAllLines(story));
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static String nameOf(final Path story) {
        return story.getFileName().toString();
    }

    private static Stream<Path> stories() {
        try (Stream<Path> files = Files.list(
                Path.of(LeaseScenarioTest.class.getResource("/lease-scenarios").toURI()))) {
            final List<Path> stories = files.sorted().toList();
            if (stories.isEmpty()) {
                throw new IllegalStateException("no stories");
            }
            return stories.stream();
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        } catch (final URISyntaxException ex) {
            throw new IllegalStateException(ex);
        }
    }
}
