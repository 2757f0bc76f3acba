package io.fencegate.journal.recovery;

/**
 * The directory is not a journal that this build can read: something else, another journal's, unreadable, or of a newer
 * format. Nothing was changed.
 */
public final class JournalForeignException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Says what was found.
     *
     * @param file that is not what it should be
     * @param reason in words, with facts as {@code name=value}
     */
    public JournalForeignException(final String file, final String reason) {
        super("not a journal that can be read: file=" + file + " reason: " + reason);
    }
}
