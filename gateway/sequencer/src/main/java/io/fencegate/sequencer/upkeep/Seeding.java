package io.fencegate.sequencer.upkeep;

import io.aeron.cluster.ClusterBackup;
import org.agrona.CloseHelper;
import org.agrona.concurrent.status.CountersReader;

/**
 * The copy of another member's snapshot and log into this node's directory, while it runs on a thread of its own.
 *
 * <p>The upkeep's thread.
 */
final class Seeding implements AutoCloseable {
    private final ClusterBackup copy;
    private final CountersReader counters;
    private final int stateId;
    private final int positionId;

    Seeding(final ClusterBackup copy, final CountersReader counters) {
        this.copy = copy;
        this.counters = counters;
        stateId = copy.context().stateCounter().id();
        positionId = copy.context().liveLogPositionCounter().id();
    }

    /** Whether the snapshot is here, and the log up to a position. */
    boolean has(final long logPosition) {
        return counters.getCounterValue(stateId) == ClusterBackup.State.BACKING_UP.code()
                && counters.getCounterValue(positionId) >= logPosition;
    }

    @Override
    public void close() {
        CloseHelper.close(copy);
    }
}
