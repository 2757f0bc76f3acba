package io.fencegate.sequencer.snapshot;

import org.agrona.concurrent.IdleStrategy;

/**
 * Idles once in so many records, also where nothing makes it wait. The cluster's idle strategy is what keeps the
 * service's Aeron client alive within a callback: one that does not idle for 10 s is taken for dead by its media driver,
 * and the node ends.
 *
 * <p>One thread.
 */
final class Breath {
    /** Records from one breath to the next: a few milliseconds. */
    static final int RECORDS = 4096;

    private final IdleStrategy idleStrategy;
    private int records;

    Breath(final IdleStrategy idleStrategy) {
        this.idleStrategy = idleStrategy;
    }

    /** So many records went through without a wait. */
    void onRecords(final int count) {
        records += count;
        if (records >= RECORDS) {
            records = 0;
            idleStrategy.reset();
            idleStrategy.idle();
        }
    }
}
