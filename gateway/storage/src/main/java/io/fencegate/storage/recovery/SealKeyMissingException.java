package io.fencegate.storage.recovery;

/** The journal's fences were opened with seals, and this gateway has no key: it would trust everybody. */
public final class SealKeyMissingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Names the journal.
     *
     * @param directory of the journal
     */
    public SealKeyMissingException(final String directory) {
        super("the journal was sealed, and no key is configured: directory=" + directory);
    }
}
