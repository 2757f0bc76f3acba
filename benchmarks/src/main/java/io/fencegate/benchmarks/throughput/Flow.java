package io.fencegate.benchmarks.throughput;

/**
 * What one block took from its first counted write to the last answer. Immutable.
 *
 * @param writes that were counted, at least 1
 * @param nanos that they took together
 */
record Flow(long writes, long nanos) {
    /** How fast they were. @return writes in a second */
    double perSecond() {
        return writes * 1e9 / nanos;
    }
}
