package io.fencegate.sequencer.muster;

/**
 * What a node has of the cluster's log. All values are positions in it, in bytes, or {@link #NONE}.
 *
 * <p>Immutable; any thread.
 *
 * @param start from which its log is there; what is below has been purged
 * @param end to which it has recorded the log, committed or not
 * @param committed what it knows to be committed
 * @param snapshotNewest of its newest snapshot
 * @param snapshotSecond of the snapshot before that
 */
public record LogExtent(long start, long end, long committed, long snapshotNewest, long snapshotSecond) {
    /** Where there is none. */
    public static final long NONE = -1;

    /** Nothing at all. */
    public static final LogExtent NOTHING = new LogExtent(NONE, NONE, NONE, NONE, NONE);
}
