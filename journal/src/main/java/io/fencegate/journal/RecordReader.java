package io.fencegate.journal;

import io.fencegate.journal.recovery.RecordView;

/** Reads records where they stand. The line's thread only; allocates only when it first reads in an older generation. */
public final class RecordReader {
    RecordReader() {}

    /**
     * Reads a record and verifies it.
     *
     * @param generation of the record
     * @param position of the record
     * @param locator of the record
     * @param record filled; its bytes are valid until the next read
     * @return false if this generation is not kept any more
     * @throws io.fencegate.journal.recovery.JournalCorruptException if something else stands there
     */
    public boolean read(final long generation, final long position, final long locator, final RecordView record) {
        throw new UnsupportedOperationException();
    }
}
