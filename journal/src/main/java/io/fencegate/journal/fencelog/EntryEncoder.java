package io.fencegate.journal.fencelog;

import static io.fencegate.journal.fencelog.FenceLogDescriptor.MAGIC;
import static io.fencegate.journal.fencelog.FenceLogDescriptor.align;
import static io.fencegate.journal.fencelog.FenceLogDescriptor.checksum;

import io.fencegate.codecs.JournalLimits;
import io.fencegate.codecs.journal.FenceEntryEncoder;
import io.fencegate.codecs.journal.FenceLogHeaderEncoder;
import io.fencegate.codecs.journal.GenerationEntryEncoder;
import io.fencegate.codecs.journal.MessageHeaderEncoder;
import io.fencegate.codecs.journal.SyncedPositionEncoder;
import java.nio.ByteBuffer;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Puts one message of the fence log together, checksum included, in its own memory.
 *
 * <p>One thread; no method allocates. The bytes are valid until the next message.
 */
final class EntryEncoder {
    private final ByteBuffer bytes =
            BufferUtil.allocateDirectAligned((int) align(JournalLimits.ENTRY_LENGTH_MAX), Long.BYTES);
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final FenceLogHeaderEncoder logHeader = new FenceLogHeaderEncoder();
    private final FenceEntryEncoder fence = new FenceEntryEncoder();
    private final GenerationEntryEncoder generation = new GenerationEntryEncoder();
    private final SyncedPositionEncoder synced = new SyncedPositionEncoder();
    private long fileOffset;
    private long syncedOffset;

    EntryEncoder at(final long newFileOffset, final long newSyncedOffset) {
        fileOffset = newFileOffset;
        syncedOffset = newSyncedOffset;
        return this;
    }

    ByteBuffer logHeader(final long journalId) {
        clear();
        logHeader
                .wrapAndApplyHeader(buffer, 0, header)
                .journalId(journalId)
                .format(JournalLimits.FORMAT_VERSION)
                .putMagic(MAGIC, 0);
        return finish(logHeader.limit());
    }

    ByteBuffer fence(
            final int handle,
            final long token,
            final long clientId,
            final long seal,
            final DirectBuffer nameBuffer,
            final int nameOffset,
            final int nameLength) {
        clear();
        fence.wrapAndApplyHeader(buffer, 0, header);
        fence.head().fileOffset(fileOffset).syncedOffset(syncedOffset);
        fence.token(token).clientId(clientId).seal(seal).handle(handle).putResource(nameBuffer, nameOffset, nameLength);
        return finish(fence.limit());
    }

    ByteBuffer generation(final long number) {
        clear();
        generation.wrapAndApplyHeader(buffer, 0, header).generation(number);
        generation.head().fileOffset(fileOffset).syncedOffset(syncedOffset);
        return finish(generation.limit());
    }

    ByteBuffer synced(final long count, final long position, final long offset) {
        clear();
        synced.wrapAndApplyHeader(buffer, 0, header)
                .count(count)
                .position(position)
                .fileOffset(offset);
        return finish(synced.limit());
    }

    private void clear() {
        buffer.setMemory(0, buffer.capacity(), (byte) 0);
    }

    private ByteBuffer finish(final int length) {
        header.length(length);
        header.crc(checksum(buffer.addressOffset(), 0, length) & 0xFFFF_FFFFL);
        return bytes.limit((int) align(length)).position(0);
    }
}
