package io.fencegate.core.login;

import io.fencegate.core.access.Principal;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * With what a client begins a session: its name, and a number drawn by lot that makes the exchange the client's own.
 *
 * <pre>
 *    0         1                     17            17 + n
 *   +---------+---------------------+------ - - ---+
 *   | version | nonce (16 bytes)    | name, n bytes|     n = 0: it does not log in
 *   +---------+---------------------+------ - - ---+
 * </pre>
 *
 * <p>Immutable; any thread.
 *
 * @param principal who it says it is
 * @param nonce {@link #NONCE_LENGTH} bytes
 */
public record LoginHello(Principal principal, byte[] nonce) {
    /** Length of a nonce, in bytes. */
    public static final int NONCE_LENGTH = 16;

    private static final byte VERSION = 1;
    private static final int NAME_OFFSET = 1 + NONCE_LENGTH;

    /** Keeps the nonce. */
    public LoginHello {
        if (nonce.length != NONCE_LENGTH) {
            throw new IllegalArgumentException("no nonce: length=" + nonce.length);
        }
        nonce = nonce.clone();
    }

    @Override
    public byte[] nonce() {
        return nonce.clone();
    }

    /** As bytes. @return that {@link #decode} reads */
    public byte[] encode() {
        final String name = principal.name();
        final byte[] bytes = new byte[NAME_OFFSET + name.length()];
        bytes[0] = VERSION;
        System.arraycopy(nonce, 0, bytes, 1, NONCE_LENGTH);
        new UnsafeBuffer(bytes).putStringWithoutLengthAscii(NAME_OFFSET, name);
        return bytes;
    }

    /**
     * Reads a hello.
     *
     * @param bytes any
     * @return the hello, or null where they are none
     */
    public static LoginHello decode(final byte[] bytes) {
        final int nameLength = bytes.length - NAME_OFFSET;
        if (nameLength < 0 || nameLength > Principal.NAME_LENGTH_MAX || bytes[0] != VERSION) {
            return null;
        }
        final String name = new UnsafeBuffer(bytes).getStringWithoutLengthAscii(NAME_OFFSET, nameLength);
        if (!name.isEmpty() && !Principal.isName(name)) {
            return null;
        }
        final byte[] nonce = new byte[NONCE_LENGTH];
        System.arraycopy(bytes, 1, nonce, 0, NONCE_LENGTH);
        return new LoginHello(name.isEmpty() ? Principal.ANONYMOUS : new Principal(name), nonce);
    }
}
