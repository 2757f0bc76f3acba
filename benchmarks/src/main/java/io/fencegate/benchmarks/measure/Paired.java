package io.fencegate.benchmarks.measure;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Two subjects, block by block. A figure is the median of the ratios of neighbouring blocks, because two blocks of one
 * minute share the noise of that minute. Immutable.
 *
 * @param <T> what one block yields
 * @param subjects the blocks of the one whose cost is asked for
 * @param floors the blocks of the other, each measured beside the one of the same index
 * @param blocksWanted how many of each there should be; fewer were measured if the run was stopped
 */
public record Paired<T>(List<T> subjects, List<T> floors, int blocksWanted) {
    /** Freezes the lists. */
    public Paired {
        subjects = List.copyOf(subjects);
        floors = List.copyOf(floors);
        if (subjects.size() != floors.size()) {
            throw new IllegalArgumentException(
                    "blocks do not pair: subjects=" + subjects.size() + " floors=" + floors.size());
        }
    }

    /** Whether the run went to its end. @return false if it was stopped before */
    public boolean isComplete() {
        return subjects.size() == blocksWanted;
    }

    /** Whether there is nothing to tell. @return true if not even one pair of blocks was measured */
    public boolean isEmpty() {
        return subjects.isEmpty();
    }

    /**
     * The ratio of the two, and how far it spreads over the blocks.
     *
     * @param value of a block
     * @return median, least and greatest
     */
    public Spread ratio(final ToDoubleFunction<? super T> value) {
        final double[] ratios = new double[subjects.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = value.applyAsDouble(subjects.get(i)) / value.applyAsDouble(floors.get(i));
        }
        return Spread.of(ratios);
    }

    /**
     * The absolute values of the one whose cost is asked for.
     *
     * @param value of a block
     * @return median, least and greatest
     */
    public Spread subject(final ToDoubleFunction<? super T> value) {
        return Spread.of(subjects.stream().mapToDouble(value).toArray());
    }

    /**
     * The absolute values of the other.
     *
     * @param value of a block
     * @return median, least and greatest
     */
    public Spread floor(final ToDoubleFunction<? super T> value) {
        return Spread.of(floors.stream().mapToDouble(value).toArray());
    }
}
