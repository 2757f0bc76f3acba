package io.fencegate.app.cli;

import io.fencegate.core.grant.Token;
import java.util.HexFormat;

/**
 * How tokens, clients and keys look on the terminal.
 *
 * <p>Pure functions; any thread.
 */
public final class Shapes {
    private static final int FINGERPRINT_DIGITS = 16;

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

    /**
     * A key of the seals, without showing it.
     *
     * @param fingerprint of the key
     * @return 16 hexadecimal digits
     */
    public static String fingerprint(final long fingerprint) {
        return String.format("%016x", fingerprint);
    }

    /**
     * Reads a fingerprint.
     *
     * @param text as {@link #fingerprint} gives it
     * @return the fingerprint
     * @throws CommandException USAGE if it is none
     */
    public static long parseFingerprint(final String text) {
        if (text.length() != FINGERPRINT_DIGITS || !text.chars().allMatch(HexFormat::isHexDigit)) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "a fingerprint is " + FINGERPRINT_DIGITS + " hexadecimal digits: fingerprint=" + text);
        }
        return HexFormat.fromHexDigitsToLong(text);
    }
}
