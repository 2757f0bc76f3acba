package io.fencegate.benchmarks.measure;

import java.util.Arrays;

/**
 * How values spread: a figure without it is a rumour. Immutable.
 *
 * @param median the middle one; of an even count the mean of the two in the middle
 * @param min the least
 * @param max the greatest
 */
public record Spread(double median, double min, double max) {
    /**
     * Of some values.
     *
     * @param values at least one, in any order
     * @return how they spread
     */
    public static Spread of(final double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("nothing was measured");
        }
        final double[] sorted = values.clone();
        Arrays.sort(sorted);
        final int middle = sorted.length / 2;
        final double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1]);
    }
}
