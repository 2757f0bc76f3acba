package io.fencegate.core.grant;

/**
 * How a lease ended for its holder. The codes are those of the wire and of the snapshots and never change their meaning.
 *
 * <p>Immutable; any thread.
 */
public enum LeaseEnd {
    /** It is not known: too long ago, or it never was the caller's. */
    UNKNOWN(0),
    /** It expired. */
    EXPIRED(1),
    /** Its holder released it. */
    RELEASED(2),
    /** An operator revoked it. */
    REVOKED(3);

    private static final LeaseEnd[] BY_CODE = values();

    private final int code;

    LeaseEnd(final int code) {
        this.code = code;
    }

    /**
     * The number that stands for this end on the wire and in snapshots.
     *
     * @return the code, from 0
     */
    public int code() {
        return code;
    }

    /**
     * The end of a code.
     *
     * @param code as read from wire or snapshot
     * @return the end, or null where no end has this code
     */
    public static LeaseEnd ofCode(final int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }
}
