package io.fencegate.core.grant;

import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.checksum.Crc32c;

/**
 * The checksums that client and gateway compare: CRC32C of a payload, and the running CRC over the payload CRCs of one
 * token's records.
 *
 * <p>Does not allocate after construction. One thread.
 */
public final class PayloadCrc {
    private static final int POLYNOMIAL_REVERSED = 0x82F63B78;
    private static final int[] TABLE = new int[256];

    static {
        for (int i = 0; i < TABLE.length; i++) {
            int crc = i;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ POLYNOMIAL_REVERSED;
            }
            TABLE[i] = crc;
        }
    }

    private final CRC32C ofArrays = new CRC32C();

    /**
     * CRC32C of a payload, on or off the heap.
     *
     * @param buffer holding the payload; may be null if it is empty
     * @param offset of its first byte
     * @param length in bytes, from 0
     * @return the CRC, 0 for an empty payload
     * @throws IndexOutOfBoundsException if the payload does not lie within the buffer
     */
    public int compute(final DirectBuffer buffer, final int offset, final int length) {
        if (length == 0) {
            return 0;
        }
        buffer.boundsCheck(offset, length);
        final byte[] array = buffer.byteArray();
        if (array == null) {
            return Crc32c.INSTANCE.compute(buffer.addressOffset(), offset, length);
        }
        ofArrays.reset();
        ofArrays.update(array, buffer.wrapAdjustment() + offset, length);
        return (int) ofArrays.getValue();
    }

    /**
     * The running CRC after one more record: CRC32C over the CRCs of all payloads so far, four bytes each, the lowest
     * first. Starts from 0.
     *
     * @param runningCrc before this record
     * @param payloadCrc of this record
     * @return after it
     */
    public static int fold(final int runningCrc, final int payloadCrc) {
        int crc = ~runningCrc ^ payloadCrc;
        for (int i = 0; i < Integer.BYTES; i++) {
            crc = TABLE[crc & 0xFF] ^ (crc >>> Byte.SIZE);
        }
        return ~crc;
    }
}
