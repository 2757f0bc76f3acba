package io.fencegate.core.login;

import java.util.HexFormat;

/**
 * What the sequencer keeps of one principal's secret: enough to verify a login, and not enough to log in.
 *
 * <p>Immutable; any thread. Nothing of it is in its printed form.
 */
public final class LoginVerifier {
    /** Length of a salt, in bytes. */
    public static final int SALT_LENGTH = 16;

    /** Fewest iterations. */
    public static final int ITERATIONS_MIN = 4096;

    /** Most iterations: a client bears no more, whoever asks it to. */
    public static final int ITERATIONS_MAX = 1_000_000;

    private static final String SCHEME = "scram-sha-256";
    private static final String SEPARATOR = "$";
    private static final int PARTS = 4;
    private static final HexFormat HEX = HexFormat.of();

    private final byte[] salt;
    private final int iterations;
    private final byte[] storedKey;

    private LoginVerifier(final byte[] salt, final int iterations, final byte[] storedKey) {
        if (salt.length != SALT_LENGTH
                || storedKey.length != Scram.KEY_LENGTH
                || iterations < ITERATIONS_MIN
                || iterations > ITERATIONS_MAX) {
            throw new IllegalArgumentException("no verifier: saltLength=" + salt.length + " keyLength="
                    + storedKey.length + " iterations=" + iterations);
        }
        this.salt = salt.clone();
        this.iterations = iterations;
        this.storedKey = storedKey.clone();
    }

    /**
     * Keeps what verifies a secret. Slow, on purpose.
     *
     * @param secret in bytes
     * @param salt drawn by lot, {@link #SALT_LENGTH} bytes
     * @param iterations {@link #ITERATIONS_MIN} to {@link #ITERATIONS_MAX}
     * @return the verifier
     */
    public static LoginVerifier of(final byte[] secret, final byte[] salt, final int iterations) {
        return new LoginVerifier(salt, iterations, Scram.storedKey(Scram.clientKey(secret, salt, iterations)));
    }

    /**
     * A verifier that no secret is known for: a login by a name that is unknown goes the same way as any other.
     *
     * @param name that is unknown
     * @param key that makes up the salt, always the same for the same name
     * @param iterations as of the others
     * @return the verifier
     */
    public static LoginVerifier ofNobody(final byte[] name, final byte[] key, final int iterations) {
        final byte[] mask = Scram.hmac(key, name);
        final byte[] salt = new byte[SALT_LENGTH];
        System.arraycopy(mask, 0, salt, 0, SALT_LENGTH);
        return new LoginVerifier(salt, iterations, Scram.hmac(mask, name));
    }

    /**
     * Reads a verifier.
     *
     * @param text as {@link #format} writes it
     * @return the verifier
     * @throws IllegalArgumentException if it is none, without a word of what it holds
     */
    public static LoginVerifier parse(final String text) {
        final String[] parts = text.split("\\" + SEPARATOR, -1);
        if (parts.length != PARTS || !parts[0].equals(SCHEME)) {
            throw new IllegalArgumentException("no verifier: it is not of the form " + SCHEME + "$iterations$salt$key");
        }
        try {
            return new LoginVerifier(HEX.parseHex(parts[2]), Integer.parseInt(parts[1]), HEX.parseHex(parts[3]));
        } catch (final NumberFormatException e) {
            throw new IllegalArgumentException("no verifier: iterations is no number", e);
        }
    }

    /** As one word of text. @return that {@link #parse} reads */
    public String format() {
        return String.join(
                SEPARATOR, SCHEME, Integer.toString(iterations), HEX.formatHex(salt), HEX.formatHex(storedKey));
    }

    /** What makes equal secrets different. @return {@link #SALT_LENGTH} bytes */
    public byte[] salt() {
        return salt.clone();
    }

    /** How slow the client's first step is. @return the count */
    public int iterations() {
        return iterations;
    }

    /**
     * Whether a client knows the secret: one HMAC and one hash.
     *
     * @param transcript of the exchange
     * @param proof any bytes
     * @return true if so
     */
    public boolean accepts(final byte[] transcript, final byte[] proof) {
        return Scram.verifies(storedKey, transcript, proof);
    }

    @Override
    public String toString() {
        return "LoginVerifier[iterations=" + iterations + "]";
    }
}
