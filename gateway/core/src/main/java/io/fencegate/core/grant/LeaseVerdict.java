package io.fencegate.core.grant;

/**
 * The sequencer's answer to a command: one value per rule. The codes are those of the wire and of the snapshots and
 * never change their meaning.
 *
 * <p>Immutable; any thread.
 */
public enum LeaseVerdict {
    /** The lease is the caller's. */
    GRANTED(1),
    /** Somebody else holds the lease; the caller stands in the queue. */
    QUEUED(2),
    /** The lease was prolonged. */
    RENEWED(3),
    /** The lease was ended by its holder. */
    RELEASED(4),
    /** The lease was ended by an operator, who got a fresh token. */
    REVOKED(5),
    /** The wait was ended by its client. */
    CANCELLED(6),
    /** The term offset was raised: the next token is above the one that was proven or told. */
    FLOOR_RAISED(7),
    /** The next token was above the one that was proven or told already: nothing was changed. */
    FLOOR_KEPT(8),
    /** Somebody else holds the lease, and the caller does not wait. */
    DENIED(10),
    /** The wait ended before the lease came free. */
    WAIT_TIMED_OUT(11),
    /** The lease ended before: it expired, was released, or belongs to somebody else now. */
    LEASE_LOST(12),
    /** The wait was cancelled before the lease came free: the answer of its acquire from then on. */
    WAIT_CANCELLED(13),
    /** There is no such wait: it never was, was answered, or ended. */
    NOT_WAITING(14),
    /** The bytes are no command: unknown schema, template or version, bad length, a floor that is no token. */
    MALFORMED(20),
    /** The name is not UTF-8 of 1 to 128 bytes without control characters. */
    BAD_NAME(21),
    /** The TTL is outside 50 ms to 24 h. */
    TTL_OUT_OF_RANGE(22),
    /** The wait is negative or longer than 24 h. */
    WAIT_OUT_OF_RANGE(23),
    /** The same requestId came before with other content. */
    REQUEST_MISMATCH(24),
    /** No token is left in this term or in all terms. */
    TOKENS_EXHAUSTED(25),
    /** As many leases live as may. */
    TOO_MANY_LEASES(26),
    /** As many clients wait for this resource as may. */
    TOO_MANY_WAITERS_FOR_RESOURCE(27),
    /** As many clients wait in all as may. */
    TOO_MANY_WAITERS(28),
    /** As many clients are remembered as may. */
    TOO_MANY_CLIENTS(29),
    /** The request is older than what is remembered of its client: its answer is forgotten, and it is not run again. */
    REQUEST_TOO_OLD(30),
    /** As many watches stand as may, in all or in this session. */
    TOO_MANY_WATCHES(31),
    /** The proof does not show that a gateway opened this grant; without a key none does. */
    BAD_SEAL(32),
    /** The change of a key bears no MAC by the newest live key: whoever sent it does not have that key. */
    BAD_KEY_SEAL(40),
    /** The live keys are not those any more that the change was meant for. */
    KEYS_CHANGED(41),
    /** The key that should be added is live. */
    KEY_LIVE(42),
    /** The key that should be retired is not live. */
    KEY_NOT_LIVE(43),
    /** As many keys are live as may: one has to be retired before another is added. */
    TOO_MANY_KEYS(44),
    /** The key that should be retired is the only one: grants would bear no seals any more. */
    LAST_KEY(45),
    /** The cluster has not put into its log yet by which limits it decides: asking again, a little later, helps. */
    NOT_FOUNDED(46),
    /** The caller's principal may not do this, or the clientId is another principal's. */
    NOT_ALLOWED(50),
    /** The rules are not those that the caller knows: somebody changed them meanwhile. */
    ACCESS_CHANGED(51),
    /** As many rules stand as may. */
    TOO_MANY_RULES(52),
    /** What should be a rule is none. */
    BAD_RULE(53),
    /** No operator would be left, and nobody could change the rules any more. */
    LAST_OPERATOR(54);

    private static final LeaseVerdict[] BY_CODE = new LeaseVerdict[64];

    static {
        for (final LeaseVerdict verdict : values()) {
            if (BY_CODE[verdict.code] != null) {
                throw new ExceptionInInitializerError("code given twice: verdict=" + verdict);
            }
            BY_CODE[verdict.code] = verdict;
        }
    }

    private final int code;

    LeaseVerdict(final int code) {
        this.code = code;
    }

    /**
     * The number that stands for this verdict on the wire and in snapshots.
     *
     * @return the code, 1 to 63
     */
    public int code() {
        return code;
    }

    /** Whether the command was not done, or the wait ended without a grant. @return false for the answers of success */
    public boolean isRefusal() {
        return code >= DENIED.code;
    }

    /**
     * The verdict of a code.
     *
     * @param code as read from wire or snapshot
     * @return the verdict, or null where no verdict has this code
     */
    public static LeaseVerdict ofCode(final int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }
}
