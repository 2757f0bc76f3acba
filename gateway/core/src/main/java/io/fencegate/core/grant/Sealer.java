package io.fencegate.core.grant;

import org.agrona.DirectBuffer;
import org.bouncycastle.crypto.macs.SipHash;

/**
 * Seals grants and verifies seals: SipHash-2-4 over a domain, the token, the clientId and the resource's name.
 *
 * <pre>
 *    0        1               9               17                  17 + n
 *   +--------+---------------+---------------+----- - - - -------+
 *   | domain | token (LE)    | clientId (LE) | name, n bytes     |
 *   +--------+---------------+---------------+----- - - - -------+
 * </pre>
 *
 * <p>Up to two keys are live, so that a key can be replaced while grants sealed with the old one are about: it seals
 * with the newest and verifies with both. Without a key every seal is 0, and every seal verifies.
 *
 * <p>Does not allocate after construction. One thread.
 */
public final class Sealer {
    private static final int TOKEN_OFFSET = 1;
    private static final int CLIENT_ID_OFFSET = TOKEN_OFFSET + Long.BYTES;
    private static final int NAME_OFFSET = CLIENT_ID_OFFSET + Long.BYTES;

    private final byte[] message = new byte[NAME_OFFSET + ResourceName.LENGTH_MAX];
    private final SipHash newest;
    private final SipHash older;

    private Sealer(final SealKey newest, final SealKey older) {
        this.newest = newest == null ? null : newest.newMac();
        this.older = older == null ? null : older.newMac();
    }

    /** A sealer without a key: it trusts its clients. @return a new one */
    public static Sealer none() {
        return new Sealer(null, null);
    }

    /**
     * A sealer with one live key.
     *
     * @param key that seals and verifies
     * @return a new one
     */
    public static Sealer of(final SealKey key) {
        return new Sealer(key, null);
    }

    /**
     * A sealer with two live keys.
     *
     * @param newest that seals and verifies
     * @param older that only verifies
     * @return a new one
     */
    public static Sealer of(final SealKey newest, final SealKey older) {
        return new Sealer(newest, older);
    }

    /** Whether there is a key. @return false if every seal verifies */
    public boolean hasKey() {
        return newest != null;
    }

    /**
     * Seals a grant with the newest key.
     *
     * @param token of the grant
     * @param clientId of the grant
     * @param name buffer holding the resource's name
     * @param offset of the name
     * @param length of the name in bytes, 1 to 128
     * @return the seal, 0 without a key
     */
    public long seal(
            final long token, final long clientId, final DirectBuffer name, final int offset, final int length) {
        return mac(newest, SealKey.DOMAIN_SEAL, token, clientId, name, offset, length);
    }

    /**
     * Proves that a grant was opened, with the newest key.
     *
     * @param token of the grant
     * @param clientId of the grant
     * @param name buffer holding the resource's name
     * @param offset of the name
     * @param length of the name in bytes, 1 to 128
     * @return the proof, 0 without a key
     */
    public long proof(
            final long token, final long clientId, final DirectBuffer name, final int offset, final int length) {
        return mac(newest, SealKey.DOMAIN_PROOF, token, clientId, name, offset, length);
    }

    /**
     * Whether a live key made this seal for this grant.
     *
     * @param seal of the grant
     * @param token of the grant
     * @param clientId of the grant
     * @param name buffer holding the resource's name
     * @param offset of the name
     * @param length of the name in bytes, 1 to 128
     * @return true also where there is no key
     */
    public boolean verifies(
            final long seal,
            final long token,
            final long clientId,
            final DirectBuffer name,
            final int offset,
            final int length) {
        if (newest == null || seal == mac(newest, SealKey.DOMAIN_SEAL, token, clientId, name, offset, length)) {
            return true;
        }
        return older != null && seal == mac(older, SealKey.DOMAIN_SEAL, token, clientId, name, offset, length);
    }

    /**
     * Whether a live key made this proof for this grant: then a gateway with that key has opened it.
     *
     * @param proof of a gateway
     * @param token of the grant
     * @param clientId of the grant
     * @param name buffer holding the resource's name
     * @param offset of the name
     * @param length of the name in bytes, 1 to 128
     * @return false also where there is no key: then nothing is proven
     */
    public boolean proves(
            final long proof,
            final long token,
            final long clientId,
            final DirectBuffer name,
            final int offset,
            final int length) {
        return isProofBy(newest, proof, token, clientId, name, offset, length)
                || isProofBy(older, proof, token, clientId, name, offset, length);
    }

    private boolean isProofBy(
            final SipHash key,
            final long proof,
            final long token,
            final long clientId,
            final DirectBuffer name,
            final int offset,
            final int length) {
        return key != null && proof == mac(key, SealKey.DOMAIN_PROOF, token, clientId, name, offset, length);
    }

    private long mac(
            final SipHash key,
            final byte domain,
            final long token,
            final long clientId,
            final DirectBuffer name,
            final int offset,
            final int length) {
        if (key == null) {
            return 0;
        }
        if (length < 1 || length > ResourceName.LENGTH_MAX) {
            throw new IllegalArgumentException(ResourceName.RULE + ": length=" + length);
        }
        message[0] = domain;
        putLong(TOKEN_OFFSET, token);
        putLong(CLIENT_ID_OFFSET, clientId);
        name.getBytes(offset, message, NAME_OFFSET, length);
        key.update(message, 0, NAME_OFFSET + length);
        return key.doFinal();
    }

    private void putLong(final int offset, final long value) {
        for (int i = 0; i < Long.BYTES; i++) {
            message[offset + i] = (byte) (value >>> (Byte.SIZE * i));
        }
    }
}
