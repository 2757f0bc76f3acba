package io.fencegate.sequencer;

/**
 * A directory of this node belongs to a process that lives.
 *
 * <p>Immutable; any thread.
 */
public final class SequencerInUseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SequencerInUseException(final String fact) {
        super(fact);
    }
}
