package io.fencegate.app.cli;

/** Nobody reads standard output any more, as behind {@code | head -1}: the command ends, and says nothing. */
public final class OutputClosedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Carries nothing: there is nobody to tell. */
    public OutputClosedException() {
        super("standard output is closed", null, false, false);
    }
}
