package io.fencegate.sequencer.service;

import io.fencegate.core.grant.LeaseVerdict;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What one node counts since it started. A node that replays its log counts again what it replays.
 *
 * <p>Written by the service container's thread; read by any.
 */
public final class SequencerCounters {
    private static final int VERDICT_CODE_MAX = 63;

    private final AtomicLongArray refusals = new AtomicLongArray(VERDICT_CODE_MAX + 1);
    private final AtomicLong egressFailures = new AtomicLong();
    private final AtomicLong positionApplied = new AtomicLong();

    /**
     * Commands refused by one rule, and waits that ended without a grant.
     *
     * @param verdict the rule
     * @return their count
     */
    public long refusals(final LeaseVerdict verdict) {
        return refusals.get(verdict.code());
    }

    /** Answers whose client could not be reached; each is had by asking again. @return their count */
    public long egressFailures() {
        return egressFailures.get();
    }

    /** How much of the log this node has applied. @return a position in the cluster's log, in bytes */
    public long positionApplied() {
        return positionApplied.get();
    }

    void onRefused(final LeaseVerdict verdict) {
        refusals.lazySet(verdict.code(), refusals.get(verdict.code()) + 1);
    }

    void onSent(final boolean isSent) {
        if (!isSent) {
            egressFailures.lazySet(egressFailures.get() + 1);
        }
    }

    void onApplied(final long position) {
        positionApplied.lazySet(position);
    }
}
