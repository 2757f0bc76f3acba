package io.fencegate.client.session.lease;

/**
 * How a lease ended that was lost. The codes are those of the wire.
 *
 * <p>Immutable; any thread.
 */
public enum LeaseEnd {
    /** The sequencer no longer knows. */
    UNKNOWN(0),
    /** Its time was over. */
    EXPIRED(1),
    /** Its holder released it. */
    RELEASED(2),
    /** An operator ended it. */
    REVOKED(3);

    private static final LeaseEnd[] BY_CODE = {UNKNOWN, EXPIRED, RELEASED, REVOKED};

    private final int code;

    LeaseEnd(final int code) {
        this.code = code;
    }

    /** The number that stands for it on the wire. @return the code */
    public int code() {
        return code;
    }

    /**
     * The end of a code.
     *
     * @param code as read from the wire
     * @return UNKNOWN where this version knows no such end
     */
    public static LeaseEnd ofCode(final int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : UNKNOWN;
    }
}
