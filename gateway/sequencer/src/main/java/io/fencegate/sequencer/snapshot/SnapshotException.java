package io.fencegate.sequencer.snapshot;

/**
 * A snapshot that is not whole, not ours, or contradicts itself. A node must not start from it.
 *
 * <p>Immutable; any thread.
 */
public final class SnapshotException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SnapshotException(final String fact) {
        super(fact);
    }

    SnapshotException(final String fact, final Throwable cause) {
        super(fact, cause);
    }
}
