package io.fencegate.benchmarks.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.benchmarks.rig.Comparison.Spread;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two subjects alternate, only one of them runs at a time, and figures are medians of the ratios of neighbours. */
class BlocksTest {
    private final List<String> story = new ArrayList<>();

    @Test
    void subjectsAlternateAndWhoBeginsChanges() {
        new Blocks(5).run(new Told("gateway"), new Told("floor"), 0, 3);
        assertEquals(
                List.of(
                        "gateway pauses",
                        "floor pauses",
                        "floor 10",
                        "gateway 10",
                        "gateway 20",
                        "floor 20",
                        "floor 30",
                        "gateway 30"),
                story);
    }

    @Test
    void warmUpsAreMeasuredByNobody() {
        final Comparison comparison = new Blocks(5).run(new Told("gateway"), new Told("floor"), 2, 3);
        assertEquals(3, comparison.subjects().size());
        assertEquals(3, comparison.floors().size());
        assertTrue(story.contains("floor 50"), story::toString);
    }

    @Test
    void aWrongAnswerEndsTheRun() {
        final Told wrong = new Told("gateway") {
            @Override
            public void exchange() {
                throw new WrongAnswerException("sequence=1 answered=2");
            }
        };
        final Exception ended =
                assertThrows(WrongAnswerException.class, () -> new Blocks(5).run(wrong, new Told("floor"), 0, 3));
        assertEquals("wrong answer: sequence=1 answered=2", ended.getMessage());
    }

    @Test
    void theFigureIsTheMedianOfTheRatiosOfNeighbours() {
        final Comparison comparison = new Comparison(
                "gateway",
                "floor",
                5,
                List.of(new Quantiles(110, 0, 0), new Quantiles(1200, 0, 0), new Quantiles(130, 0, 0)),
                List.of(new Quantiles(100, 0, 0), new Quantiles(1000, 0, 0), new Quantiles(100, 0, 0)));
        assertEquals(new Spread(1.2, 1.1, 1.3), comparison.ratio(Quantiles::p50));
        assertEquals(new Spread(130, 110, 1200), Comparison.absolute(comparison.subjects(), Quantiles::p50));
    }

    @Test
    void theMedianOfAnEvenCountLiesBetweenTheTwoInTheMiddle() {
        assertEquals(new Spread(2.5, 1, 4), Spread.of(4, 1, 3, 2));
    }

    /** A subject that tells what is done to it. */
    private class Told implements RoundTrip {
        private final String name;
        private int exchanges;
        private boolean paused;

        Told(final String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void exchange() {
            assertFalse(paused, name);
            exchanges++;
        }

        @Override
        public void resume() {
            assertTrue(paused, name);
            paused = false;
        }

        @Override
        public void pause() {
            paused = true;
            story.add(exchanges == 0 ? name + " pauses" : name + " " + exchanges);
        }

        @Override
        public void close() {
            story.add(name + " closes");
        }
    }
}
