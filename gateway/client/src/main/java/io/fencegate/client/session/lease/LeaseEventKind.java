package io.fencegate.client.session.lease;

/**
 * What happened to a lease. The codes are those of the wire.
 *
 * <p>Immutable; any thread.
 */
public enum LeaseEventKind {
    /** It was granted. */
    GRANTED(1),
    /** Its holder prolonged it. */
    RENEWED(2),
    /** Its holder ended it. */
    RELEASED(3),
    /** Its time was over. */
    EXPIRED(4),
    /** An operator ended it. */
    REVOKED(5);

    private static final LeaseEventKind[] BY_CODE = {null, GRANTED, RENEWED, RELEASED, EXPIRED, REVOKED};

    private final int code;

    LeaseEventKind(final int code) {
        this.code = code;
    }

    /** The number that stands for it on the wire. @return the code, from 1 */
    public int code() {
        return code;
    }

    /**
     * The kind of a code.
     *
     * @param code as read from the wire
     * @return null where this version knows no such kind
     */
    public static LeaseEventKind ofCode(final int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }
}
