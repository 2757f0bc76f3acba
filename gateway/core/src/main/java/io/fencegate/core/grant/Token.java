package io.fencegate.core.grant;

/**
 * A fencing token: {@code term (23 bits) | serial (40 bits)} in a positive long, compared as a plain signed number. The
 * shape is that of ZooKeeper's zxid (epoch and counter in one number).
 *
 * <pre>
 *   63 62                    40 39                                     0
 *  +--+------------------------+----------------------------------------+
 *  | 0|          term          |                 serial                 |
 *  +--+------------------------+----------------------------------------+
 * </pre>
 *
 * <p>Pure functions; any thread.
 */
public final class Token {
    /** Bits of the serial. */
    public static final int SERIAL_BITS = 40;

    /** Bits of the term. */
    public static final int TERM_BITS = 23;

    /** Highest serial of a term. */
    public static final long SERIAL_MAX = (1L << SERIAL_BITS) - 1;

    /** Highest term. */
    public static final long TERM_MAX = (1L << TERM_BITS) - 1;

    private Token() {}

    /**
     * Puts a token together.
     *
     * @param term 0 to {@link #TERM_MAX}
     * @param serial 1 to {@link #SERIAL_MAX}
     * @return the token
     * @throws IllegalArgumentException if a part is out of range
     */
    public static long of(final long term, final long serial) {
        if (term < 0 || term > TERM_MAX || serial < 1 || serial > SERIAL_MAX) {
            throw new IllegalArgumentException("no such token: term=" + term + " serial=" + serial);
        }
        return term << SERIAL_BITS | serial;
    }

    /**
     * The term of a token.
     *
     * @param token a valid token
     * @return its term
     */
    public static long term(final long token) {
        return token >>> SERIAL_BITS;
    }

    /**
     * The serial of a token.
     *
     * @param token a valid token
     * @return its serial
     */
    public static long serial(final long token) {
        return token & SERIAL_MAX;
    }

    /**
     * Whether a number can be a token: positive, and its serial is not 0.
     *
     * @param token any number
     * @return true if a sequencer could have issued it
     */
    public static boolean isValid(final long token) {
        return token > 0 && serial(token) != 0;
    }

    /**
     * The token as people read it.
     *
     * @param token a valid token
     * @return {@code decimal (term/serial)}
     */
    public static String describe(final long token) {
        return token + " (" + term(token) + "/" + serial(token) + ")";
    }
}
