package io.fencegate.sequencer.upkeep;

import io.aeron.Aeron;
import io.aeron.Counter;
import io.fencegate.sequencer.counters.SequencerCountersDescriptor;
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

    UpkeepCounters(final Aeron aeron, final int memberId) {
        this.aeron = aeron;
        this.memberId = memberId;
        readiness = add(SequencerCountersDescriptor.READINESS_TYPE_ID, "readiness");
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
