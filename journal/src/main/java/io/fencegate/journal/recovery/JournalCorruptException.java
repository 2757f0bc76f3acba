package io.fencegate.journal.recovery;

/**
 * What was on disk is not what was written: records are damaged, missing or out of order where they were known to be
 * safe, or fence log and journal contradict each other. Nothing was changed; an operator decides.
 */
public final class JournalCorruptException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final long position;
    private final String reason;

    /**
     * Says what is wrong and where.
     *
     * @param file in which it stands
     * @param position of the journal, or offset in the fence log, from which on nothing can be trusted
     * @param reason in words, with facts as {@code name=value}
     */
    public JournalCorruptException(final String file, final long position, final String reason) {
        super("journal is corrupt: file=" + file + " position=" + position + " reason: " + reason);
        this.file = file;
        this.position = position;
        this.reason = reason;
    }

    /** File or directory in which the damage stands. @return its path */
    public String file() {
        return file;
    }

    /** First position that cannot be trusted. @return position of the journal, or offset in the fence log */
    public long position() {
        return position;
    }

    /** What is wrong. @return in words */
    public String reason() {
        return reason;
    }
}
