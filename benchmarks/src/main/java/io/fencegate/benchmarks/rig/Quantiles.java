package io.fencegate.benchmarks.rig;

import org.HdrHistogram.Histogram;

/**
 * What one block took, in nanoseconds. Immutable.
 *
 * @param p50 half of the messages took no longer
 * @param p99 of a hundred messages one took longer
 * @param max the longest
 */
public record Quantiles(long p50, long p99, long max) {
    static Quantiles of(final Histogram histogram) {
        return new Quantiles(
                histogram.getValueAtPercentile(50), histogram.getValueAtPercentile(99), histogram.getMaxValue());
    }
}
