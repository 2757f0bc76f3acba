package io.fencegate.benchmarks.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fencegate.benchmarks.rig.WrongAnswerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Floor and check take the same way through as many lines, and visit every one of them. */
class WalkTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1000})
    void theCycleVisitsEveryResourceOnce(final int size) {
        final int[] successors = RandomWalk.cycle(size);
        final boolean[] visited = new boolean[size];
        int next = 0;
        for (int i = 0; i < size; i++) {
            assertFalse(visited[next]);
            visited[next] = true;
            next = successors[next];
        }
        assertEquals(0, next);
    }

    @Test
    void floorAndCheckTakeTheSameWay() {
        final int[] successors = RandomWalk.cycle(1000);
        try (MemoryFloor floor = new MemoryFloor(successors);
                FenceWalk fences = new FenceWalk(successors)) {
            int read = 0;
            int checked = 0;
            for (int i = 0; i < 3000; i++) {
                read = floor.read(read);
                checked = fences.check(checked);
                assertEquals(read, checked);
            }
        }
    }

    @Test
    void aWrongVerdictEndsTheRun() {
        try (FenceWalk fences = new FenceWalk(RandomWalk.cycle(10))) {
            final Exception wrong = assertThrows(WrongAnswerException.class, () -> fences.check(10));
            assertEquals("wrong answer: handle=10 verdict=UNKNOWN_RESOURCE", wrong.getMessage());
        }
    }
}
