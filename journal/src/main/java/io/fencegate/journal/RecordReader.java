package io.fencegate.journal;

import io.fencegate.journal.disk.JournalDirectory;
import io.fencegate.journal.queue.ExcerptReader;
import io.fencegate.journal.queue.FileLocator;
import io.fencegate.journal.queue.FileReads;
import io.fencegate.journal.recovery.JournalCorruptException;
import io.fencegate.journal.recovery.RecordView;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;

/**
 * Reads records where they stand. The line's thread only; allocates only when it first reads in a file of an older
 * generation, which it then keeps open.
 */
public final class RecordReader {
    private final JournalDirectory directory;
    private final long generation;
    private final ExcerptTailer tailer;
    private final ExcerptReader excerpts = new ExcerptReader();
    private final FileReads older;

    RecordReader(final JournalDirectory directory, final long generation, final SingleChronicleQueue queue) {
        this.directory = directory;
        this.generation = generation;
        tailer = queue.createTailer();
        tailer.singleThreadedCheckDisabled(true);
        older = new FileReads(directory);
    }

    /**
     * Reads a record and verifies it.
     *
     * @param recordGeneration of the record
     * @param position of the record
     * @param locator of the record
     * @param record filled; its bytes are valid until the next read
     * @return false if this generation is not kept any more
     * @throws JournalCorruptException if something else stands there
     */
    public boolean read(final long recordGeneration, final long position, final long locator, final RecordView record) {
        if (FileLocator.isFile(locator)) {
            if (!older.read(recordGeneration, locator, record)) {
                return false;
            }
        } else if (recordGeneration != generation
                || !tailer.moveToIndex(locator)
                || !excerpts.next(tailer, generation, record)) {
            throw corrupt(recordGeneration, position, "nothing stands at locator=" + locator);
        }
        if (record.kind() == RecordView.Kind.DEFECT) {
            throw corrupt(recordGeneration, position, record.defect());
        }
        if (record.crc() != record.crcComputed()) {
            throw corrupt(recordGeneration, position, "checksum is wrong");
        }
        if (record.position() != position || record.locator() != locator) {
            throw corrupt(recordGeneration, position, "another record stands there: position=" + record.position());
        }
        return true;
    }

    private JournalCorruptException corrupt(final long recordGeneration, final long position, final String reason) {
        return new JournalCorruptException(
                directory.generation(recordGeneration).toString(), position, reason);
    }

    void close() {
        tailer.close();
        older.close();
    }
}
