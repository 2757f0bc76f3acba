package io.fencegate.journal;

import java.nio.file.Path;

/** Verifies a journal: checksums, chain, positions, S3 and S4. Read-only; pure function of what is on disk. */
public final class JournalVerifier {
    private JournalVerifier() {}

    /**
     * Reads the whole journal.
     *
     * @param directory of the journal, whether its gateway runs or not
     * @return what was found, with the first violation if there is one
     * @throws io.fencegate.journal.recovery.JournalForeignException if this is no journal, or a newer one
     */
    public static JournalReport verify(final Path directory) {
        throw new UnsupportedOperationException();
    }
}
