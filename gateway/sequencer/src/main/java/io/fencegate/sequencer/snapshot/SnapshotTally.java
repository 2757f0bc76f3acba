package io.fencegate.sequencer.snapshot;

import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;

/**
 * Counts the records of a snapshot by template and sums up their bytes, so that a reader can tell a whole one.
 *
 * <p>One thread.
 */
final class SnapshotTally {
    private static final int TEMPLATE_ID_MAX = 31;

    private final CRC32C crc = new CRC32C();
    private final long[] recordsByTemplate = new long[TEMPLATE_ID_MAX + 1];
    private final byte[] record;
    private long records;

    SnapshotTally(final int recordLengthMax) {
        record = new byte[recordLengthMax];
    }

    void onRecord(final int templateId, final DirectBuffer buffer, final int offset, final int length) {
        buffer.getBytes(offset, record, 0, length);
        crc.update(record, 0, length);
        recordsByTemplate[templateId]++;
        records++;
    }

    /** CRC32C over all records. */
    long crc() {
        return crc.getValue();
    }

    /** How many records there were. */
    long records() {
        return records;
    }

    /** How many records of one template there were. */
    long records(final int templateId) {
        return recordsByTemplate[templateId];
    }
}
