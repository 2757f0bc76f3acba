package io.fencegate.benchmarks.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fencegate.benchmarks.measure.Measure;
import io.fencegate.benchmarks.measure.Outcome;
import io.fencegate.benchmarks.rig.WrongAnswerException;
import io.fencegate.benchmarks.steps.MemoryRig.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A table cannot say that it takes less than it does. */
class MemoryRigTest {
    private static final int RESOURCES = 1_000_000;

    @Test
    void aTableThatTellsTheTruthIsBelieved() {
        final Sample sample = Sample.parse("resources=1000000 accounted=120000000 anonymous=121000000 heap=0");
        assertEquals(new Sample(RESOURCES, 120_000_000, 121_000_000, 0), sample.checked(RESOURCES));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "resources=1000000 accounted=60000000 anonymous=120000000 heap=0",
                "resources=1000000 accounted=120000000 anonymous=60000000 heap=0",
                "resources=999999 accounted=120000000 anonymous=120000000 heap=0",
                "Exception in thread main",
                "resources=1000000"
            })
    void whatDoesNotFitIsAWrongAnswer(final String line) {
        assertThrows(WrongAnswerException.class, () -> Sample.parse(line).checked(RESOURCES));
    }

    @Test
    void theProcessIsJudgedAndTheHeapToo() {
        final List<Measure> rows =
                MemoryRig.rows(RESOURCES, List.of(new Sample(RESOURCES, 120_000_000, 129_000_000, 1_000_000)), 1);
        assertEquals(Outcome.NOT_MET, rows.get(0).outcome());
        assertEquals(129, rows.get(0).figures().get(0).spread().median());
        assertEquals(Outcome.NOT_MET, rows.get(1).outcome());
    }

    @Test
    void fewerSamplesThanWantedArePartial() {
        final List<Measure> rows =
                MemoryRig.rows(RESOURCES, List.of(new Sample(RESOURCES, 120_000_000, 120_000_000, 0)), 3);
        assertEquals(Outcome.PARTIAL, rows.get(0).outcome());
        assertEquals(
                Outcome.SKIPPED, MemoryRig.rows(RESOURCES, List.of(), 3).get(0).outcome());
    }
}
