package io.fencegate.benchmarks.throughput;

import org.HdrHistogram.Histogram;

/**
 * What one block of writes took that are on disk when they are answered. Immutable but for the histogram.
 *
 * @param writes that were answered, at least 1
 * @param syncs that these answers waited for
 * @param latencies from offer to answer, in nanoseconds
 */
record SyncedFlow(long writes, long syncs, Histogram latencies) {
    /** The middle latency. @return in nanoseconds */
    double p50() {
        return latencies.getValueAtPercentile(50);
    }

    /** How many writes share a sync. @return writes of each */
    double writesPerSync() {
        return (double) writes / syncs;
    }
}
