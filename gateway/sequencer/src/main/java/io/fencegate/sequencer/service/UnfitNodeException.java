package io.fencegate.sequencer.service;

import io.fencegate.sequencer.service.StopListener.StopReason;

/**
 * This node is set up otherwise than the log says, and would answer otherwise than the others: it must not go on. Its
 * message is one line for the operator, and tells what to mend.
 *
 * <p>Immutable; any thread.
 */
public final class UnfitNodeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final StopReason reason;

    UnfitNodeException(final StopReason reason, final String fact) {
        super(fact);
        this.reason = reason;
    }

    /** What the node lacks. @return the reason for which it stops */
    public StopReason reason() {
        return reason;
    }
}
