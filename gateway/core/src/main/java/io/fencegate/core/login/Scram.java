package io.fencegate.core.login;

import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * The arithmetic of SCRAM-SHA-256 (RFC 5802, RFC 7677), by which a client shows that it knows a secret and never says
 * it: who listens learns nothing that logs in, and who reads what the sequencer keeps does not either.
 *
 * <pre>
 *   salted    = PBKDF2-HMAC-SHA256(secret, salt, iterations)     slow, at the client, once
 *   clientKey = HMAC(salted, "Client Key")                       what the client must know
 *   storedKey = SHA256(clientKey)                                what the sequencer keeps
 *   proof     = clientKey XOR HMAC(storedKey, transcript)        what the client sends
 * </pre>
 *
 * To verify a proof takes one HMAC of a short message and one hash, however slow the first step is.
 *
 * <p>Pure functions; any thread.
 */
public final class Scram {
    /** Length of a key and of a proof, in bytes. */
    public static final int KEY_LENGTH = 32;

    private static final byte[] CLIENT_KEY = {'C', 'l', 'i', 'e', 'n', 't', ' ', 'K', 'e', 'y'};

    private Scram() {}

    /**
     * The key that a client must know: the slow step.
     *
     * @param secret in bytes
     * @param salt that makes equal secrets different
     * @param iterations how slow, from 1
     * @return 32 bytes
     */
    public static byte[] clientKey(final byte[] secret, final byte[] salt, final int iterations) {
        final PKCS5S2ParametersGenerator generator = new PKCS5S2ParametersGenerator(new SHA256Digest());
        generator.init(secret, salt, iterations);
        final KeyParameter salted = (KeyParameter) generator.generateDerivedMacParameters(KEY_LENGTH * Byte.SIZE);
        return hmac(salted.getKey(), CLIENT_KEY);
    }

    /**
     * The key that the sequencer keeps.
     *
     * @param clientKey the client's
     * @return 32 bytes
     */
    public static byte[] storedKey(final byte[] clientKey) {
        final SHA256Digest digest = new SHA256Digest();
        digest.update(clientKey, 0, clientKey.length);
        final byte[] key = new byte[KEY_LENGTH];
        digest.doFinal(key, 0);
        return key;
    }

    /**
     * What shows that a client knows its key, in one exchange and no other.
     *
     * @param clientKey the client's
     * @param transcript of the exchange
     * @return 32 bytes
     */
    public static byte[] proof(final byte[] clientKey, final byte[] transcript) {
        return xor(clientKey, hmac(storedKey(clientKey), transcript));
    }

    /**
     * Whether a proof is one.
     *
     * @param storedKey of the one who should have made it
     * @param transcript of the exchange
     * @param proof any bytes
     * @return true if the one who made it knows the client's key
     */
    public static boolean verifies(final byte[] storedKey, final byte[] transcript, final byte[] proof) {
        if (proof.length != KEY_LENGTH) {
            return false;
        }
        final byte[] found = storedKey(xor(proof, hmac(storedKey, transcript)));
        int difference = 0;
        for (int i = 0; i < KEY_LENGTH; i++) {
            difference |= found[i] ^ storedKey[i];
        }
        return difference == 0;
    }

    /**
     * A MAC: HMAC-SHA256.
     *
     * @param key of any length
     * @param message to sum up
     * @return 32 bytes
     */
    public static byte[] hmac(final byte[] key, final byte[] message) {
        final HMac mac = new HMac(new SHA256Digest());
        mac.init(new KeyParameter(key));
        mac.update(message, 0, message.length);
        final byte[] sum = new byte[KEY_LENGTH];
        mac.doFinal(sum, 0);
        return sum;
    }

    private static byte[] xor(final byte[] one, final byte[] other) {
        final byte[] sum = new byte[KEY_LENGTH];
        for (int i = 0; i < KEY_LENGTH; i++) {
            sum[i] = (byte) (one[i] ^ other[i]);
        }
        return sum;
    }
}
