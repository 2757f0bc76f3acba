package io.fencegate.benchmarks.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fencegate.benchmarks.measure.Measure.Names;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How rows are judged. */
class MeasureTest {
    @Test
    void theRatioIsTheMedianOfTheRatiosOfNeighbours() {
        // Neighbours 10/5, 30/10, 40/40: the ratio of the medians would be 3.
        final Measure row = ratio(Goal.atMost(2), new Paired<>(List.of(10, 30, 40), List.of(5, 10, 40), 3));
        assertEquals(new Spread(2, 1, 3), row.figures().get(0).spread());
        assertEquals(new Spread(30, 10, 40), row.figures().get(1).spread());
        assertEquals(new Spread(10, 5, 40), row.figures().get(2).spread());
        assertEquals(Outcome.MET, row.outcome());
    }

    @Test
    void aGoalIsJudgedByTheMedian() {
        final Paired<Integer> pairs = new Paired<>(List.of(10, 30, 40), List.of(5, 10, 40), 3);
        assertEquals(Outcome.NOT_MET, ratio(Goal.atMost(1.99), pairs).outcome());
        assertEquals(Outcome.MET, ratio(Goal.atLeast(2), pairs).outcome());
        assertEquals(Outcome.NOT_MET, ratio(Goal.atLeast(2.01), pairs).outcome());
        assertEquals(Outcome.REPORTED, ratio(Goal.reported(), pairs).outcome());
    }

    @Test
    void nobodyJudgesWhatWasStopped() {
        final Measure some = ratio(Goal.atMost(100), new Paired<>(List.of(10), List.of(5), 3));
        assertEquals(Outcome.PARTIAL, some.outcome());
        assertEquals(List.of("stopped after blocks=1 of 3"), some.notes());
        final Measure none = ratio(Goal.atMost(100), new Paired<>(List.of(), List.of(), 3));
        assertEquals(Outcome.PARTIAL, none.outcome());
        assertEquals(List.of(), none.figures());
    }

    @Test
    void blocksThatDoNotPairAreNoMeasure() {
        assertThrows(IllegalArgumentException.class, () -> new Paired<>(List.of(1), List.of(), 1));
        assertThrows(IllegalArgumentException.class, Spread::of);
    }

    private static Measure ratio(final Goal goal, final Paired<Integer> pairs) {
        return Measure.ratio("P1", "round trip", goal, pairs, Integer::doubleValue, Names.GATEWAY_AND_FLOOR, "ns");
    }
}
