package io.fencegate.client.login;

import io.fencegate.core.access.Principal;
import java.nio.charset.StandardCharsets;

/**
 * As whom a client logs in at the sequencer, and its secret.
 *
 * <p>Immutable; any thread. The secret is not in its printed form, nor in any error.
 */
public final class Login {
    /** Does not log in. */
    public static final Login NONE = new Login(Principal.ANONYMOUS, new byte[0]);

    /** Shortest secret, in bytes. */
    public static final int SECRET_LENGTH_MIN = 12;

    /** Longest secret, in bytes. */
    public static final int SECRET_LENGTH_MAX = 1024;

    private final Principal principal;
    private final byte[] secret;

    private Login(final Principal principal, final byte[] secret) {
        this.principal = principal;
        this.secret = secret;
    }

    /**
     * Logs in.
     *
     * @param name of the principal
     * @param secret of the principal, {@link #SECRET_LENGTH_MIN} bytes or more
     * @return the login
     * @throws IllegalArgumentException if it is no name, or no secret
     */
    public static Login of(final String name, final String secret) {
        if (!Principal.isName(name)) {
            throw new IllegalArgumentException(Principal.RULE);
        }
        final byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < SECRET_LENGTH_MIN || bytes.length > SECRET_LENGTH_MAX) {
            throw new IllegalArgumentException("a secret has " + SECRET_LENGTH_MIN + " to " + SECRET_LENGTH_MAX
                    + " bytes: name=" + name + " length=" + bytes.length);
        }
        return new Login(new Principal(name), bytes);
    }

    /** Who logs in. @return anonymous: nobody in particular */
    public Principal principal() {
        return principal;
    }

    byte[] secret() {
        return secret;
    }

    @Override
    public String toString() {
        return "Login[name=" + principal.name() + "]";
    }
}
