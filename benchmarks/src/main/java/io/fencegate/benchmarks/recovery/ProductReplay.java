package io.fencegate.benchmarks.recovery;

import io.fencegate.benchmarks.rig.WrongAnswerException;
import io.fencegate.core.fence.OffHeapFenceTable;
import io.fencegate.core.grant.ResourceName;
import io.fencegate.journal.JournalReader;
import io.fencegate.journal.disk.JournalDirectory;
import io.fencegate.journal.fencelog.FenceLogFile;
import io.fencegate.journal.queue.QueueRecordSource;
import io.fencegate.journal.recovery.JournalRecovery;
import io.fencegate.journal.recovery.RecordView;
import io.fencegate.journal.recovery.RecoveryPlan;
import io.fencegate.storage.recovery.FenceRecovery;

/**
 * The product's two ways of reading a journal. Neither changes it, so that the next block reads the same files. One
 * thread.
 */
final class ProductReplay {
    private final FilledJournal journal;
    private int lastCrc;

    ProductReplay(final FilledJournal journal) {
        this.journal = journal;
    }

    /**
     * What the start of a gateway does before it begins a generation: reads fence log and journal, verifies every
     * checksum, link, position, token and sequence, and rebuilds the fence table, which must hold every write.
     */
    Replay recover() {
        final JournalDirectory directory = new JournalDirectory(journal.directory());
        final long startNs = System.nanoTime();
        try (QueueRecordSource source = new QueueRecordSource(directory, false);
                OffHeapFenceTable fences = new OffHeapFenceTable(
                        journal.resources(), (long) journal.resources() * ResourceName.LENGTH_MAX, 1 << 16, 42)) {
            final FenceLogFile fenceLog = FenceLogFile.read(directory.fenceLog());
            final RecoveryPlan plan = JournalRecovery.recover(
                    fenceLog.replay(),
                    fenceLog.journalId(),
                    fenceLog.syncedPosition(),
                    source,
                    new FenceRecovery(fences, directory.root().toString(), false, () -> {}));
            final long elapsedNs = System.nanoTime() - startNs;
            for (int handle = 0; handle < journal.resources(); handle++) {
                if (fences.sequenceLast(handle) != journal.writesPerResource()) {
                    throw new WrongAnswerException("recovery handle=" + handle + " sequenceLast="
                            + fences.sequenceLast(handle) + " written=" + journal.writesPerResource());
                }
            }
            return new Replay(plan.position(), plan.crc(), elapsedNs);
        }
    }

    /** What an audit does: reads the records in order, and verifies every checksum, link and position. */
    Replay read() {
        lastCrc = 0;
        final long startNs = System.nanoTime();
        try (JournalReader reader = JournalReader.open(journal.directory())) {
            long records = 0;
            int polled;
            do {
                polled = reader.poll(this::onRecord, 1024);
                records += polled;
            } while (polled > 0);
            return new Replay(records, lastCrc, System.nanoTime() - startNs);
        }
    }

    private void onRecord(final RecordView record) {
        lastCrc = record.crc();
    }
}
