package io.fencegate.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.benchmarks.measure.Figure;
import io.fencegate.benchmarks.measure.Goal;
import io.fencegate.benchmarks.measure.Measure;
import io.fencegate.benchmarks.measure.Spread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run leaves to its reader. */
class ReportTest {
    private static final Measure ROUND_TRIP = Measure.value(
                    "P1",
                    "round trip",
                    Goal.atMost(1.15),
                    new Figure("ratio", new Spread(1.7, 1.402, 1.98), ""),
                    new Figure("gateway", new Spread(12_345, 12_345, 12_345), "ns"))
            .withNote("loaded | machine");
    private static final Measure BROKEN =
            Measure.failed("P2", "round trip, UDP", Goal.reported(), "wrong answer: number=3");

    @Test
    void aTerminalSeesEachRowAndWhatThereIsToKnow() {
        assertEquals(
                List.of(
                        "P1   round trip       <= 1.15    not met",
                        "       ratio 1.70 (1.40 to 1.98), gateway 12,345 ns",
                        "       loaded | machine",
                        "P2   round trip, UDP  reported   failed",
                        "       wrong answer: number=3"),
                Table.text(List.of(ROUND_TRIP, BROKEN)));
    }

    @Test
    void aDocumentGetsATableWhoseCellsDoNotBreakIt() {
        assertEquals(
                "| P1 | round trip | 1.70 (1.40 to 1.98) | gateway 12,345 ns | <= 1.15 | not met | loaded \\| machine |",
                Table.markdown(List.of(ROUND_TRIP)).lines().skip(2).findFirst().orElseThrow());
    }

    @Test
    void aProgramGetsEveryFigure() {
        assertEquals(
                "{\"id\":\"P1\",\"measure\":\"round trip\",\"goal\":\"<= 1.15\",\"outcome\":\"not met\",\"figures\":{"
                        + "\"ratio\":{\"median\":1.7,\"min\":1.402,\"max\":1.98,\"unit\":\"\"},"
                        + "\"gateway\":{\"median\":12345.0,\"min\":12345.0,\"max\":12345.0,\"unit\":\"ns\"}},"
                        + "\"notes\":[\"loaded | machine\"]}",
                Table.json(ROUND_TRIP).toString());
    }

    @Test
    void aFolderKeepsRowsDistributionsAndTheirPlot(@TempDir final Path parent) throws IOException {
        final ResultsFolder folder = new ResultsFolder(parent.resolve("kept"), Environment.look());
        final Histogram histogram = new Histogram(3);
        for (int i = 1; i <= 10_000; i++) {
            histogram.recordValue(i * 1_000L);
        }
        folder.histogram("ipc", "gateway", histogram);
        folder.histogram("ipc", "nothing", new Histogram(3));
        folder.table("steps", "| a |\n");
        folder.rows("title", List.of(ROUND_TRIP));
        assertEquals(
                Set.of(
                        "environment.json",
                        "table.md",
                        "table.json",
                        "steps.md",
                        "ipc-gateway.hgrm",
                        "ipc-nothing.hgrm",
                        "ipc.png"),
                files(folder.folder()));
        assertTrue(Files.readString(folder.folder().resolve("table.md")).contains("![ipc](ipc.png)"));
        assertTrue(
                Files.readString(folder.folder().resolve("ipc-gateway.hgrm")).contains("#[Max     =    10002."),
                "microseconds");
        assertTrue(ImageIO.read(folder.folder().resolve("ipc.png").toFile()).getWidth() >= 800);
    }

    @Test
    void runsAreNotMixed(@TempDir final Path folder) throws IOException {
        Files.writeString(folder.resolve("older.md"), "kept");
        final IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> new ResultsFolder(folder, Environment.look()));
        assertTrue(refused.getMessage().contains("not empty"), refused.getMessage());
        assertEquals(Set.of("older.md"), files(folder));
    }

    @Test
    void theEnvironmentIsKnown() {
        final Environment environment = Environment.look();
        assertTrue(environment.cores() >= 1);
        assertTrue(environment.jdk().contains(Integer.toString(Runtime.version().feature())), environment::jdk);
        assertFalse(environment.flags().isEmpty());
    }

    private static Set<String> files(final Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }
}
