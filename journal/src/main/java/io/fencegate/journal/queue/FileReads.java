package io.fencegate.journal.queue;

import io.fencegate.journal.disk.JournalDirectory;
import io.fencegate.journal.recovery.RecordView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.agrona.CloseHelper;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Reads records of older generations by their {@link FileLocator}. Files stay open once they were read, up to a limit.
 *
 * <p>One thread; allocates only when it opens a file.
 */
public final class FileReads implements AutoCloseable {
    private static final int FILES_OPEN_MAX = 64;

    /** A file of an older generation. */
    private record Opened(long key, QueueFile file) {}

    private final JournalDirectory directory;
    private final Long2ObjectHashMap<Opened> files = new Long2ObjectHashMap<>();
    private final Deque<Opened> order = new ArrayDeque<>();

    /**
     * Opens nothing yet.
     *
     * @param directory of the journal
     */
    public FileReads(final JournalDirectory directory) {
        this.directory = directory;
    }

    /**
     * Reads whatever stands at a locator.
     *
     * @param generation of the record
     * @param locator of the record
     * @param record filled, whether intact or not
     * @return false if this generation is not kept any more
     */
    public boolean read(final long generation, final long locator, final RecordView record) {
        final int index = FileLocator.file(locator);
        final long key = generation << 16 | index;
        Opened opened = files.get(key);
        try {
            if (opened == null) {
                final List<Path> paths = directory.cycleFiles(generation);
                if (index >= paths.size()) {
                    return false;
                }
                opened = open(key, paths.get(index));
            }
            opened.file().read(FileLocator.offset(locator), record);
        } catch (final IOException e) {
            throw new UncheckedIOException("record cannot be read: generation=" + generation, e);
        }
        record.found(generation, locator);
        return true;
    }

    private Opened open(final long key, final Path path) throws IOException {
        if (order.size() == FILES_OPEN_MAX) {
            final Opened oldest = order.removeFirst();
            files.remove(oldest.key());
            oldest.file().close();
        }
        final Opened opened = new Opened(key, QueueFile.forReads(path));
        files.put(key, opened);
        order.addLast(opened);
        return opened;
    }

    /** Closes all files. */
    @Override
    public void close() {
        order.forEach(opened -> CloseHelper.close(opened.file()));
        order.clear();
        files.clear();
    }
}
