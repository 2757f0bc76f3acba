package io.fencegate.journal.queue;

import io.fencegate.codecs.JournalLimits;
import io.fencegate.codecs.journal.MessageHeaderDecoder;
import io.fencegate.journal.recovery.RecordHandler;
import io.fencegate.journal.recovery.RecordView;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Finds records in a file without the queue's help: wherever a header with a right checksum stands. This is how records
 * behind a hole are seen, which to the queue look like the end.
 *
 * <p>One thread.
 */
final class FrameScan {
    private static final int WINDOW_LENGTH = 4 << 20;
    private static final int LENGTH_OFFSET = MessageHeaderDecoder.lengthEncodingOffset();
    private static final int SCHEMA_OFFSET = MessageHeaderDecoder.schemaIdEncodingOffset();
    private static final int ALIGNMENT = Integer.BYTES;

    private final ByteBuffer bytes = BufferUtil.allocateDirectAligned(WINDOW_LENGTH, Long.BYTES);
    private final UnsafeBuffer window = new UnsafeBuffer(bytes);
    private final RecordAdapter adapter = new RecordAdapter();
    private final RecordView record = new RecordView();

    /** Scans from an offset to the end; returns the end of the last byte in use, or the offset if there is none. */
    long scan(final Path file, final long fromOffset, final long generation, final RecordHandler handler)
            throws IOException {
        long usedEnd = fromOffset;
        long at = fromOffset + ALIGNMENT - 1 & -ALIGNMENT;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (at < channel.size()) {
                final int filled = fill(channel, at);
                final boolean last = at + filled >= channel.size();
                usedEnd = Math.max(usedEnd, at + usedIn(filled));
                at += scanWindow(filled, last, generation, handler);
            }
        }
        return usedEnd;
    }

    private int fill(final FileChannel channel, final long at) throws IOException {
        bytes.clear();
        int read;
        do {
            read = channel.read(bytes, at + bytes.position());
        } while (read > 0 && bytes.hasRemaining());
        return bytes.position();
    }

    private int usedIn(final int filled) {
        int end = filled;
        while (end >= Long.BYTES && window.getLong(end - Long.BYTES) == 0) {
            end -= Long.BYTES;
        }
        while (end > 0 && window.getByte(end - 1) == 0) {
            end--;
        }
        return end;
    }

    private int scanWindow(final int filled, final boolean last, final long generation, final RecordHandler handler) {
        final int used = usedIn(filled);
        int i = 0;
        while (i < used && i + JournalLimits.RECORD_LENGTH_MIN <= filled) {
            if (!isCandidate(i)) {
                i += ALIGNMENT;
                continue;
            }
            if (!last && i + JournalLimits.RECORD_LENGTH_MAX > filled) {
                return i;
            }
            i += recordAt(i, filled, generation, handler);
        }
        return last || i >= used ? filled : i;
    }

    private boolean isCandidate(final int i) {
        final int length = window.getInt(i + LENGTH_OFFSET, ByteOrder.LITTLE_ENDIAN);
        return length >= JournalLimits.RECORD_LENGTH_MIN
                && length <= JournalLimits.RECORD_LENGTH_MAX
                && window.getShort(i + SCHEMA_OFFSET, ByteOrder.LITTLE_ENDIAN) == MessageHeaderDecoder.SCHEMA_ID;
    }

    private int recordAt(final int i, final int filled, final long generation, final RecordHandler handler) {
        final int available = Math.min(filled - i, JournalLimits.RECORD_LENGTH_MAX);
        final int length = adapter.decode(window, i, available, record);
        if (length == 0 || record.crc() != record.crcComputed()) {
            return ALIGNMENT;
        }
        handler.onRecord(record.found(generation, 0));
        return length + ALIGNMENT - 1 & -ALIGNMENT;
    }
}
