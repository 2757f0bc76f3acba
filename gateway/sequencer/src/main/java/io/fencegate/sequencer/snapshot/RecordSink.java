package io.fencegate.sequencer.snapshot;

import org.agrona.DirectBuffer;

/**
 * Takes the records of a snapshot, one after the other.
 *
 * <p>Called by the thread that takes the snapshot.
 */
@FunctionalInterface
public interface RecordSink {
    /**
     * Takes one record, or throws.
     *
     * @param buffer holding the record, borrowed for the call
     * @param offset of the record
     * @param length of the record in bytes, at most one fragment
     */
    void onRecord(DirectBuffer buffer, int offset, int length);
}
