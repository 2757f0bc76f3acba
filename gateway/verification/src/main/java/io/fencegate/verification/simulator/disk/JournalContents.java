package io.fencegate.verification.simulator.disk;

import io.fencegate.journal.recovery.RecordChain;
import io.fencegate.journal.recovery.RecordHandler;
import io.fencegate.journal.recovery.RecordView;

/** What anyone can read of a journal. One thread. */
public final class JournalContents {
    private JournalContents() {}

    /**
     * Tells every good record, in the order of their positions.
     *
     * @param disk that holds the journal
     * @param handler is told the records
     */
    public static void read(final SimulatedDisk disk, final RecordHandler handler) {
        final RecordChain chain = new RecordChain(new DiskRecords(disk), disk.journalId, disk.slotPosition);
        final RecordView record = new RecordView();
        while (chain.next(record)) {
            handler.onRecord(record);
        }
    }
}
