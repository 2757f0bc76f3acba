package io.fencegate.journal.recovery;

/**
 * Where recovery gets the entries of the fence log from: the file, or a simulator's memory. It reports what it finds,
 * intact or not, and judges nothing. One thread.
 */
public interface EntrySource {
    /** What is being read, for messages. @return the path of the file */
    String file();

    /** Highest offset that the file's slots call synced. @return in bytes */
    long syncedOffset();

    /**
     * Reads the next entry, or a {@link EntryView.Kind#DEFECT} where something stands that has not the right checksum;
     * behind a defect it goes on with the next entry that has.
     *
     * @param entry filled
     * @return false where nothing follows but the space kept ahead
     */
    boolean next(EntryView entry);
}
