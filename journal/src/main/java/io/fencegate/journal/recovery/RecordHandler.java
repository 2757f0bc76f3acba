package io.fencegate.journal.recovery;

/** Takes records as they are read. Called by the thread that polls. */
@FunctionalInterface
public interface RecordHandler {
    /**
     * A record.
     *
     * @param record borrowed: valid during this call
     */
    void onRecord(RecordView record);
}
