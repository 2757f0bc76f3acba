package io.fencegate.benchmarks.rig;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Two subjects, block by block. A figure is the median of the ratios of neighbouring blocks, because two blocks of one
 * minute share the noise of that minute. Immutable.
 *
 * @param subject name of the one whose cost is asked for
 * @param floor name of the other
 * @param messages in each block
 * @param subjects its blocks
 * @param floors the blocks of the other, each measured beside the one of the same index
 */
public record Comparison(String subject, String floor, int messages, List<Quantiles> subjects, List<Quantiles> floors) {
    /** Freezes the lists. */
    public Comparison {
        subjects = List.copyOf(subjects);
        floors = List.copyOf(floors);
        if (subjects.size() != floors.size() || subjects.isEmpty()) {
            throw new IllegalArgumentException(
                    "blocks do not pair: subjects=" + subjects.size() + " floors=" + floors.size());
        }
    }

    /**
     * The ratio of the two, and how far it spreads over the blocks.
     *
     * @param quantile of a block
     * @return median, least and greatest
     */
    public Spread ratio(final ToLongFunction<Quantiles> quantile) {
        final double[] ratios = new double[subjects.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = (double) quantile.applyAsLong(subjects.get(i)) / quantile.applyAsLong(floors.get(i));
        }
        return Spread.of(ratios);
    }

    /**
     * The absolute values of one of the two.
     *
     * @param blocks its blocks
     * @param quantile of a block
     * @return median, least and greatest, in nanoseconds
     */
    public static Spread absolute(final List<Quantiles> blocks, final ToLongFunction<Quantiles> quantile) {
        return Spread.of(blocks.stream().mapToLong(quantile).asDoubleStream().toArray());
    }

    /**
     * How values spread.
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
            final double[] sorted = values.clone();
            Arrays.sort(sorted);
            final int middle = sorted.length / 2;
            final double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
            return new Spread(median, sorted[0], sorted[sorted.length - 1]);
        }
    }
}
