package io.fencegate.journal.fencelog;

import static io.fencegate.journal.fencelog.FenceLogDescriptor.ENTRIES_OFFSET;
import static io.fencegate.journal.fencelog.FenceLogDescriptor.HEADER_OFFSET;
import static io.fencegate.journal.fencelog.FenceLogDescriptor.SLOTS;
import static io.fencegate.journal.fencelog.FenceLogDescriptor.align;
import static io.fencegate.journal.fencelog.FenceLogDescriptor.checksum;
import static io.fencegate.journal.fencelog.FenceLogDescriptor.slotOffset;

import io.fencegate.codecs.JournalLimits;
import io.fencegate.codecs.WireLimits;
import io.fencegate.codecs.journal.FenceEntryDecoder;
import io.fencegate.codecs.journal.FenceLogHeaderDecoder;
import io.fencegate.codecs.journal.GenerationEntryDecoder;
import io.fencegate.codecs.journal.MessageHeaderDecoder;
import io.fencegate.codecs.journal.NameEncodingDecoder;
import io.fencegate.codecs.journal.SyncedPositionDecoder;
import io.fencegate.journal.recovery.EntrySource;
import io.fencegate.journal.recovery.EntryView;
import io.fencegate.journal.recovery.FenceLogReplay;
import io.fencegate.journal.recovery.JournalCorruptException;
import io.fencegate.journal.recovery.JournalForeignException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A fence log as it was found on disk: read whole into memory, never changed. Finds entries, and behind damage the next
 * intact ones; what that means is for {@link FenceLogReplay} to say.
 *
 * <p>One thread.
 */
public final class FenceLogFile implements EntrySource {
    private final String file;
    private final UnsafeBuffer buffer;
    private final int length;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final FenceEntryDecoder fence = new FenceEntryDecoder();
    private final GenerationEntryDecoder generation = new GenerationEntryDecoder();
    private int offset = ENTRIES_OFFSET;
    private boolean behindDefect;
    private long journalId;
    private long syncedPosition;
    private long syncedOffset;

    private FenceLogFile(final Path path, final ByteBuffer bytes) {
        file = path.toString();
        buffer = new UnsafeBuffer(bytes);
        length = bytes.capacity();
    }

    /**
     * Reads a fence log.
     *
     * @param path of the file
     * @return the file, verified up to its first entry
     * @throws JournalForeignException if it is no fence log, or a newer one, or cannot be read
     * @throws JournalCorruptException if its header or both of its slots are damaged
     */
    public static FenceLogFile read(final Path path) {
        final FenceLogFile log;
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            if (channel.size() < ENTRIES_OFFSET || channel.size() > Integer.MAX_VALUE - 8) {
                throw new JournalForeignException(path.toString(), "no fence log has length=" + channel.size());
            }
            final ByteBuffer bytes = ByteBuffer.allocateDirect((int) channel.size());
            int read;
            do {
                read = channel.read(bytes);
            } while (read > 0 && bytes.hasRemaining());
            log = new FenceLogFile(path, bytes);
        } catch (final IOException e) {
            throw new JournalForeignException(path.toString(), "it cannot be read: " + e);
        }
        log.readHeader();
        log.readSlots();
        return log;
    }

    private void readHeader() {
        final FenceLogHeaderDecoder logHeader = new FenceLogHeaderDecoder();
        header.wrap(buffer, HEADER_OFFSET);
        logHeader.wrap(
                buffer,
                HEADER_OFFSET + JournalLimits.HEADER_LENGTH,
                FenceLogHeaderDecoder.BLOCK_LENGTH,
                header.version());
        if (header.schemaId() != FenceLogHeaderDecoder.SCHEMA_ID
                || header.templateId() != FenceLogHeaderDecoder.TEMPLATE_ID
                || !"FENCELOG".equals(logHeader.magic())) {
            throw new JournalForeignException(file, "it does not begin as a fence log does");
        }
        if (!isIntact(HEADER_OFFSET)) {
            throw new JournalCorruptException(file, HEADER_OFFSET, "checksum of the header is wrong");
        }
        if (logHeader.format() > JournalLimits.FORMAT_VERSION
                || header.version() > FenceLogHeaderDecoder.SCHEMA_VERSION) {
            throw new JournalForeignException(
                    file,
                    "it was written by a newer version: format=" + logHeader.format() + " known="
                            + JournalLimits.FORMAT_VERSION);
        }
        journalId = logHeader.journalId();
    }

    private void readSlots() {
        final SyncedPositionDecoder slot = new SyncedPositionDecoder();
        long countHighest = -1;
        for (int i = 0; i < SLOTS; i++) {
            final int at = slotOffset(i);
            if (!isIntact(at) || header.wrap(buffer, at).templateId() != SyncedPositionDecoder.TEMPLATE_ID) {
                continue;
            }
            slot.wrap(buffer, at + JournalLimits.HEADER_LENGTH, header.blockLength(), header.version());
            if (slot.count() > countHighest) {
                countHighest = slot.count();
                syncedPosition = slot.position();
                syncedOffset = slot.fileOffset();
            }
        }
        if (countHighest < 0) {
            throw new JournalCorruptException(file, slotOffset(0), "both slots of the synced position are damaged");
        }
    }

    private boolean isIntact(final int at) {
        if (at + JournalLimits.HEADER_LENGTH > length) {
            return false;
        }
        header.wrap(buffer, at);
        final long messageLength = header.length();
        return messageLength >= JournalLimits.HEADER_LENGTH
                && messageLength <= JournalLimits.ENTRY_LENGTH_MAX
                && at + messageLength <= length
                && header.schemaId() == MessageHeaderDecoder.SCHEMA_ID
                && (int) header.crc() == checksum(buffer.addressOffset(), at, (int) messageLength);
    }

    @Override
    public boolean next(final EntryView entry) {
        while (offset < length) {
            if (isIntact(offset) && decode(entry)) {
                behindDefect = false;
                offset = (int) entry.endOffset();
                return true;
            }
            if (!behindDefect) {
                final int end = firstNonZero();
                if (end == length) {
                    return false;
                }
                behindDefect = true;
                entry.defect(offset, "entry is damaged: first byte in use at offset=" + end);
                offset += JournalLimits.ENTRY_ALIGNMENT;
                return true;
            }
            offset += JournalLimits.ENTRY_ALIGNMENT;
        }
        return false;
    }

    private int firstNonZero() {
        int at = offset;
        while (at < length && buffer.getByte(at) == 0) {
            at++;
        }
        return at;
    }

    private boolean decode(final EntryView entry) {
        header.wrap(buffer, offset);
        final int block = offset + JournalLimits.HEADER_LENGTH;
        final long end = align(offset + header.length());
        final int blockLength = header.blockLength();
        if (header.templateId() == FenceEntryDecoder.TEMPLATE_ID) {
            fence.wrap(buffer, block, blockLength, header.version());
            final int nameLength = fence.resourceLength();
            final int nameOffset = block + blockLength + NameEncodingDecoder.varDataEncodingOffset();
            if (nameLength < WireLimits.NAME_LENGTH_MIN || nameOffset + nameLength > offset + header.length()) {
                return false;
            }
            entry.fence(fence.handle(), fence.token(), fence.clientId(), fence.seal(), buffer, nameOffset, nameLength);
            entry.found(offset, end, fence.head().fileOffset(), fence.head().syncedOffset());
            return true;
        }
        if (header.templateId() == GenerationEntryDecoder.TEMPLATE_ID) {
            generation.wrap(buffer, block, blockLength, header.version());
            entry.generation(generation.generation())
                    .found(
                            offset,
                            end,
                            generation.head().fileOffset(),
                            generation.head().syncedOffset());
            return true;
        }
        return false;
    }

    /**
     * Verifies the entries and puts them together.
     *
     * @return what they tell
     * @throws JournalCorruptException if one is damaged or missing that was synced
     */
    public FenceLogReplay replay() {
        return FenceLogReplay.read(this, ENTRIES_OFFSET);
    }

    @Override
    public String file() {
        return file;
    }

    @Override
    public long syncedOffset() {
        return syncedOffset;
    }

    /** Random identity of the journal. @return the journalId */
    public long journalId() {
        return journalId;
    }

    /** Highest position of the journal that the slots call synced. @return from 0 */
    public long syncedPosition() {
        return syncedPosition;
    }
}
