package io.fencegate.core.fence;

import org.agrona.UnsafeApi;

/**
 * A piece of memory outside the heap, of any length, zeroed, and by that taken from the operating system at once. Its
 * users address it directly: an index of a buffer is an int, and the names of many resources are longer than 2 GiB.
 *
 * <p>One thread.
 */
final class OffHeapRegion implements AutoCloseable {
    /** Every region starts at an address divisible by this: the length of a cache line. */
    static final int ALIGNMENT = 64;

    private final long length;
    private final long address;
    private long allocation;

    /**
     * Takes the memory.
     *
     * @param length in bytes
     * @throws OutOfMemoryError if there is none
     */
    OffHeapRegion(final long length) {
        this.length = length;
        allocation = UnsafeApi.allocateMemory(length + ALIGNMENT);
        address = align(allocation);
        UnsafeApi.setMemory(address, length, (byte) 0);
    }

    /**
     * Rounds up to the next multiple of {@link #ALIGNMENT}.
     *
     * @param value an address or a length
     * @return the multiple
     */
    static long align(final long value) {
        return (value + ALIGNMENT - 1) & -ALIGNMENT;
    }

    /** Where the memory starts. @return an address divisible by {@link #ALIGNMENT} */
    long address() {
        return address;
    }

    /** Memory taken. @return in bytes, with what was lost to alignment */
    long lengthTaken() {
        return length + ALIGNMENT;
    }

    /** Gives the memory back; its addresses are dead from here on. */
    @Override
    public void close() {
        if (allocation != 0) {
            UnsafeApi.freeMemory(allocation);
            allocation = 0;
        }
    }
}
