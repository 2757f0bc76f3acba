package io.fencegate.core.grant;

import java.util.List;
import org.agrona.DirectBuffer;
import org.bouncycastle.crypto.macs.SipHash;

/**
 * Seals grants and verifies seals: SipHash-2-4 over a domain, the token, the clientId and the resource's name.
 *
 * <pre>
 *    0        1               9               17                  17 + n
 *   +--------+---------------+---------------+----- - - - -------+
 *   | domain | token (LE)    | clientId (LE) | name, n bytes     |   a seal, a proof
 *   +--------+---------------+---------------+----- - - - -------+
 *   +--------+---------------+---------------+--------+
 *   | domain | fingerprint   | revision (LE) | action |              a change of keys
 *   +--------+---------------+---------------+--------+
 * </pre>
 *
 * <p>Several keys may be live, so that a key can be replaced while grants sealed with an older one are about: the first
 * one seals, and all verify. Without a key every seal is 0, and every seal verifies.
 *
 * <p>Does not allocate but where its keys are replaced. One thread; {@link #rekey} may be called by any other, and takes
 * effect with the next call.
 */
public final class Sealer {
    private static final int TOKEN_OFFSET = 1;
    private static final int CLIENT_ID_OFFSET = TOKEN_OFFSET + Long.BYTES;
    private static final int NAME_OFFSET = CLIENT_ID_OFFSET + Long.BYTES;

    private final byte[] message = new byte[NAME_OFFSET + ResourceName.LENGTH_MAX];

    /** Each array is made for this sealer, and only read once it is here: whoever uses the MACs is one thread. */
    private volatile SipHash[] macs;

    private Sealer(final List<SealKey> keys) {
        macs = macs(keys);
    }

    /** A sealer without a key: it trusts its clients. @return a new one */
    public static Sealer none() {
        return new Sealer(List.of());
    }

    /**
     * A sealer with given live keys.
     *
     * @param keys the first one seals, all verify
     * @return a new one
     */
    public static Sealer of(final SealKey... keys) {
        return new Sealer(List.of(keys));
    }

    /**
     * A sealer with the live keys of a list.
     *
     * @param keys the first one seals, all verify
     * @return a new one
     */
    public static Sealer of(final List<SealKey> keys) {
        return new Sealer(keys);
    }

    /**
     * Replaces the keys.
     *
     * @param keys the first one seals, all verify; none: every seal verifies
     */
    public void rekey(final List<SealKey> keys) {
        macs = macs(keys);
    }

    /** Whether there is a key. @return false if every seal verifies */
    public boolean hasKey() {
        return macs.length > 0;
    }

    /**
     * Seals a grant with the first key.
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
        return first(SealKey.DOMAIN_SEAL, token, clientId, name, offset, length);
    }

    /**
     * Proves that a grant was opened, with the first key.
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
        return first(SealKey.DOMAIN_PROOF, token, clientId, name, offset, length);
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
        final SipHash[] live = macs;
        for (int i = 0; i < live.length; i++) {
            if (seal == mac(live[i], SealKey.DOMAIN_SEAL, token, clientId, name, offset, length)) {
                return true;
            }
        }
        return live.length == 0;
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
        final SipHash[] live = macs;
        for (int i = 0; i < live.length; i++) {
            if (proof == mac(live[i], SealKey.DOMAIN_PROOF, token, clientId, name, offset, length)) {
                return true;
            }
        }
        return false;
    }

    /**
     * MACs a change of the sequencer's keys with the first key.
     *
     * @param action what is to be done with the key
     * @param fingerprint of the key
     * @param revision of the keys that the change is meant for
     * @return the MAC, 0 without a key
     */
    public long change(final SealKey.Action action, final long fingerprint, final long revision) {
        final SipHash[] live = macs;
        return live.length == 0 ? 0 : change(live[0], action, fingerprint, revision);
    }

    /**
     * Whether the first key made this MAC for this change of keys.
     *
     * @param mac of the change
     * @param action what is to be done with the key
     * @param fingerprint of the key
     * @param revision of the keys that the change is meant for
     * @return false also where there is no key
     */
    public boolean verifiesChange(
            final long mac, final SealKey.Action action, final long fingerprint, final long revision) {
        final SipHash[] live = macs;
        return live.length > 0 && mac == change(live[0], action, fingerprint, revision);
    }

    private long first(
            final byte domain,
            final long token,
            final long clientId,
            final DirectBuffer name,
            final int offset,
            final int length) {
        final SipHash[] live = macs;
        return live.length == 0 ? 0 : mac(live[0], domain, token, clientId, name, offset, length);
    }

    private long mac(
            final SipHash key,
            final byte domain,
            final long token,
            final long clientId,
            final DirectBuffer name,
            final int offset,
            final int length) {
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

    private long change(final SipHash key, final SealKey.Action action, final long fingerprint, final long revision) {
        message[0] = SealKey.DOMAIN_CHANGE;
        putLong(TOKEN_OFFSET, fingerprint);
        putLong(CLIENT_ID_OFFSET, revision);
        message[NAME_OFFSET] = action.code();
        key.update(message, 0, NAME_OFFSET + 1);
        return key.doFinal();
    }

    private void putLong(final int offset, final long value) {
        for (int i = 0; i < Long.BYTES; i++) {
            message[offset + i] = (byte) (value >>> (Byte.SIZE * i));
        }
    }

    private static SipHash[] macs(final List<SealKey> keys) {
        return keys.stream().map(SealKey::newMac).toArray(SipHash[]::new);
    }
}
