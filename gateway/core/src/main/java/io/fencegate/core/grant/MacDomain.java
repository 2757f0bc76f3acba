package io.fencegate.core.grant;

/**
 * The first byte of everything that is MACed with a {@link SealKey}, so that a MAC made for one purpose never serves
 * another. These numbers are part of the seal's format and never change.
 *
 * <p>Constants; any thread.
 */
final class MacDomain {
    /** A seal: opens a fence. */
    static final byte SEAL = 1;

    /** A proof: shows that a grant was opened, opens nothing. */
    static final byte PROOF = 2;

    /** A fingerprint: names a key. */
    static final byte FINGERPRINT = 3;

    private MacDomain() {}
}
