package io.fencegate.core.fence;

import static io.fencegate.core.fence.FenceTable.NO_HANDLE;

import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;

/**
 * Finds the handle of a name: open addressing with linear probing, one int per place, at most every second place taken,
 * nothing ever removed. Places are spread by a seeded hash, so a search looks at 1.5 places on average, whatever names
 * the clients choose.
 *
 * <p>Lives in memory that its owner gives it. One thread.
 */
final class NameIndex {
    private static final int PLACES_PER_RESOURCE = 2;

    private final long address;
    private final long places;
    private final NameHash nameHash;
    private final FenceArena arena;

    NameIndex(final long address, final int capacity, final NameHash nameHash, final FenceArena arena) {
        this.address = address;
        places = (long) capacity * PLACES_PER_RESOURCE;
        this.nameHash = nameHash;
        this.arena = arena;
        UnsafeApi.setMemory(address, length(capacity), (byte) NO_HANDLE);
    }

    /**
     * Memory that an index needs.
     *
     * @param capacity in resources
     * @return in bytes
     */
    static long length(final int capacity) {
        return (long) capacity * PLACES_PER_RESOURCE * Integer.BYTES;
    }

    int find(final DirectBuffer buffer, final int offset, final int length) {
        long place = firstPlace(buffer, offset, length);
        int handle = handleAt(place);
        while (handle != NO_HANDLE && !arena.nameEquals(handle, buffer, offset, length)) {
            place = next(place);
            handle = handleAt(place);
        }
        return handle;
    }

    void add(final int handle, final DirectBuffer buffer, final int offset, final int length) {
        long place = firstPlace(buffer, offset, length);
        while (handleAt(place) != NO_HANDLE) {
            place = next(place);
        }
        UnsafeApi.putInt(address + place * Integer.BYTES, handle);
    }

    private long firstPlace(final DirectBuffer buffer, final int offset, final int length) {
        // The upper half of the hash, as a fraction of 1, times the places: even for any number of places, no division.
        return (nameHash.hash(buffer, offset, length) >>> Integer.SIZE) * places >>> Integer.SIZE;
    }

    private long next(final long place) {
        return place + 1 == places ? 0 : place + 1;
    }

    private int handleAt(final long place) {
        return UnsafeApi.getInt(address + place * Integer.BYTES);
    }
}
