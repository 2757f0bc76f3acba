package io.fencegate.core.grant;

/**
 * What happened to a lease. The codes are those of the wire and never change their meaning.
 *
 * <p>Immutable; any thread.
 */
public enum LeaseEventKind {
    /** It began: a client holds it under a new token. */
    GRANTED(1),
    /** Its end was moved to later. */
    RENEWED(2),
    /** Its holder released it. */
    RELEASED(3),
    /** It expired. */
    EXPIRED(4),
    /** An operator revoked it. */
    REVOKED(5);

    private static final LeaseEventKind[] KINDS = values();

    private final int code;

    LeaseEventKind(final int code) {
        this.code = code;
    }

    /**
     * The number that stands for this kind on the wire.
     *
     * @return the code, from 1
     */
    public int code() {
        return code;
    }

    /**
     * The kind of a code.
     *
     * @param code as read from the wire
     * @return the kind, or null where no kind has this code
     */
    public static LeaseEventKind ofCode(final int code) {
        return code >= 1 && code <= KINDS.length ? KINDS[code - 1] : null;
    }
}
