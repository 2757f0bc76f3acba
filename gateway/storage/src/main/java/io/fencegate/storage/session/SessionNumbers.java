package io.fencegate.storage.session;

/**
 * Gives sessions their numbers: {@code generation << 32 | count}, so that none is used twice in the life of a journal.
 *
 * <p>The line's thread.
 */
public final class SessionNumbers {
    /** Highest generation that has numbers to give. */
    public static final long GENERATION_MAX = Integer.MAX_VALUE;

    private static final long COUNT_MAX = 0xFFFF_FFFFL;

    private final long generation;
    private long count;

    /**
     * Numbers of one run of a gateway.
     *
     * @param generation of the journal, 1 to {@link #GENERATION_MAX}
     * @throws IllegalArgumentException if it is out of range
     */
    public SessionNumbers(final long generation) {
        if (generation < 1 || generation > GENERATION_MAX) {
            throw new IllegalArgumentException("no session numbers: generation=" + generation);
        }
        this.generation = generation;
    }

    /**
     * The next number.
     *
     * @return positive
     * @throws IllegalStateException after four billion sessions in one run
     */
    public long next() {
        if (count == COUNT_MAX) {
            throw new IllegalStateException("session numbers are used up: generation=" + generation);
        }
        return generation << Integer.SIZE | ++count;
    }
}
