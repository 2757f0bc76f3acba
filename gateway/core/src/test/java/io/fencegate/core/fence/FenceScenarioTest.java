package io.fencegate.core.fence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.AssertionFailedError;

/** Every story in the scenarios folder, told to both tables; together they reach every row of the law. */
final class FenceScenarioTest {
    private static final Set<String> ROWS = Set.of(
            "open BAD_SEAL",
            "open STALE_TOKEN",
            "open NOT_OWNER",
            "open TABLE_FULL",
            "open STORAGE_FULL",
            "open OPENED",
            "ask OPENED",
            "answer OPENED",
            "answer STALE_TOKEN",
            "write UNKNOWN_RESOURCE",
            "write STALE_TOKEN",
            "write NOT_OPEN",
            "write NOT_OWNER",
            "write DUPLICATE",
            "write PAYLOAD_MISMATCH",
            "write SEQUENCE_GAP",
            "write TOO_LARGE",
            "write CORRUPT_PAYLOAD",
            "write STORAGE_FULL",
            "write ACCEPTED");

    private static final FenceTableFactory OFF_HEAP = (capacity, nameBytesMax, payloadLengthMax) ->
            new OffHeapFenceTable(capacity, nameBytesMax, payloadLengthMax, 1);

    @TestFactory
    Stream<DynamicTest> theTableOffTheHeapKeepsTheLaw() {
        return stories().map(story -> DynamicTest.dynamicTest(nameOf(story), () -> tell(story, OFF_HEAP)));
    }

    @TestFactory
    Stream<DynamicTest> theTwinKeepsTheLaw() {
        return stories().map(story -> DynamicTest.dynamicTest(nameOf(story), () -> tell(story, MapFenceTable::new)));
    }

    @Test
    void theStoriesReachEveryRowOfTheLaw() {
        final Set<String> reached = new TreeSet<>();
        stories().forEach(story -> reached.addAll(tell(story, OFF_HEAP)));

        final Set<String> missing = new TreeSet<>(ROWS);
        missing.removeAll(reached);
        assertEquals(Set.of(), missing);
    }

    @Test
    void aStoryThatTellsLiesIsFoundOut() {
        final String open = "open orders token=3 client=7 session=1 -> ";

        assertThrows(AssertionFailedError.class, () -> tell(List.of(open + "STALE_TOKEN")));
        assertThrows(AssertionFailedError.class, () -> tell(List.of(open + "OPENED fence=4")));
        assertThrows(AssertionFailedError.class, () -> tell(List.of(open.replace(" -> ", ""))));
        assertThrows(IllegalArgumentException.class, () -> tell(List.of(open + "OPENED colour=4")));
        assertThrows(IllegalArgumentException.class, () -> tell(List.of("open orders token=3 -> OPENED")));
        assertThrows(
                IllegalArgumentException.class, () -> tell(List.of(open + "OPENED", "leave orders session=1 seq=2")));
        assertThrows(IllegalArgumentException.class, () -> tell(List.of("close orders")));
    }

    private static void tell(final List<String> lines) {
        try (ScenarioRunner runner = new ScenarioRunner("lies", OFF_HEAP)) {
            runner.run(lines);
        }
    }

    private static Set<String> tell(final Path story, final FenceTableFactory factory) {
        try (ScenarioRunner runner = new ScenarioRunner(nameOf(story), factory)) {
            return runner.run(Files.readAllLines(story));
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static String nameOf(final Path story) {
        return story.getFileName().toString();
    }

    private static Stream<Path> stories() {
        try (Stream<Path> files = Files.list(
                Path.of(FenceScenarioTest.class.getResource("/scenarios").toURI()))) {
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
