package io.fencegate.benchmarks.steps;

import java.util.SplittableRandom;

/** A random cycle through all resources, so that each step lands on a cache line that nobody can guess. */
public final class RandomWalk {
    private static final long SEED = 20_261_123;

    private RandomWalk() {}

    /**
     * Draws a cycle (Sattolo's algorithm).
     *
     * @param size of the cycle, at least 1
     * @return for each number from 0 to size - 1 the one that follows it; following it visits all before the first again
     */
    public static int[] cycle(final int size) {
        final int[] successors = new int[size];
        for (int i = 0; i < size; i++) {
            successors[i] = i;
        }
        final SplittableRandom random = new SplittableRandom(SEED);
        for (int i = size - 1; i > 0; i--) {
            final int j = random.nextInt(i);
            final int swapped = successors[i];
            successors[i] = successors[j];
            successors[j] = swapped;
        }
        return successors;
    }
}
