package io.fencegate.benchmarks.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.benchmarks.measure.Measure;
import io.fencegate.benchmarks.measure.Outcome;
import io.fencegate.benchmarks.rig.Effort;
import io.fencegate.benchmarks.rig.Idling;
import io.fencegate.benchmarks.rig.Results;
import io.fencegate.benchmarks.rig.Rig;
import io.fencegate.benchmarks.rig.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rigs run from their begin to their end, tell what they should, stop when they are told to, and leave nothing. */
class LatencyRigsTest {
    @TempDir
    Path directory;

    @Test
    void aWriteOverIpcAndWhatItAllocates() throws Exception {
        final List<Measure> rows = run(RoundTripRig.ipc(), () -> false);
        assertEquals(
                List.of("P1", "P1", "P1", "P5", "P5"),
                rows.stream().map(Measure::id).toList());
        rows.forEach(row -> assertTrue(
                List.of(Outcome.MET, Outcome.NOT_MET, Outcome.REPORTED).contains(row.outcome()), row::toString));
        rows.forEach(row -> assertTrue(row.figures().get(0).spread().median() >= 0, row::toString));
    }

    @Test
    void aWriteBesideIdleSessions() throws Exception {
        final List<Measure> rows = run(new SessionsRig(), () -> false);
        assertEquals(List.of("P13", "P13"), rows.stream().map(Measure::id).toList());
        assertTrue(rows.get(0).figures().get(0).spread().median() > 0, rows::toString);
        assertTrue(rows.get(0).what().contains("sessions=20"), rows::toString);
    }

    @Test
    void aWriteWhileOthersSyncAndAudit() throws Exception {
        final List<Measure> rows = run(new DisturbedRig(), () -> false);
        assertEquals(6, rows.size());
        assertTrue(rows.get(0).notes().toString().contains("filesSynced="), rows::toString);
        assertTrue(rows.get(2).notes().toString().contains("recordsRead="), rows::toString);
        assertEquals(Outcome.SKIPPED, rows.get(4).outcome());
    }

    @Test
    void aStoppedRunTellsWhatItHas() throws Exception {
        final AtomicInteger asked = new AtomicInteger();
        final List<Measure> rows = run(RoundTripRig.ipc(), () -> asked.incrementAndGet() > 5);
        rows.forEach(row -> assertEquals(Outcome.PARTIAL, row.outcome(), row::toString));
    }

    private List<Measure> run(final Rig rig, final BooleanSupplier stopped) throws Exception {
        final List<Measure> rows =
                rig.run(new Run(directory, Effort.SMOKE, Idling.YIELD, Results.NONE, stopped, what -> {}));
        try (Stream<Path> left = Files.list(directory)) {
            assertEquals(List.of(), left.toList());
        }
        return rows;
    }
}
