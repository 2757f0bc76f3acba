package io.fencegate.storage.flow;

/** How far journal and fence log are on disk, as the law sees it. Called by the line's thread; another one syncs. */
public interface SyncProgress {
    /**
     * Answers wait for the sync of the journal. Said once a turn, and only where answers wait for it.
     *
     * @param position of the last record
     */
    void want(long position);

    /** Highest position known to be on disk. @return from 0; never falls */
    long syncedPosition();

    /** Everything before this offset of the fence log is on disk. @return in bytes; never falls */
    long fenceOffsetSynced();
}
