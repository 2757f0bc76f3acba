package io.fencegate.core.grant;

/**
 * The gateway's answer to a request: one value per rule. The codes are those of the wire and of the journal and never
 * change their meaning.
 *
 * <p>Immutable; any thread.
 */
public enum Verdict {
    /** The write was appended to the journal. */
    ACCEPTED(1),
    /** The write was accepted before; nothing was written; a success. */
    DUPLICATE(2),
    /** The fence stands at the caller's token, on disk, and the caller's session owns the resource. */
    OPENED(3),
    /** A read found its record. */
    FOUND(4),
    /** The bytes are no request: unknown schema, template or version, bad length, token or sequence not positive. */
    MALFORMED(10),
    /** The gateway is still recovering its journal. */
    RECOVERING(11),
    /** The session has as many unanswered requests as it may. */
    OVERLOADED(12),
    /** The gateway has as many sessions as it may. */
    SESSION_LIMIT(13),
    /** The seal does not belong to this token, client and resource. */
    BAD_SEAL(20),
    /** A higher token has been seen for this resource. */
    STALE_TOKEN(21),
    /** The token is the fence, but this client or this session does not own it. */
    NOT_OWNER(22),
    /** The fence table has no room for another resource. */
    TABLE_FULL(23),
    /** The journal has no space left. */
    STORAGE_FULL(24),
    /** The handle was never given. */
    UNKNOWN_RESOURCE(25),
    /** The token was not opened, or its open is not answered yet. */
    NOT_OPEN(26),
    /** The last accepted sequence came again with another payload. */
    PAYLOAD_MISMATCH(27),
    /** A sequence before this one is missing. */
    SEQUENCE_GAP(28),
    /** The payload is longer than the gateway takes. */
    TOO_LARGE(29),
    /** The payload does not match its CRC. */
    CORRUPT_PAYLOAD(30),
    /** No record was ever accepted for this resource. */
    NO_RECORD(31),
    /** The record was removed by retention. */
    TRIMMED(32);

    private static final Verdict[] BY_CODE = new Verdict[64];

    static {
        for (final Verdict verdict : values()) {
            if (BY_CODE[verdict.code] != null) {
                throw new ExceptionInInitializerError("code given twice: verdict=" + verdict);
            }
            BY_CODE[verdict.code] = verdict;
        }
    }

    private final int code;

    Verdict(final int code) {
        this.code = code;
    }

    /**
     * The number that stands for this verdict on the wire and in the journal.
     *
     * @return the code, 1 to 63
     */
    public int code() {
        return code;
    }

    /**
     * Whether this verdict acknowledges a request: everything else is a refusal.
     *
     * @return true for ACCEPTED, DUPLICATE, OPENED and FOUND
     */
    public boolean isSuccess() {
        return code < MALFORMED.code;
    }

    /**
     * Whether refusals with this verdict are journaled for audit.
     *
     * @return true for STALE_TOKEN, BAD_SEAL, NOT_OWNER and PAYLOAD_MISMATCH
     */
    public boolean isAudited() {
        return this == STALE_TOKEN || this == BAD_SEAL || this == NOT_OWNER || this == PAYLOAD_MISMATCH;
    }

    /**
     * The verdict of a code.
     *
     * @param code as read from wire or journal
     * @return the verdict, or null where no verdict has this code
     */
    public static Verdict ofCode(final int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }
}
