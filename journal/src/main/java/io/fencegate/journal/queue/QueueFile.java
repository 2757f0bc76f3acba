package io.fencegate.journal.queue;

import io.fencegate.codecs.JournalLimits;
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
 * Reads one file of a Chronicle queue without Chronicle: a row of documents, each behind a header of 4 bytes.
 *
 * <pre>
 *    31 30 29                                    0
 *   +--+--+---------------------------------------+
 *   | N| M|       length, padded to 4 bytes       |   N not complete, M the queue's own data, not ours
 *   +--+--+---------------------------------------+
 *   0 = not written yet        N M, length 0 = the queue goes on in the next file
 * </pre>
 *
 * <p>Chronicle's own tailer trusts headers and index: in a damaged file they lead it behind the end of the mapping, and
 * the fault ends as an asynchronous error anywhere in the process. Read like this, damage is only ever a defect.
 *
 * <p>One thread; no allocation per record.
 */
final class QueueFile implements AutoCloseable {
    static final int DOCUMENT_HEADER_LENGTH = Integer.BYTES;

    private static final int NOT_COMPLETE = 0x8000_0000;
    private static final int META_DATA = 0x4000_0000;
    private static final int END_OF_FILE = NOT_COMPLETE | META_DATA;
    private static final int LENGTH_MASK = 0x3FFF_FFFF;
    private static final int WINDOW_LENGTH = 1 << 20;
    private static final int READ_AHEAD_LENGTH = 1024;
    private static final int DOCUMENT_LENGTH_MAX = DOCUMENT_HEADER_LENGTH + JournalLimits.RECORD_LENGTH_MAX;

    /** What was read. */
    enum Found {
        /** A document of ours, intact or not. */
        RECORD,
        /** Nothing is written there yet, or nothing that was completed. */
        END,
        /** The queue goes on in the next file. */
        NEXT_FILE
    }

    private final FileChannel channel;
    private final ByteBuffer bytes;
    private final UnsafeBuffer window;
    private final RecordAdapter adapter = new RecordAdapter();
    private long windowOffset;
    private int windowLength;
    private long offset;
    private long recordOffset;

    private QueueFile(final FileChannel channel, final int bufferLength) {
        this.channel = channel;
        bytes = BufferUtil.allocateDirectAligned(bufferLength, Long.BYTES);
        window = new UnsafeBuffer(bytes);
    }

    /** Opens a file to be read from its beginning to its end. */
    static QueueFile forReplay(final Path path) throws IOException {
        return new QueueFile(FileChannel.open(path, StandardOpenOption.READ), WINDOW_LENGTH);
    }

    /** Opens a file to be read here and there. */
    static QueueFile forReads(final Path path) throws IOException {
        return new QueueFile(FileChannel.open(path, StandardOpenOption.READ), DOCUMENT_LENGTH_MAX + Integer.BYTES);
    }

    /** Goes on behind the last record. The record's bytes are valid until the next call. */
    Found next(final RecordView record) throws IOException {
        while (true) {
            final int header = headerAt(offset);
            if (header == END_OF_FILE) {
                return Found.NEXT_FILE;
            }
            if (header == 0 || (header & NOT_COMPLETE) != 0) {
                return Found.END;
            }
            final long end = endOf(offset, header);
            if ((header & META_DATA) == 0) {
                decode(offset, header, record);
                recordOffset = offset;
                offset = end;
                return Found.RECORD;
            }
            offset = end;
        }
    }

    /** Reads the document at an offset; whatever stands there is filled in, intact or not. */
    void read(final long documentOffset, final RecordView record) throws IOException {
        fill(documentOffset, READ_AHEAD_LENGTH);
        final int header = holds(documentOffset, DOCUMENT_HEADER_LENGTH) ? headerInWindow(documentOffset) : 0;
        if (header == 0 || (header & (NOT_COMPLETE | META_DATA)) != 0) {
            record.defect("no record begins at offset=" + documentOffset);
        } else {
            decode(documentOffset, header, record);
        }
    }

    private int headerAt(final long at) throws IOException {
        if (!holds(at, DOCUMENT_HEADER_LENGTH)) {
            fill(at);
        }
        if (!holds(at, DOCUMENT_HEADER_LENGTH)) {
            return 0;
        }
        final int header = headerInWindow(at);
        if (header == END_OF_FILE || header > 0) {
            return header;
        }
        // The window may be older than the document, or than its completion.
        fill(at);
        return holds(at, DOCUMENT_HEADER_LENGTH) ? headerInWindow(at) : 0;
    }

    private int headerInWindow(final long at) {
        return window.getInt((int) (at - windowOffset), ByteOrder.LITTLE_ENDIAN);
    }

    private void decode(final long at, final int header, final RecordView record) throws IOException {
        final long length = header & LENGTH_MASK;
        if (length > JournalLimits.RECORD_LENGTH_MAX + Integer.BYTES) {
            record.defect("document is too long for a record: length=" + length);
            return;
        }
        if (holds(at, DOCUMENT_HEADER_LENGTH + (int) length)) {
            decodeInWindow(at, (int) length, record);
            if (isIntact(record)) {
                return;
            }
        }
        // The window may end too early, or be older than the end of the record.
        fill(at);
        if (holds(at, DOCUMENT_HEADER_LENGTH + (int) length)) {
            decodeInWindow(at, (int) length, record);
        } else {
            record.defect("document ends behind the file: offset=" + at + " length=" + length);
        }
    }

    private void decodeInWindow(final long at, final int documentLength, final RecordView record) {
        final int begin = (int) (at - windowOffset) + DOCUMENT_HEADER_LENGTH;
        final int length = adapter.decode(window, begin, documentLength, record);
        if (length > 0 && documentLength - length >= Integer.BYTES) {
            record.defect("document is longer than its record: document=" + documentLength + " record=" + length);
        }
    }

    private static boolean isIntact(final RecordView record) {
        return record.kind() != RecordView.Kind.DEFECT && record.crc() == record.crcComputed();
    }

    private boolean holds(final long at, final int length) {
        return at >= windowOffset && at + length <= windowOffset + windowLength;
    }

    private void fill(final long at) throws IOException {
        fill(at, bytes.capacity());
    }

    private void fill(final long at, final int length) throws IOException {
        bytes.clear().limit(length);
        int read;
        do {
            read = channel.read(bytes, at + bytes.position());
        } while (read > 0 && bytes.hasRemaining());
        windowOffset = at;
        windowLength = bytes.position();
    }

    private static long endOf(final long at, final int header) {
        final long end = at + DOCUMENT_HEADER_LENGTH + (header & LENGTH_MASK);
        return end + Integer.BYTES - 1 & -Integer.BYTES;
    }

    /** Where the last record began: offset of its document. */
    long recordOffset() {
        return recordOffset;
    }

    /** Where the next document begins. */
    long offset() {
        return offset;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
