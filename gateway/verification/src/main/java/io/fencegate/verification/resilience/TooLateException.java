package io.fencegate.verification.resilience;

/** Something that was due did not happen in a time that is long for it even on a busy machine. */
final class TooLateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** States what was waited for. @param message a sentence */
    TooLateException(final String message) {
        super(message);
    }
}
