package io.fencegate.journal;

import io.fencegate.journal.disk.JournalDirectory;
import io.fencegate.journal.queue.ExcerptReader;
import io.fencegate.journal.queue.GenerationQueue;
import io.fencegate.journal.recovery.JournalCorruptException;
import io.fencegate.journal.recovery.RecordView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Reads records where they stand. The line's thread only; allocates only when it first reads in an older generation,
 * whose queue it then keeps open.
 */
public final class RecordReader {
    private static final int QUEUES_OPEN_MAX = 64;

    /** The queue of an older generation and the tailer that reads it. */
    private record Older(long generation, SingleChronicleQueue queue, ExcerptTailer tailer) {}

    private final JournalDirectory directory;
    private final long blockLength;
    private final long generation;
    private final ExcerptTailer current;
    private final Long2ObjectHashMap<Older> older = new Long2ObjectHashMap<>();
    private final Deque<Older> opened = new ArrayDeque<>();
    private final ExcerptReader excerpts = new ExcerptReader();

    RecordReader(
            final JournalDirectory directory,
            final long blockLength,
            final long generation,
            final SingleChronicleQueue queue) {
        this.directory = directory;
        this.blockLength = blockLength;
        this.generation = generation;
        current = queue.createTailer();
        current.singleThreadedCheckDisabled(true);
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
        final ExcerptTailer tailer = recordGeneration == generation ? current : tailerOf(recordGeneration);
        if (tailer == null) {
            return false;
        }
        if (!tailer.moveToIndex(locator) || !excerpts.next(tailer, recordGeneration, record)) {
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

    private ExcerptTailer tailerOf(final long recordGeneration) {
        final Older known = older.get(recordGeneration);
        if (known != null) {
            return known.tailer();
        }
        final Path path = directory.generation(recordGeneration);
        if (!Files.isDirectory(path)) {
            return null;
        }
        if (opened.size() == QUEUES_OPEN_MAX) {
            closeOldest();
        }
        final SingleChronicleQueue queue = GenerationQueue.read(path, blockLength);
        final ExcerptTailer tailer = queue.createTailer();
        tailer.singleThreadedCheckDisabled(true);
        final Older fresh = new Older(recordGeneration, queue, tailer);
        older.put(recordGeneration, fresh);
        opened.addLast(fresh);
        return tailer;
    }

    private void closeOldest() {
        final Older oldest = opened.removeFirst();
        older.remove(oldest.generation());
        oldest.tailer().close();
        oldest.queue().close();
    }

    void close() {
        current.close();
        while (!opened.isEmpty()) {
            closeOldest();
        }
    }
}
