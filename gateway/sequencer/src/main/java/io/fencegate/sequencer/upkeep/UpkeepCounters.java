package io.fencegate.sequencer.upkeep;

import io.aeron.Aeron;
import io.aeron.Counter;
import io.fencegate.sequencer.counters.SequencerCountersDescriptor;
import io.fencegate.sequencer.muster.LogExtent;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What the upkeep of a node tells other processes, in the counters file of the node's media driver.
 *
 * <p>The upkeep's thread.
 */
final class UpkeepCounters {
    private final Aeron aeron;
    private final int memberId;
    private final Counter readiness;
    private final Counter snapshotNewest;
    private final Counter snapshotsFailed;
    private final Counter logStart;
    private final Counter membersHeard;

    UpkeepCounters(final Aeron aeron, final int memberId) {
        this.aeron = aeron;
        this.memberId = memberId;
        readiness = add(SequencerCountersDescriptor.READINESS_TYPE_ID, "readiness");
        snapshotNewest = add(SequencerCountersDescriptor.SNAPSHOT_POSITION_TYPE_ID, "position of the newest snapshot");
        snapshotsFailed = add(SequencerCountersDescriptor.SNAPSHOTS_FAILED_TYPE_ID, "snapshots failed");
        logStart = add(SequencerCountersDescriptor.LOG_START_TYPE_ID, "start of the log");
        membersHeard = add(SequencerCountersDescriptor.MEMBERS_HEARD_TYPE_ID, "members heard");
    }

    void show(final LogExtent log, final long failures, final int heard) {
        snapshotNewest.setRelease(log.snapshotNewest());
        snapshotsFailed.setRelease(failures);
        logStart.setRelease(log.start());
        membersHeard.setRelease(heard);
    }

    boolean isShown(final Readiness now) {
        return readiness.get() == now.code();
    }

    void readiness(final Readiness now) {
        readiness.setRelease(now.code());
    }

    private Counter add(final int typeId, final String label) {
        final UnsafeBuffer key = new UnsafeBuffer(new byte[SequencerCountersDescriptor.KEY_LENGTH]);
        key.putInt(SequencerCountersDescriptor.MEMBER_ID_OFFSET, memberId);
        final UnsafeBuffer text = new UnsafeBuffer(new byte[Byte.MAX_VALUE]);
        final int length = text.putStringWithoutLengthAscii(0, "sequencer " + label + " member=" + memberId);
        return aeron.addCounter(typeId, key, 0, key.capacity(), text, 0, length);
    }
}
