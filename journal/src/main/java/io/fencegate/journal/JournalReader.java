package io.fencegate.journal;

import io.fencegate.journal.recovery.RecordHandler;
import java.nio.file.Path;

/** Replays a journal read-only, whether its gateway runs or not, verifying every record. One thread. */
public final class JournalReader implements AutoCloseable {
    private JournalReader() {}

    /**
     * Opens a journal for reading; changes nothing in it.
     *
     * @param directory of the journal
     * @return the reader, before position 1
     * @throws io.fencegate.journal.recovery.JournalForeignException if this is no journal, or a newer one
     */
    public static JournalReader open(final Path directory) {
        throw new UnsupportedOperationException();
    }

    /**
     * Reads on.
     *
     * @param handler of the records
     * @param limit of records
     * @return how many were read; 0 at the end of what is there now
     * @throws io.fencegate.journal.recovery.JournalCorruptException at the first violation
     */
    public int poll(final RecordHandler handler, final int limit) {
        throw new UnsupportedOperationException();
    }

    /** Random identity of the journal. @return the journalId */
    public long journalId() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
