package io.fencegate.benchmarks.rig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.benchmarks.measure.Paired;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@link Alternation}: who is measured when. */
class AlternationTest {
    private final List<String> order = new ArrayList<>();
    private boolean isStopped;

    @Test
    void whoBeginsChangesFromBlockToBlockAndWarmupsDoNotCount() throws Exception {
        final Paired<Integer> pairs = new Alternation(1, 3, () -> false).run(() -> note("s"), () -> note("f"));
        assertEquals(List.of("s", "f", "f", "s", "s", "f", "f", "s"), order);
        // The numbers are the places in that order: 0 and 1 were the warm-up.
        assertEquals(List.of(3, 4, 7), pairs.subjects());
        assertEquals(List.of(2, 5, 6), pairs.floors());
        assertTrue(pairs.isComplete());
    }

    @Test
    void endsWithWholePairsWhenItIsStopped() throws Exception {
        final Paired<Integer> pairs = new Alternation(0, 5, () -> isStopped).run(() -> note("s"), () -> {
            isStopped = order.size() == 4;
            return note("f");
        });
        assertEquals(List.of("f", "s", "s", "f", "f"), order);
        assertEquals(2, pairs.subjects().size());
        assertFalse(pairs.isComplete());
    }

    @Test
    void aBlockThatThrowsVoidsTheRun() {
        final WrongAnswerException wrong = new WrongAnswerException("number=1");
        assertEquals(
                wrong,
                assertThrows(
                        WrongAnswerException.class,
                        () -> new Alternation(0, 2, () -> false).run(() -> note("s"), () -> {
                            throw wrong;
                        })));
    }

    private int note(final String name) {
        order.add(name);
        return order.size() - 1;
    }
}
