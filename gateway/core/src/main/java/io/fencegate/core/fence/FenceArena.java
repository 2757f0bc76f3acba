package io.fencegate.core.fence;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.UnsafeApi;

/**
 * The cold part of the resources, read by opens only: client and seal of each fence in a slot of its own, in the order
 * of the handles, and the names one after the other.
 *
 * <pre>
 *    0               8               16                    23  24
 *   +---------------+---------------+---------------------+---+
 *   |   clientId    |     seal      | offset of the name  |len|   one slot per handle
 *   +---------------+---------------+---------------------+---+
 *
 *   +----------------+---------+------------------------------+
 *   | name of 0      | of 1    | of 2 ...                     |   names, without gaps
 *   +----------------+---------+------------------------------+
 * </pre>
 *
 * <p>Lives in memory that its owner gives it. Handles are not checked here. One thread.
 */
final class FenceArena {
    private static final int CLIENT_ID_OFFSET = 0;
    private static final int SEAL_OFFSET = CLIENT_ID_OFFSET + Long.BYTES;
    private static final int NAME_OFFSET = SEAL_OFFSET + Long.BYTES;
    private static final int SLOT_LENGTH = NAME_OFFSET + Long.BYTES;
    private static final int NAME_LENGTH_BITS = 8;
    private static final int NAME_LENGTH_MASK = (1 << NAME_LENGTH_BITS) - 1;

    private final long slotsAddress;
    private final long namesAddress;
    private final long nameBytesMax;
    private long nameBytes;

    FenceArena(final long address, final int capacity, final long nameBytesMax) {
        slotsAddress = address;
        namesAddress = address + slotsLength(capacity);
        this.nameBytesMax = nameBytesMax;
    }

    /**
     * Memory that an arena needs.
     *
     * @param capacity in resources
     * @param nameBytesMax of all names together
     * @return in bytes
     */
    static long length(final int capacity, final long nameBytesMax) {
        return slotsLength(capacity) + nameBytesMax;
    }

    boolean hasRoom(final int nameLength) {
        return nameBytes + nameLength <= nameBytesMax;
    }

    void addName(final int handle, final DirectBuffer buffer, final int offset, final int length) {
        final long address = namesAddress + nameBytes;
        for (int i = 0; i < length; i++) {
            UnsafeApi.putByte(address + i, buffer.getByte(offset + i));
        }
        UnsafeApi.putLong(slot(handle) + NAME_OFFSET, nameBytes << NAME_LENGTH_BITS | length);
        nameBytes += length;
    }

    boolean nameEquals(final int handle, final DirectBuffer buffer, final int offset, final int length) {
        final long reference = nameReference(handle);
        if (nameLength(reference) != length) {
            return false;
        }
        final long address = nameAddress(reference);
        for (int i = 0; i < length; i++) {
            if (UnsafeApi.getByte(address + i) != buffer.getByte(offset + i)) {
                return false;
            }
        }
        return true;
    }

    int copyName(final int handle, final MutableDirectBuffer buffer, final int offset) {
        final long reference = nameReference(handle);
        final long address = nameAddress(reference);
        final int length = nameLength(reference);
        for (int i = 0; i < length; i++) {
            buffer.putByte(offset + i, UnsafeApi.getByte(address + i));
        }
        return length;
    }

    void grant(final int handle, final long clientId, final long seal) {
        final long slot = slot(handle);
        UnsafeApi.putLong(slot + CLIENT_ID_OFFSET, clientId);
        UnsafeApi.putLong(slot + SEAL_OFFSET, seal);
    }

    long clientId(final int handle) {
        return UnsafeApi.getLong(slot(handle) + CLIENT_ID_OFFSET);
    }

    long seal(final int handle) {
        return UnsafeApi.getLong(slot(handle) + SEAL_OFFSET);
    }

    private static long slotsLength(final int capacity) {
        return (long) capacity * SLOT_LENGTH;
    }

    private long slot(final int handle) {
        return slotsAddress + (long) handle * SLOT_LENGTH;
    }

    private long nameReference(final int handle) {
        return UnsafeApi.getLong(slot(handle) + NAME_OFFSET);
    }

    private long nameAddress(final long reference) {
        return namesAddress + (reference >>> NAME_LENGTH_BITS);
    }

    private static int nameLength(final long reference) {
        return (int) (reference & NAME_LENGTH_MASK);
    }
}
