package io.fencegate.benchmarks.steps;

import org.agrona.UnsafeApi;

/**
 * What the memory costs with no law in it: one random read of a cache line from a table of as many lines. Each line holds
 * the index of the next one to read, so that no read begins before the one before it is done. One thread.
 */
final class MemoryFloor implements AutoCloseable {
    private static final int LINE_SHIFT = 6;

    private final long memory;
    private final long lines;

    MemoryFloor(final int[] successors) {
        final long length = (long) successors.length << LINE_SHIFT;
        memory = UnsafeApi.allocateMemory(length + (1 << LINE_SHIFT));
        lines = (memory + (1 << LINE_SHIFT) - 1) & -(1L << LINE_SHIFT);
        UnsafeApi.setMemory(lines, length, (byte) 0);
        for (int i = 0; i < successors.length; i++) {
            UnsafeApi.putLong(lines + ((long) i << LINE_SHIFT), successors[i]);
        }
    }

    /** One read. @param index of the line @return the index of the line to read next */
    int read(final int index) {
        return (int) UnsafeApi.getLong(lines + ((long) index << LINE_SHIFT));
    }

    /**
     * Many reads, each where the one before leads.
     *
     * @param index of the line to begin with
     * @param steps to take
     * @return the index of the line to read next
     */
    int walk(final int index, final int steps) {
        int next = index;
        for (int i = 0; i < steps; i++) {
            next = read(next);
        }
        return next;
    }

    @Override
    public void close() {
        UnsafeApi.freeMemory(memory);
    }
}
