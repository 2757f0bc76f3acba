package io.fencegate.benchmarks.epsilon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.benchmarks.epsilon.Ending.Kind;
import io.fencegate.benchmarks.measure.Goal;
import io.fencegate.benchmarks.measure.Measure;
import io.fencegate.benchmarks.measure.Outcome;
import io.fencegate.benchmarks.rig.Effort;
import io.fencegate.benchmarks.rig.Idling;
import io.fencegate.benchmarks.rig.Results;
import io.fencegate.benchmarks.rig.Run;
import io.fencegate.benchmarks.throughput.Room;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real processes take writes and leave nothing; the goal is met by as many writes as it names, and by no fewer. */
@Timeout(90)
class EpsilonRigTest {
    @TempDir
    Path directory;

    @Test
    void aGatewayProcessTakesWritesAndTellsOfItsHeap() throws Exception {
        final Measure row = new EpsilonRig(Room.ofSystem(), 500).run(run()).get(0);
        assertEquals(Outcome.REPORTED, row.outcome(), row.notes()::toString);
        assertEquals(500, row.figures().get(0).spread().median());
        assertEquals("heap at the end", row.figures().get(1).name());
        assertTrue(row.figures().get(1).spread().median() > 0);
        assertTrue(row.notes().get(0).contains("not tried to the goal: tried=500"), row.notes()::toString);
        assertNothingLeft();
    }

    @Test
    void aDiskWithoutRoomFailsTheRowAndNothingIsStarted() throws Exception {
        final Measure row = new EpsilonRig(new Room(path -> 5_000_000_000L), Ending.GOAL)
                .run(run())
                .get(0);
        assertEquals(Outcome.FAILED, row.outcome());
        assertTrue(row.notes().get(0).contains("free=5000000000"), row.notes()::toString);
        assertNothingLeft();
    }

    @Test
    void onlyTheWholeGoalMeetsIt() {
        assertEquals(Outcome.MET, ending(Kind.REACHED, Ending.GOAL, Ending.GOAL).outcome());
        assertEquals(
                Outcome.REPORTED,
                ending(Kind.REACHED, Ending.GOAL - 1, Ending.GOAL - 1).outcome());
        assertEquals(Outcome.PARTIAL, ending(Kind.STOPPED, Ending.GOAL, 7).outcome());
        assertEquals(Outcome.PARTIAL, ending(Kind.STOPPED, 20_000, 7).outcome());
    }

    @Test
    void aFullHeapMissesTheGoalWhateverWasTried() {
        final Measure row = ending(Kind.OUT_OF_MEMORY, 2_000_000, 1_234_567);
        assertEquals(Outcome.NOT_MET, row.outcome());
        assertEquals(Goal.atLeast(Ending.GOAL), row.goal());
        assertEquals(1_234_567, row.figures().get(0).spread().median());
        assertTrue(row.notes().get(0).contains("last words"), row.notes()::toString);
        assertTrue(EpsilonGateway.isOutOfMemory("Terminating due to java.lang.OutOfMemoryError: Java heap space"));
        assertFalse(EpsilonGateway.isOutOfMemory("a process failed: it ended with exit code 6"));
    }

    @Test
    void anotherDeathHasNoFigure() {
        final Measure row = ending(Kind.DIED, 2_000_000, 99);
        assertEquals(Outcome.FAILED, row.outcome());
        assertTrue(row.figures().isEmpty());
        assertTrue(row.notes().get(0).contains("answered=99"), row.notes()::toString);
    }

    @Test
    void heapGrowthIsToldOfTheWritesThatWereWatched() {
        final Measure row = new Ending(
                        Kind.REACHED, 10_000_000, 10_000_000, OptionalLong.of(10 << 20), OptionalLong.of(28 << 20), "")
                .row();
        assertEquals(28, row.figures().get(1).spread().median());
        assertEquals(2, row.figures().get(2).spread().median(), 1e-9);
    }

    @Test
    void theLastLineOfTheHeapLogCounts() throws IOException {
        assertEquals(
                OptionalLong.of(8534 << 10),
                HeapLog.used(List.of(
                        "[0.2s][info][gc] Heap: 128M reserved, 128M (100.00%) committed, 113K (0.09%) used",
                        "[0.3s][info][gc] Heap: 128M reserved, 128M (100.00%) committed, 8534K (6.51%) used",
                        "[0.3s][info][gc] something else")));
        assertEquals(OptionalLong.empty(), HeapLog.used(List.of("[0.0s][info][gc] Using Epsilon")));
        assertEquals(OptionalLong.empty(), new HeapLog(directory.resolve("none")).used());
    }

    private static Measure ending(final Kind kind, final long wanted, final long answered) {
        return new Ending(kind, wanted, answered, OptionalLong.empty(), OptionalLong.empty(), "last words").row();
    }

    private Run run() {
        return new Run(directory, Effort.FULL, Idling.YIELD, Results.NONE, () -> false, what -> {});
    }

    private void assertNothingLeft() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            assertFalse(files.findAny().isPresent());
        }
    }
}
