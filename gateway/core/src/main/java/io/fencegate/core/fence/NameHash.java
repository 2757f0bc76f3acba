package io.fencegate.core.fence;

import io.fencegate.core.grant.ResourceName;
import org.agrona.DirectBuffer;
import org.bouncycastle.crypto.macs.SipHash;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * Scatters names over the index: SipHash-2-4 under a seed that no client knows, so that nobody can choose names that
 * fall on one place. A hash never stands for a name; what is found by it is compared byte by byte.
 *
 * <p>Does not allocate after construction. One thread.
 */
final class NameHash {
    private static final int KEY_LENGTH = 16;

    private final byte[] name = new byte[ResourceName.LENGTH_MAX];
    private final SipHash sipHash = new SipHash();

    NameHash(final long seed) {
        final byte[] key = new byte[KEY_LENGTH];
        for (int i = 0; i < Long.BYTES; i++) {
            key[i] = (byte) (seed >>> (Byte.SIZE * i));
        }
        sipHash.init(new KeyParameter(key));
    }

    /**
     * Hashes a name.
     *
     * @param buffer holding the name
     * @param offset of its first byte
     * @param length in bytes, 1 to 128
     * @return the hash, all 64 bits of it well mixed
     * @throws IllegalArgumentException if no name has this length
     */
    long hash(final DirectBuffer buffer, final int offset, final int length) {
        if (length < 1 || length > ResourceName.LENGTH_MAX) {
            throw new IllegalArgumentException(ResourceName.RULE + ": length=" + length);
        }
        buffer.getBytes(offset, name, 0, length);
        sipHash.update(name, 0, length);
        return sipHash.doFinal();
    }
}
