package io.fencegate.journal;

import java.nio.file.Path;

/** Another gateway is the writer of this journal. Nothing was changed. */
public final class JournalInUseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Says who writes.
     *
     * @param directory of the journal
     * @param writer what the lock file tells of its holder
     */
    public JournalInUseException(final Path directory, final String writer) {
        super("journal is in use by another gateway: directory=" + directory + " writer=" + writer);
    }
}
