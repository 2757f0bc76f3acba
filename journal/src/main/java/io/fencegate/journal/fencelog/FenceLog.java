package io.fencegate.journal.fencelog;

import static io.fencegate.journal.fencelog.FenceLogDescriptor.ENTRIES_OFFSET;
import static io.fencegate.journal.fencelog.FenceLogDescriptor.slotOffset;

import io.fencegate.codecs.JournalLimits;
import io.fencegate.journal.disk.JournalDirectory;
import io.fencegate.journal.recovery.FenceState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.agrona.DirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The small file beside the queue that never forgets a fence. Space is kept ahead of its end, so that its sync is cheap
 * and works when the disk is full.
 *
 * <p>{@link #append} and {@link #hasRoom} belong to the line's thread and do not allocate; {@link #sync}, {@link
 * #positionSynced} and {@link #keepReserve} to the sync agent's. After any I/O error the log is broken and refuses all
 * work: what a failed sync left on disk is unknown.
 */
public final class FenceLog implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(FenceLog.class);
    private static final int ZEROS_LENGTH = 64 << 10;

    private final Path path;
    private final FileChannel channel;
    private final int reserveLength;
    private final EntryEncoder entryEncoder = new EntryEncoder();
    private final EntryEncoder slotEncoder = new EntryEncoder();
    private final ByteBuffer zeros = ByteBuffer.allocateDirect(ZEROS_LENGTH);
    private long slotCount;
    private long syncedPosition;
    private long zerosOffset;
    private volatile boolean broken;
    private volatile long appendedOffset = ENTRIES_OFFSET;
    private volatile long syncedOffset;
    private volatile long reservedOffset;

    private FenceLog(final Path path, final FileChannel channel, final int reserveLength) {
        this.path = path;
        this.channel = channel;
        this.reserveLength = reserveLength;
    }

    /**
     * Writes a new fence log beside the old one, syncs it, and puts it in the old one's place: either the old or the new
     * one is there, whole, whatever happens.
     *
     * @param directory of the journal
     * @param journalId of the journal
     * @param fences all of them, by handle
     * @param generation that begins, 0 for none
     * @param syncedPosition highest position of the journal known to be on disk
     * @param reserveLength space to keep ahead, in bytes
     * @return the log, synced and ready for appends
     */
    public static FenceLog create(
            final JournalDirectory directory,
            final long journalId,
            final List<FenceState> fences,
            final long generation,
            final long syncedPosition,
            final int reserveLength) {
        final Path path = directory.fenceLog();
        final Path fresh = path.resolveSibling(path.getFileName() + ".new");
        FileChannel channel = null;
        try {
            Files.deleteIfExists(fresh);
            channel = FileChannel.open(
                    fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
            final FenceLog log = new FenceLog(path, channel, reserveLength);
            log.fill(journalId, fences, generation, syncedPosition);
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            JournalDirectory.sync(directory.root());
            return log;
        } catch (final IOException e) {
            close(channel, path);
            throw new UncheckedIOException("fence log cannot be written: file=" + fresh, e);
        }
    }

    private void fill(final long journalId, final List<FenceState> fences, final long generation, final long position)
            throws IOException {
        write(entryEncoder.logHeader(journalId), FenceLogDescriptor.HEADER_OFFSET);
        for (final FenceState fence : fences) {
            final DirectBuffer name = fence.name();
            put(fence.handle(), fence.token(), fence.clientId(), fence.seal(), name, 0, name.capacity());
        }
        if (generation > 0) {
            appendedOffset += write(entryEncoder.at(appendedOffset, 0).generation(generation), appendedOffset);
        }
        syncedPosition = position;
        reservedOffset = appendedOffset;
        writeZeros();
        syncedOffset = appendedOffset;
        writeSlot();
        writeSlot();
        channel.force(true);
        reservedOffset = zerosOffset;
    }

    /**
     * Appends a fence. Line's thread. The fence is on disk once {@link #syncedOffset()} is not below the result.
     *
     * @param handle of the resource
     * @param token of the fence
     * @param clientId of the grant
     * @param seal of the grant
     * @param nameBuffer that holds the name
     * @param nameOffset of its first byte
     * @param nameLength in bytes, 1 to 128
     * @return offset of the entry's end
     * @throws IllegalStateException if there is no room, or the log is broken
     * @throws UncheckedIOException if the write failed: stop the process
     */
    public long append(
            final int handle,
            final long token,
            final long clientId,
            final long seal,
            final DirectBuffer nameBuffer,
            final int nameOffset,
            final int nameLength) {
        checkNotBroken();
        if (!hasRoom()) {
            throw new IllegalStateException(
                    "fence log has no room: file=" + path + " appendedOffset=" + appendedOffset);
        }
        try {
            return put(handle, token, clientId, seal, nameBuffer, nameOffset, nameLength);
        } catch (final IOException e) {
            throw broken("append", e);
        }
    }

    private long put(
            final int handle,
            final long token,
            final long clientId,
            final long seal,
            final DirectBuffer nameBuffer,
            final int nameOffset,
            final int nameLength)
            throws IOException {
        final long offset = appendedOffset;
        entryEncoder.at(offset, syncedOffset);
        final long end = offset
                + write(entryEncoder.fence(handle, token, clientId, seal, nameBuffer, nameOffset, nameLength), offset);
        appendedOffset = end;
        return end;
    }

    private int write(final ByteBuffer bytes, final long offset) throws IOException {
        final int length = bytes.remaining();
        while (bytes.hasRemaining()) {
            channel.write(bytes, offset + bytes.position());
        }
        return length;
    }

    private void writeSlot() throws IOException {
        slotCount++;
        write(slotEncoder.synced(slotCount, syncedPosition, syncedOffset), slotOffset(slotCount));
    }

    /** Offset of the end of the last entry. @return in bytes; any thread */
    public long appendedOffset() {
        return appendedOffset;
    }

    /** Whether the longest entry fits into the space kept ahead. Line's thread. @return false if it must be refused */
    public boolean hasRoom() {
        return appendedOffset + FenceLogDescriptor.align(JournalLimits.ENTRY_LENGTH_MAX) <= reservedOffset;
    }

    /**
     * Brings every entry appended so far to disk: fdatasync. Sync agent's thread. A failed sync is final.
     *
     * @return the synced offset
     * @throws UncheckedIOException if the sync failed: stop the process
     */
    public long sync() {
        checkNotBroken();
        final long appended = appendedOffset;
        if (appended > syncedOffset) {
            try {
                channel.force(false);
                syncedOffset = appended;
                writeSlot();
            } catch (final IOException e) {
                throw broken("sync", e);
            }
        }
        return appended;
    }

    /**
     * Remembers how much of the journal is on disk. The next sync brings this to disk too; until then it outlives the
     * process, not the machine. Sync agent's thread.
     *
     * @param position highest one on disk
     */
    public void positionSynced(final long position) {
        checkNotBroken();
        syncedPosition = position;
        try {
            writeSlot();
        } catch (final IOException e) {
            throw broken("mark", e);
        }
    }

    /**
     * Fills the space kept ahead when half of it is used. Sync agent's thread. A full disk is no error: the log goes on
     * in the space it has, and {@link #hasRoom} says when that ends.
     */
    public void keepReserve() {
        checkNotBroken();
        if (reservedOffset - appendedOffset < reserveLength / 2) {
            try {
                writeZeros();
            } catch (final IOException e) {
                LOGGER.warn(
                        "no space to keep ahead of the fence log: file={} appendedOffset={} reservedOffset={}",
                        path,
                        appendedOffset,
                        reservedOffset,
                        e);
                return;
            }
            try {
                channel.force(true);
            } catch (final IOException e) {
                throw broken("reserve", e);
            }
            reservedOffset = zerosOffset;
        }
    }

    private void writeZeros() throws IOException {
        final long end = appendedOffset + reserveLength;
        long offset = reservedOffset;
        while (offset < end) {
            zeros.limit((int) Math.min(ZEROS_LENGTH, end - offset)).position(0);
            offset += write(zeros, offset);
        }
        zerosOffset = offset;
    }

    /** Everything before this offset is on disk. @return in bytes; any thread */
    public long syncedOffset() {
        return syncedOffset;
    }

    private void checkNotBroken() {
        if (broken) {
            throw new IllegalStateException("fence log is broken by an earlier error: file=" + path);
        }
    }

    private UncheckedIOException broken(final String what, final IOException e) {
        broken = true;
        return new UncheckedIOException("fence log is broken: file=" + path + " failed=" + what, e);
    }

    /** Syncs what is left and closes the file. After both agents have stopped. */
    @Override
    public void close() {
        try {
            if (!broken) {
                sync();
                channel.force(true);
            }
        } catch (final IOException e) {
            throw broken("close", e);
        } finally {
            close(channel, path);
        }
    }

    private static void close(final FileChannel channel, final Path path) {
        if (channel != null) {
            try {
                channel.close();
            } catch (final IOException e) {
                LOGGER.warn("fence log cannot be closed: file={}", path, e);
            }
        }
    }
}
