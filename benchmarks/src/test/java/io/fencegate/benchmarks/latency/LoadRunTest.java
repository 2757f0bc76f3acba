package io.fencegate.benchmarks.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.benchmarks.latency.loop.LoopResult;
import io.fencegate.benchmarks.latency.subject.Transport;
import io.fencegate.benchmarks.measure.Measure;
import io.fencegate.benchmarks.measure.Outcome;
import io.fencegate.benchmarks.rig.Effort;
import io.fencegate.benchmarks.rig.Idling;
import io.fencegate.benchmarks.rig.Results;
import io.fencegate.benchmarks.rig.Run;
import io.fencegate.storage.durability.Durability;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a loop saw becomes a row that does not say more than was seen. */
class LoadRunTest {
    private static final Load LOAD = new Load(Transport.IPC, 64, 3, Durability.DISK);
    private static final long SECOND_NS = 1_000_000_000L;

    private static LoopResult result(final long sent, final long sendingNs, final boolean isComplete) {
        final Histogram histogram = new Histogram(3);
        histogram.recordValue(1_000);
        return new LoopResult(histogram, sent, sendingNs, 0, isComplete);
    }

    @Test
    void aRateThatWasHeldIsReportedWithWhatWasAchieved() {
        final Measure row = LoadRun.judge(LOAD, 1_000, result(10_000, 10 * SECOND_NS, true), false);
        assertEquals(Outcome.REPORTED, row.outcome());
        assertEquals(
                List.of("p50", "p90", "p99", "p99.9", "p99.99", "max", "achieved"),
                row.figures().stream().map(figure -> figure.name()).toList());
        assertEquals(1_000, row.figures().get(6).spread().median());
        assertEquals("write round trip, IPC, 64 B, writers=3, durability=disk, open loop at 1000/s", row.what());
    }

    @Test
    void aRateThatWasMissedFailsAndItsFiguresStandOnlyInTheNote() {
        final Measure row = LoadRun.judge(LOAD, 1_000, result(10_000, 11 * SECOND_NS, true), false);
        assertEquals(Outcome.FAILED, row.outcome());
        assertEquals(List.of(), row.figures());
        assertTrue(row.notes().get(0).contains("the rate was missed: stated=1000/s achieved=909/s"), row::toString);
        assertTrue(row.notes().get(1).contains("p50=1000ns"), row::toString);
    }

    @Test
    void aStoppedRunIsPartial() {
        final Measure row = LoadRun.judge(LOAD, 1_000, result(10, SECOND_NS, false), true);
        assertEquals(Outcome.PARTIAL, row.outcome());
        assertEquals(7, row.figures().size());
    }

    @Test
    void aTableHasALineForEachLoad() {
        final Measure good = LoadRun.judge(LOAD, 1_000, result(10_000, 10 * SECOND_NS, true), false);
        final Measure bad = LoadRun.judge(LOAD, 1_000, result(10_000, 11 * SECOND_NS, true), false);
        final List<String> lines =
                LoadTable.markdown(List.of(good, bad)).lines().toList();
        assertEquals(4, lines.size());
        assertTrue(lines.get(2).contains("| 1.0 | 1.0 | 1.0 | 1.0 | 1.0 | 1.0 | 1000 | measured |"), lines.get(2));
        assertTrue(lines.get(3).contains("| failed | the rate was missed"), lines.get(3));
    }

    @Test
    void severalWritersAreSyncedAndAnsweredInBothLoops(@TempDir final Path directory) throws Exception {
        final Run run = new Run(directory, Effort.SMOKE, Idling.YIELD, Results.NONE, () -> false, what -> {});
        final List<Measure> rows =
                new LoadRun(run, SECOND_NS / 100, SECOND_NS / 20).measure(LOAD, List.of(Load.CLOSED, 500L));
        assertEquals(2, rows.size());
        assertEquals(Outcome.REPORTED, rows.get(0).outcome(), rows::toString);
        assertTrue(rows.get(0).figures().get(6).spread().median() > 0, rows::toString);
        try (Stream<Path> left = Files.list(directory)) {
            assertEquals(List.of(), left.toList());
        }
    }
}
