package io.fencegate.journal.recovery;

import java.util.List;

/**
 * What a start does to the disk, step by step: a journal's directory, or a simulator's memory. A step that throws is the
 * last one. The thread that opens the journal.
 */
public interface StartSteps {
    /**
     * Brings to disk what recovery read: records may have been in the page cache only.
     *
     * @param generation that recovery ended in, 0 if there is none; older ones were on disk when it began
     */
    void syncRecovered(long generation);

    /**
     * Puts a new fence log in the old one's place: either the old or the new one is there, whole, whatever happens, and
     * the new one is on disk afterwards.
     *
     * @param fences all of them, by handle
     * @param generation that begins
     * @param syncedPosition highest position known to be on disk
     */
    void replaceFenceLog(List<FenceState> fences, long generation, long syncedPosition);

    /**
     * Makes the place of a generation. Nothing is there yet: its number was never used.
     *
     * @param generation that begins
     * @param position behind which its first record stands
     * @param crc of the record before that one
     */
    void makeGeneration(long generation, long position, int crc);

    /** Appends the generation's first record. */
    void appendGenerationStarted();

    /**
     * Journals a fence.
     *
     * @param fence that only the fence log knew
     */
    void appendFence(FenceState fence);

    /** Brings the generation to disk: records, files and the names that lead to them. */
    void syncGeneration();
}
