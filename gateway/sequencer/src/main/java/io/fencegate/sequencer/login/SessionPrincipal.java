package io.fencegate.sequencer.login;

import io.fencegate.core.access.Principal;
import java.nio.charset.StandardCharsets;

/**
 * What the log says, where a session opens, of who is there: the principal that logged in, and whom the configuration of
 * the leader names as the first operator. So every node knows the same, whatever its own configuration says.
 *
 * <pre>
 *   encodedPrincipal of the session:  name            nobody is named as operator
 *                                     name LF name    somebody is
 *                                     nothing         it did not log in
 * </pre>
 *
 * <p>Immutable; any thread.
 *
 * @param principal that logged in, or anonymous
 * @param operator whom the configuration names, or anonymous
 */
public record SessionPrincipal(Principal principal, Principal operator) {
    private static final String SEPARATOR = "\n";
    private static final SessionPrincipal NOBODY = new SessionPrincipal(Principal.ANONYMOUS, Principal.ANONYMOUS);

    /** As bytes. @return for the log */
    public byte[] encode() {
        final String text = operator.isNamed() ? principal.name() + SEPARATOR + operator.name() : principal.name();
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Reads what the log says.
     *
     * @param bytes any, or null
     * @return who is there; nobody in particular, where the bytes name nobody
     */
    public static SessionPrincipal decode(final byte[] bytes) {
        if (bytes == null || bytes.length == 0) {
            return NOBODY;
        }
        final String text = new String(bytes, StandardCharsets.ISO_8859_1);
        final int separator = text.indexOf(SEPARATOR);
        final String name = separator < 0 ? text : text.substring(0, separator);
        final String operator = separator < 0 ? "" : text.substring(separator + 1);
        final boolean isWhole = Principal.isName(name) && (operator.isEmpty() || Principal.isName(operator));
        return isWhole ? new SessionPrincipal(new Principal(name), new Principal(operator)) : NOBODY;
    }
}
