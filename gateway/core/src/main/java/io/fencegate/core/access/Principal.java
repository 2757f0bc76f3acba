package io.fencegate.core.access;

/**
 * Who a client is known to be: the name with which it logged in, or nobody in particular. It never replaces the
 * clientId, which tells a paused process from its successor.
 *
 * <p>Immutable; any thread.
 *
 * @param name 1 to 64 letters, digits and {@code ._@-}; empty: nobody in particular
 */
public record Principal(String name) {
    /** Who did not log in. */
    public static final Principal ANONYMOUS = new Principal("");

    /** Longest name, in bytes. */
    public static final int NAME_LENGTH_MAX = 64;

    /** The rule as a message states it. */
    public static final String RULE = "a principal's name is 1 to 64 of A-Z a-z 0-9 . _ @ -";

    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException if it is neither a name nor empty
     */
    public Principal {
        if (!name.isEmpty() && !isName(name)) {
            throw new IllegalArgumentException(RULE);
        }
    }

    /** Whether it is known who this is. @return false for who did not log in */
    public boolean isNamed() {
        return !name.isEmpty();
    }

    /**
     * Whether a text is a name.
     *
     * @param text any, or null
     * @return true if a principal may be called so
     */
    public static boolean isName(final String text) {
        if (text == null || text.isEmpty() || text.length() > NAME_LENGTH_MAX) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (!isPart(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPart(final char part) {
        return part >= 'a' && part <= 'z'
                || part >= 'A' && part <= 'Z'
                || part >= '0' && part <= '9'
                || part == '.'
                || part == '_'
                || part == '@'
                || part == '-';
    }
}
