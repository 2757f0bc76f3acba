package io.fencegate.journal.queue;

import io.fencegate.journal.disk.JournalDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Brings a generation's queue to disk by fdatasync of its files, for the queue's own sync is no barrier.
 *
 * <p>The line's thread tells every file that it begins, and then every position; the sync agent's thread syncs. A file is
 * told before the first position in it, so whoever has read a position finds all files that it needs.
 */
public final class QueueSync implements AutoCloseable {
    private final Queue<Path> filesBegun = new ConcurrentLinkedQueue<>();
    private final AtomicLong appendedPosition = new AtomicLong();
    private volatile long syncedPosition;
    private volatile boolean broken;
    private FileChannel channel;

    /**
     * Starts with no file.
     *
     * @param syncedPosition highest one that older generations have on disk
     */
    public QueueSync(final long syncedPosition) {
        this.syncedPosition = syncedPosition;
        appendedPosition.set(syncedPosition);
    }

    /**
     * The queue goes on in another file. Line's thread.
     *
     * @param file into which the next position falls
     */
    public void fileBegun(final Path file) {
        filesBegun.add(file);
    }

    /**
     * A record was appended. Line's thread.
     *
     * @param position of the record
     */
    public void appended(final long position) {
        appendedPosition.setRelease(position);
    }

    /**
     * Brings every record appended so far to disk. Sync agent's thread. A failed sync is final: what it left on disk is
     * unknown.
     *
     * @return the synced position
     * @throws UncheckedIOException if the sync failed: stop the process
     */
    public long sync() {
        if (broken) {
            throw new IllegalStateException("journal is broken by an earlier error of its sync");
        }
        final long position = appendedPosition.getAcquire();
        if (position > syncedPosition) {
            try {
                syncFiles();
            } catch (final IOException e) {
                broken = true;
                throw new UncheckedIOException("journal cannot be synced: position=" + position, e);
            }
            syncedPosition = position;
        }
        return position;
    }

    private void syncFiles() throws IOException {
        if (channel != null) {
            channel.force(false);
        }
        Path next = filesBegun.poll();
        while (next != null) {
            close();
            channel = FileChannel.open(next, StandardOpenOption.READ, StandardOpenOption.WRITE);
            channel.force(true);
            JournalDirectory.sync(next.getParent());
            next = filesBegun.poll();
        }
    }

    /** Highest position known to be on disk. @return from 0; any thread */
    public long syncedPosition() {
        return syncedPosition;
    }

    /** Closes the file. */
    @Override
    public void close() {
        if (channel != null) {
            try {
                channel.close();
            } catch (final IOException e) {
                throw new UncheckedIOException("journal's file cannot be closed", e);
            }
        }
    }
}
