package io.fencegate.sequencer.charter;

/**
 * This node is set up otherwise than the log says, and would answer otherwise than the others: it must not go on. Its
 * message is one line for the operator, and tells what to mend.
 *
 * <p>Immutable; any thread.
 */
public final class UnfitNodeException extends RuntimeException {
    /** In what a node differs. */
    public enum Difference {
        /** Its limits, tick or members are others. */
        CHARTER,
        /** It does not have a key that is live. */
        KEY
    }

    private static final long serialVersionUID = 1L;

    private final Difference difference;

    UnfitNodeException(final Difference difference, final String fact) {
        super(fact);
        this.difference = difference;
    }

    /** In what this node differs. @return what is to be mended */
    public Difference difference() {
        return difference;
    }
}
