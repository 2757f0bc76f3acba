package io.fencegate.core.fence;

/**
 * Where a record stands: its identity (generation, position) and the journal's locator of it.
 *
 * <p>Mutable and reused; one thread.
 */
public final class RecordRef {
    private long generation;
    private long position;
    private long locator;

    /**
     * Fills this reference.
     *
     * @param generation in which the record was written
     * @param position of the record, from 1
     * @param locator by which the journal finds it again
     * @return this
     */
    public RecordRef set(final long generation, final long position, final long locator) {
        this.generation = generation;
        this.position = position;
        this.locator = locator;
        return this;
    }

    /** Generation in which the record was written. @return the generation */
    public long generation() {
        return generation;
    }

    /** Position of the record. @return from 1; 0 where there is none */
    public long position() {
        return position;
    }

    /** Locator of the record. @return as the journal gave it */
    public long locator() {
        return locator;
    }
}
