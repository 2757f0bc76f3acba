package io.fencegate.storage;

import io.fencegate.codecs.WireLimits;

/**
 * What the fence table has room for; its memory is taken at start. Frozen.
 *
 * @param resourcesMax resources, 1 to 2^30
 * @param nameBytesMax bytes of all names together, at least 1
 * @param payloadLengthMax longest payload that is accepted, in bytes, 1 to 65,536
 */
public record FenceLimits(int resourcesMax, long nameBytesMax, int payloadLengthMax) {
    /** Every limit at its default: 2^17 resources, 4 MiB of names, 64 KiB. */
    public static final FenceLimits DEFAULT = new FenceLimits(1 << 17, 4L << 20, WireLimits.PAYLOAD_LENGTH_MAX);

    /** Checks every value. */
    public FenceLimits {
        if (resourcesMax < 1 || resourcesMax > 1 << 30 || nameBytesMax < 1) {
            throw new IllegalArgumentException(
                    "out of range: resourcesMax=" + resourcesMax + " nameBytesMax=" + nameBytesMax);
        }
        if (payloadLengthMax < 1 || payloadLengthMax > WireLimits.PAYLOAD_LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "out of range: payloadLengthMax=" + payloadLengthMax + " max=" + WireLimits.PAYLOAD_LENGTH_MAX);
        }
    }
}
