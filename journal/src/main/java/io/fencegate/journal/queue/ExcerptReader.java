package io.fencegate.journal.queue;

import io.fencegate.codecs.JournalLimits;
import io.fencegate.journal.recovery.RecordView;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.core.OS;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Copies one excerpt of a queue into its own memory and decodes it there, so that a record outlives the mapping that it
 * was read from and cannot change once its checksum is computed.
 *
 * <p>One thread; no allocation per record.
 */
public final class ExcerptReader {
    private final UnsafeBuffer scratch =
            new UnsafeBuffer(BufferUtil.allocateDirectAligned(JournalLimits.RECORD_LENGTH_MAX, Long.BYTES));
    private final RecordAdapter adapter = new RecordAdapter();

    /** A reader with its own memory. */
    public ExcerptReader() {}

    /**
     * Reads the next excerpt.
     *
     * @param tailer that stands before it
     * @param generation of the queue
     * @param record filled, whether intact or not
     * @return false if there is none
     */
    public boolean next(final ExcerptTailer tailer, final long generation, final RecordView record) {
        try (DocumentContext excerpt = tailer.readingDocument()) {
            if (!excerpt.isPresent()) {
                return false;
            }
            final Bytes<?> bytes = excerpt.wire().bytes();
            final long begin = bytes.readPosition();
            final int available = (int) Math.min(bytes.readRemaining(), JournalLimits.RECORD_LENGTH_MAX);
            OS.memory().copyMemory(bytes.addressForRead(begin, available), scratch.addressOffset(), available);
            adapter.decode(scratch, 0, available, record);
            record.found(generation, excerpt.index());
            return true;
        }
    }
}
