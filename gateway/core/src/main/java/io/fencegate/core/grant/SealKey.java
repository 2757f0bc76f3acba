package io.fencegate.core.grant;

import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.crypto.macs.SipHash;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * The 128-bit secret that sequencer and gateways share. It is shown to nobody: neither its text form nor an error names
 * a digit of it.
 *
 * <p>Immutable; any thread.
 */
public final class SealKey {
    /** Length of a key, in bytes. */
    public static final int LENGTH = 16;

    /** Length of a key as text, in hexadecimal digits. */
    public static final int DIGITS = 2 * LENGTH;

    // The first byte of everything that is MACed, so that a MAC made for one purpose never serves another. These
    // numbers are part of the seal's format and never change.

    /** First byte of a seal: opens a fence. */
    static final byte DOMAIN_SEAL = 1;

    /** First byte of a proof: shows that a grant was opened, opens nothing. */
    static final byte DOMAIN_PROOF = 2;

    /** First byte of a fingerprint: names a key. */
    static final byte DOMAIN_FINGERPRINT = 3;

    /** First byte of the MAC of a change of keys: who may change them has the newest one. */
    static final byte DOMAIN_CHANGE = 4;

    /** Where a process finds its keys; it may look there again. */
    @FunctionalInterface
    public interface Source {
        /**
         * Reads the keys as they are now.
         *
         * @return the newest last; empty if there are none
         * @throws RuntimeException with one line for people if they can not be had now
         */
        List<SealKey> read();

        /**
         * Keys that never change.
         *
         * @param keys the newest last
         * @return a source of always the same
         */
        static Source of(final SealKey... keys) {
            final List<SealKey> copy = List.of(keys);
            return () -> copy;
        }
    }

    /** What an operator wants done with a key of the sequencer. The codes are those of the wire and of snapshots. */
    public enum Action {
        /** It is live from then on, and seals. */
        ADD((byte) 1),
        /** It is not live any more. */
        RETIRE((byte) 2);

        private final byte code;

        Action(final byte code) {
            this.code = code;
        }

        /** The number on the wire, in snapshots, and under the MAC. @return the code, from 1 */
        public byte code() {
            return code;
        }

        /**
         * The action of a code.
         *
         * @param code as read
         * @return the action, or null where none has this code
         */
        public static Action ofCode(final int code) {
            for (final Action action : values()) {
                if (action.code == code) {
                    return action;
                }
            }
            return null;
        }
    }

    private final KeyParameter key;
    private final long fingerprint;

    private SealKey(final byte[] bytes) {
        key = new KeyParameter(bytes);
        final SipHash mac = newMac();
        mac.update(DOMAIN_FINGERPRINT);
        fingerprint = mac.doFinal();
    }

    /**
     * Reads a key from its text form.
     *
     * @param hex 32 hexadecimal digits, white space around them is ignored
     * @return the key
     * @throws IllegalArgumentException if it is no key, or has no bit set
     */
    public static SealKey parse(final String hex) {
        final String digits = hex.strip();
        if (digits.length() != DIGITS || !digits.chars().allMatch(HexFormat::isHexDigit)) {
            throw new IllegalArgumentException(
                    "a seal key is " + DIGITS + " hexadecimal digits: length=" + digits.length());
        }
        final byte[] bytes = HexFormat.of().parseHex(digits);
        int bits = 0;
        for (final byte b : bytes) {
            bits |= b;
        }
        if (bits == 0) {
            throw new IllegalArgumentException("a seal key that is all zero protects nothing");
        }
        return new SealKey(bytes);
    }

    /**
     * Names this key without betraying it: the same for equal keys, and another for (almost) every other.
     *
     * @return a MAC over nothing, in a domain of its own
     */
    public long fingerprint() {
        return fingerprint;
    }

    SipHash newMac() {
        final SipHash mac = new SipHash();
        mac.init(key);
        return mac;
    }

    /** The key as logs may show it. @return its fingerprint */
    @Override
    public String toString() {
        return "SealKey[fingerprint=" + HexFormat.of().toHexDigits(fingerprint) + "]";
    }
}
