package io.fencegate.journal.recovery;

/**
 * Where recovery gets its records from: a journal's directory, or a simulator's memory. It reports what it finds, intact
 * or not, and judges nothing. One thread.
 */
public interface RecordSource {
    /**
     * Goes on to the next generation, in rising order of their numbers.
     *
     * @return false if there is none
     */
    boolean nextGeneration();

    /** Number of the generation that is being read. @return as its directory says */
    long generation();

    /** What is being read, for messages. @return the path of a file or directory */
    String file();

    /**
     * Reads the next record of this generation, or a {@link RecordView.Kind#DEFECT} where something stands that is none.
     * A record whose checksum is wrong is still filled in as it was read.
     *
     * @param record filled
     * @return false at the end of what can be read in order
     */
    boolean next(RecordView record);

    /**
     * Looks for records that stand in a generation behind the last intact one that {@link #next} returned: behind a hole,
     * or behind damage. Only records with the right checksum are told.
     *
     * @param generation that was read before
     * @param handler of what is found
     */
    void salvage(long generation, RecordHandler handler);
}
