package io.fencegate.app.cli;

import io.fencegate.core.grant.Token;

/**
 * How tokens and clients look on the terminal.
 *
 * <p>Pure functions; any thread.
 */
public final class Shapes {
    private Shapes() {}

    /**
     * A client's identity.
     *
     * @param clientId 64 bits
     * @return 16 hexadecimal digits
     */
    public static String clientId(final long clientId) {
        return String.format("%016x", clientId);
    }

    /**
     * Puts a token and its parts.
     *
     * @param object that takes them
     * @param token a valid token
     * @return the object
     */
    public static JsonObject putToken(final JsonObject object, final long token) {
        return object.put("token", token).put("term", Token.term(token)).put("serial", Token.serial(token));
    }

    /**
     * A token for people.
     *
     * @param token a valid token, or 0 for none
     * @return {@code decimal (term/serial)}
     */
    public static String token(final long token) {
        return token == 0 ? "none" : Token.describe(token);
    }
}
