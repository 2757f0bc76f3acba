package io.fencegate.journal.queue;

import io.fencegate.journal.disk.JournalDirectory;
import io.fencegate.journal.recovery.RecordHandler;
import io.fencegate.journal.recovery.RecordSource;
import io.fencegate.journal.recovery.RecordView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.agrona.CloseHelper;

/**
 * The records of a journal's directory, read from the files of each generation's queue.
 *
 * <p>One thread.
 */
public final class QueueRecordSource implements RecordSource, AutoCloseable {
    private static final ReadEnd NOTHING_READ = new ReadEnd("", 0, 0);

    /** Where the intact records that were read in order end. */
    private record ReadEnd(String fileName, long offset, long position) {}

    private final JournalDirectory directory;
    private final boolean live;
    private final Iterator<Long> generations;
    private final Map<Long, ReadEnd> readEnds = new HashMap<>();
    private long generation;
    private Path file;
    private QueueFile queueFile;
    private int fileIndex;
    private Path endFile;
    private long endOffset;
    private long endPosition;

    /**
     * Lists the generations; opens none yet.
     *
     * @param directory of the journal
     * @param live whether a gateway may be appending meanwhile: then a record that is just being appended, or was while
     *     this source looked, is no hole
     */
    public QueueRecordSource(final JournalDirectory directory, final boolean live) {
        this.directory = directory;
        this.live = live;
        generations = directory.generations().iterator();
        file = directory.root();
    }

    @Override
    public boolean nextGeneration() {
        if (!generations.hasNext()) {
            return false;
        }
        noteReadEnd();
        close();
        generation = generations.next();
        file = directory.generation(generation);
        fileIndex = -1;
        endPosition = 0;
        return true;
    }

    @Override
    public long generation() {
        return generation;
    }

    @Override
    public String file() {
        return file.toString();
    }

    @Override
    public boolean next(final RecordView record) {
        try {
            while (queueFile != null || openNextFile()) {
                QueueFile.Found found = queueFile.next(record);
                if (found != QueueFile.Found.RECORD && !hasNextFile()) {
                    return false;
                }
                // Only now has this file ended: whoever saw its end before the next file may have missed what came
                // between.
                if (found == QueueFile.Found.END) {
                    found = queueFile.next(record);
                }
                if (found == QueueFile.Found.RECORD) {
                    note(record);
                    return true;
                }
                openNextFile();
            }
            return false;
        } catch (final IOException e) {
            throw new UncheckedIOException("queue file cannot be read: file=" + file, e);
        }
    }

    private boolean hasNextFile() {
        return fileIndex + 1 < directory.cycleFiles(generation).size();
    }

    private boolean openNextFile() throws IOException {
        final List<Path> files = directory.cycleFiles(generation);
        if (fileIndex + 1 >= files.size()) {
            return false;
        }
        close();
        fileIndex++;
        file = files.get(fileIndex);
        queueFile = QueueFile.forReplay(file);
        return true;
    }

    private void note(final RecordView record) {
        record.found(generation, FileLocator.of(fileIndex, queueFile.recordOffset()));
        if (record.kind() != RecordView.Kind.DEFECT && record.crc() == record.crcComputed()) {
            endFile = file;
            endOffset = queueFile.offset();
            endPosition = record.position();
        }
    }

    private void noteReadEnd() {
        if (endPosition > 0) {
            readEnds.put(generation, new ReadEnd(endFile.getFileName().toString(), endOffset, endPosition));
        }
    }

    @Override
    public void salvage(final long searched, final RecordHandler handler) {
        noteReadEnd();
        final ReadEnd readEnd = readEnds.getOrDefault(searched, NOTHING_READ);
        if (live && searched == generation && isBeingAppended(readEnd)) {
            return;
        }
        scan(searched, readEnd, handler);
    }

    /** One writer has at most one record under way: a second one behind the readable end proves that the first is done. */
    private boolean isBeingAppended(final ReadEnd readEnd) {
        final long[] positionHighest = new long[1];
        scan(generation, readEnd, record -> positionHighest[0] = Math.max(positionHighest[0], record.position()));
        return positionHighest[0] <= readEnd.position() + 1 || next(new RecordView());
    }

    private void scan(final long searched, final ReadEnd readEnd, final RecordHandler handler) {
        final FrameScan scan = new FrameScan();
        for (final Path path : directory.cycleFiles(searched)) {
            final int order = path.getFileName().toString().compareTo(readEnd.fileName());
            if (order >= 0) {
                try {
                    file = path;
                    scan.scan(path, order == 0 ? readEnd.offset() : 0, searched, handler);
                } catch (final IOException e) {
                    throw new UncheckedIOException("queue file cannot be read: file=" + path, e);
                }
            }
        }
    }

    /**
     * Copies what stands in a generation from a position on, so that it outlives the generation's directory.
     *
     * @param cutGeneration that was read before
     * @param position first one that is cut
     * @return the copies, synced; empty if nothing stands there
     * @throws IOException if they cannot be written
     */
    public List<Path> keepAside(final long cutGeneration, final long position) throws IOException {
        noteReadEnd();
        final ReadEnd noted = readEnds.getOrDefault(cutGeneration, NOTHING_READ);
        final ReadEnd readEnd = noted.position() < position ? noted : NOTHING_READ;
        final List<Path> copies = new ArrayList<>();
        for (final Path path : directory.cycleFiles(cutGeneration)) {
            final int order = path.getFileName().toString().compareTo(readEnd.fileName());
            final long begin = order == 0 ? readEnd.offset() : 0;
            final long end = order < 0 ? begin : new FrameScan().scan(path, begin, cutGeneration, record -> {});
            if (end > begin) {
                copies.add(copy(path, begin, end, cutGeneration, position));
            }
        }
        return copies;
    }

    private Path copy(final Path path, final long begin, final long end, final long cutGeneration, final long position)
            throws IOException {
        Files.createDirectories(directory.aside());
        final Path target = directory
                .aside()
                .resolve(directory.generation(cutGeneration).getFileName() + "-from-" + position + "-"
                        + path.getFileName());
        try (FileChannel in = FileChannel.open(path, StandardOpenOption.READ);
                FileChannel out = FileChannel.open(
                        target,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            long at = begin;
            while (at < end) {
                at += in.transferTo(at, end - at, out);
            }
            out.force(true);
        }
        JournalDirectory.sync(directory.aside());
        JournalDirectory.sync(directory.root());
        return target;
    }

    /** Closes the file that is open. */
    @Override
    public void close() {
        CloseHelper.close(queueFile);
        queueFile = null;
    }
}
