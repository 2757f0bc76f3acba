package io.fencegate.journal.queue;

import io.fencegate.journal.disk.JournalDirectory;
import io.fencegate.journal.recovery.RecordHandler;
import io.fencegate.journal.recovery.RecordSource;
import io.fencegate.journal.recovery.RecordView;
import java.io.File;
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
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;

/**
 * The records of a journal's directory, read through the queue of each generation, read-only.
 *
 * <p>Whatever the queue throws at damaged files becomes a defect for the rules to judge. One thread.
 */
public final class QueueRecordSource implements RecordSource, AutoCloseable {
    private static final ReadEnd NOTHING_READ = new ReadEnd("", 0, 0);

    /** Where the intact records that were read in order end. */
    private record ReadEnd(String fileName, long offset, long position) {}

    private final JournalDirectory directory;
    private final long blockLength;
    private final boolean live;
    private final Iterator<Long> generations;
    private final Map<Long, ReadEnd> readEnds = new HashMap<>();
    private final ExcerptReader reader = new ExcerptReader();
    private SingleChronicleQueue queue;
    private ExcerptTailer tailer;
    private long generation;
    private Path file;
    private Path endFile;
    private int cycle;
    private long endPosition;
    private boolean unreadable;

    /**
     * Lists the generations; opens none yet.
     *
     * @param directory of the journal
     * @param blockLength of the mapped blocks, in bytes
     * @param live whether a gateway may be appending meanwhile: then a record that is just being appended, or was while
     *     this source looked, is no hole
     */
    public QueueRecordSource(final JournalDirectory directory, final long blockLength, final boolean live) {
        this.directory = directory;
        this.blockLength = blockLength;
        this.live = live;
        generations = directory.generations().iterator();
        file = directory.root();
    }

    @Override
    public boolean nextGeneration() {
        if (!generations.hasNext()) {
            return false;
        }
        leaveGeneration();
        generation = generations.next();
        file = directory.generation(generation);
        cycle = -1;
        endPosition = 0;
        unreadable = false;
        return true;
    }

    private void leaveGeneration() {
        noteReadEnd();
        close();
    }

    private void noteReadEnd() {
        if (endPosition > 0) {
            final String fileName = endFile.getFileName().toString();
            readEnds.put(generation, new ReadEnd(fileName, reader.intactEndOffset(), endPosition));
        }
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
        if (unreadable) {
            return false;
        }
        try {
            if (tailer == null && !open()) {
                return false;
            }
            if (!reader.next(tailer, generation, record)) {
                return false;
            }
            noteFile();
        } catch (final RuntimeException | InternalError e) {
            unreadable = true;
            record.defect("queue cannot be read: " + e);
            return true;
        }
        if (record.kind() != RecordView.Kind.DEFECT && record.crc() == record.crcComputed()) {
            endPosition = record.position();
            endFile = file;
        }
        return true;
    }

    private boolean open() {
        if (directory.cycleFiles(generation).isEmpty()) {
            return false;
        }
        queue = GenerationQueue.read(directory.generation(generation), blockLength);
        tailer = queue.createTailer().toStart();
        return true;
    }

    private void noteFile() {
        if (tailer.cycle() != cycle) {
            cycle = tailer.cycle();
            final File current = tailer.currentFile();
            file = current == null ? file : directory.generation(generation).resolve(current.getName());
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

    /** Closes the queue that is open. */
    @Override
    public void close() {
        if (tailer != null) {
            tailer.close();
            queue.close();
            tailer = null;
            queue = null;
        }
    }
}
