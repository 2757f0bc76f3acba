package io.fencegate.sequencer.muster;

/**
 * What a node's directory holds. The codes never change their meaning.
 *
 * <p>Immutable; any thread.
 */
public enum Standing {
    /** No log: the node is new, or its directory is gone. */
    EMPTY(1),
    /** An unfinished copy of the cluster's log, which is worth nothing. */
    SEEDING(2),
    /** A log, or the right to begin one with the others. */
    MEMBER(3);

    private final int code;

    Standing(final int code) {
        this.code = code;
    }

    /** The number in messages. */
    int code() {
        return code;
    }

    /** The standing of a code, or null where none has it. */
    static Standing ofCode(final int code) {
        for (final Standing standing : values()) {
            if (standing.code == code) {
                return standing;
            }
        }
        return null;
    }
}
