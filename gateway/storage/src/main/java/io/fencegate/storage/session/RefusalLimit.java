package io.fencegate.storage.session;

/**
 * Which refusals are journaled: so many of one resource in one second, and a count of those left out. All names that have
 * no handle count as one resource. Keeps eight bytes per resource, taken at start.
 *
 * <pre>
 *   63           32 31     20 19           0
 *  +---------------+---------+--------------+
 *  |    second     |  count  |   omitted    |
 *  +---------------+---------+--------------+
 * </pre>
 *
 * <p>The line's thread.
 */
public final class RefusalLimit {
    private static final int OMITTED_BITS = 20;
    private static final int OMITTED_MAX = (1 << OMITTED_BITS) - 1;
    private static final int COUNT_BITS = 12;
    private static final int COUNT_MAX = (1 << COUNT_BITS) - 1;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final long[] states;
    private final int perSecond;

    /**
     * Takes the memory.
     *
     * @param capacity of the fence table, in resources
     * @param perSecond refusals of one resource that are journaled in one second, 1 to 4,095
     */
    public RefusalLimit(final int capacity, final int perSecond) {
        if (capacity < 1 || perSecond < 1 || perSecond > COUNT_MAX) {
            throw new IllegalArgumentException("no such limit: capacity=" + capacity + " perSecond=" + perSecond);
        }
        states = new long[capacity + 1];
        this.perSecond = perSecond;
    }

    /**
     * Whether a refusal may be journaled; counts it as left out if not.
     *
     * @param handle of the resource, negative where it has none
     * @param nowNs of a clock that only rises, in nanoseconds
     * @return true if {@link #journaled} follows
     */
    public boolean tryJournal(final int handle, final long nowNs) {
        final int index = handle + 1;
        final long second = nowNs / NANOS_PER_SECOND & 0xFFFF_FFFFL;
        final long state = states[index];
        final long count = state >>> Integer.SIZE == second ? state >>> OMITTED_BITS & COUNT_MAX : 0;
        final long omitted = state & OMITTED_MAX;
        final boolean isAllowed = count < perSecond;
        states[index] = second << Integer.SIZE
                | (isAllowed ? count + 1 : count) << OMITTED_BITS
                | (isAllowed ? omitted : Math.min(omitted + 1, OMITTED_MAX));
        return isAllowed;
    }

    /**
     * Counts a refusal as left out that was allowed but for which the journal had no room.
     *
     * @param handle of the resource, negative where it has none
     */
    public void omit(final int handle) {
        final long state = states[handle + 1];
        if ((state & OMITTED_MAX) < OMITTED_MAX) {
            states[handle + 1] = state + 1;
        }
    }

    /**
     * Refusals of a resource that were left out since the last one that was journaled; forgets them.
     *
     * @param handle of the resource, negative where it has none
     * @return count, at most 1,048,575
     */
    public int takeOmitted(final int handle) {
        final int omitted = (int) (states[handle + 1] & OMITTED_MAX);
        states[handle + 1] &= ~(long) OMITTED_MAX;
        return omitted;
    }
}
