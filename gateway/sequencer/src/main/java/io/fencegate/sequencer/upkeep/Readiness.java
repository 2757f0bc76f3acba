package io.fencegate.sequencer.upkeep;

/**
 * Whether a node serves, and if not, why. Other processes read its code from a counter; the codes never change their
 * meaning.
 *
 * <p>Immutable; any thread.
 */
public enum Readiness {
    /** It waits for the other members, to hear whether their logs belong together. */
    WAITING(1),
    /** It has no log, and copies one from the leader. */
    SEEDING(2),
    /** It takes part in an election, or catches up with the leader. */
    JOINING(3),
    /** It follows or leads, and its lease table is as new as the log. */
    READY(4),
    /** Its lease table is far behind what is committed. */
    LAGGING(5),
    /** Its lease table does not move though there is something to apply, or shows no sign of life. */
    STUCK(6);

    private final int code;

    Readiness(final int code) {
        this.code = code;
    }

    /** The number in the counter. @return from 1 */
    public int code() {
        return code;
    }

    /**
     * The readiness of a code.
     *
     * @param code as read from the counter
     * @return the readiness, or null where none has this code
     */
    public static Readiness ofCode(final long code) {
        for (final Readiness readiness : values()) {
            if (readiness.code == code) {
                return readiness;
            }
        }
        return null;
    }
}
