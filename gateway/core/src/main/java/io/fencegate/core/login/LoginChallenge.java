package io.fencegate.core.login;

import java.util.Arrays;

/**
 * What the sequencer answers to a hello: what the client must know to make its proof, or why it is not let in.
 *
 * <pre>
 *    0         1         2                     18                    34
 *   +---------+---------+---------------------+---------------------+----------------+
 *   | version | refusal | nonce (16 bytes)    | salt (16 bytes)     | iterations (LE)|
 *   +---------+---------+---------------------+---------------------+----------------+
 *               0: none; else nothing follows
 * </pre>
 *
 * <p>Immutable; any thread.
 *
 * @param refusal why the client is not let in, or null: it may prove who it is
 * @param nonce the sequencer's, {@link LoginHello#NONCE_LENGTH} bytes; empty in a refusal
 * @param salt of the principal, {@link LoginVerifier#SALT_LENGTH} bytes; empty in a refusal
 * @param iterations of the principal
 */
public record LoginChallenge(LoginRefusal refusal, byte[] nonce, byte[] salt, int iterations) {
    private static final byte VERSION = 1;
    private static final int HEAD_LENGTH = 2;
    private static final int SALT_OFFSET = HEAD_LENGTH + LoginHello.NONCE_LENGTH;
    private static final int ITERATIONS_OFFSET = SALT_OFFSET + LoginVerifier.SALT_LENGTH;
    private static final int LENGTH = ITERATIONS_OFFSET + Integer.BYTES;
    private static final byte[] NOTHING = new byte[0];

    /** Keeps the bytes. */
    public LoginChallenge {
        nonce = nonce.clone();
        salt = salt.clone();
    }

    /**
     * Tells a client why it is not let in.
     *
     * @param refusal why
     * @return the challenge
     */
    public static LoginChallenge refused(final LoginRefusal refusal) {
        return new LoginChallenge(refusal, NOTHING, NOTHING, 0);
    }

    /**
     * Asks a client for its proof.
     *
     * @param verifier of the principal
     * @param nonce drawn by lot for this exchange
     * @return the challenge
     */
    public static LoginChallenge of(final LoginVerifier verifier, final byte[] nonce) {
        return new LoginChallenge(null, nonce, verifier.salt(), verifier.iterations());
    }

    @Override
    public byte[] nonce() {
        return nonce.clone();
    }

    @Override
    public byte[] salt() {
        return salt.clone();
    }

    /** As bytes. @return that {@link #decode} reads */
    public byte[] encode() {
        if (refusal != null) {
            return new byte[] {VERSION, (byte) refusal.code()};
        }
        final byte[] bytes = new byte[LENGTH];
        bytes[0] = VERSION;
        System.arraycopy(nonce, 0, bytes, HEAD_LENGTH, nonce.length);
        System.arraycopy(salt, 0, bytes, SALT_OFFSET, salt.length);
        for (int i = 0; i < Integer.BYTES; i++) {
            bytes[ITERATIONS_OFFSET + i] = (byte) (iterations >>> i * Byte.SIZE);
        }
        return bytes;
    }

    /**
     * Reads a challenge.
     *
     * @param bytes any
     * @return the challenge, or null where they are none that a client should answer
     */
    public static LoginChallenge decode(final byte[] bytes) {
        if (bytes.length < HEAD_LENGTH || bytes[0] != VERSION) {
            return null;
        }
        if (bytes[1] != 0) {
            final LoginRefusal refusal = LoginRefusal.ofCode(bytes[1]);
            return refusal == null ? null : refused(refusal);
        }
        if (bytes.length != LENGTH) {
            return null;
        }
        int iterations = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            iterations |= (bytes[ITERATIONS_OFFSET + i] & 0xFF) << i * Byte.SIZE;
        }
        final boolean isBearable =
                iterations >= LoginVerifier.ITERATIONS_MIN && iterations <= LoginVerifier.ITERATIONS_MAX;
        return isBearable
                ? new LoginChallenge(
                        null,
                        Arrays.copyOfRange(bytes, HEAD_LENGTH, SALT_OFFSET),
                        Arrays.copyOfRange(bytes, SALT_OFFSET, ITERATIONS_OFFSET),
                        iterations)
                : null;
    }

    /**
     * All that was said in an exchange: what a proof is over.
     *
     * @param hello of the client
     * @return the bytes
     */
    public byte[] transcript(final LoginHello hello) {
        final byte[] said = hello.encode();
        final byte[] answered = encode();
        final byte[] all = new byte[answered.length + said.length];
        System.arraycopy(answered, 0, all, 0, answered.length);
        System.arraycopy(said, 0, all, answered.length, said.length);
        return all;
    }
}
