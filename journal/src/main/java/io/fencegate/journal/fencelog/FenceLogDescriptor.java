package io.fencegate.journal.fencelog;

import io.fencegate.codecs.JournalLimits;
import java.nio.charset.StandardCharsets;
import org.agrona.checksum.Crc32c;

/**
 * Where in the fence log everything stands. Only the two slots are ever written again, in turn, so that one of them is
 * whole whatever happens; all else is append-only.
 *
 * <pre>
 *       0  FenceLogHeader: journalId, format, magic
 *     512  SyncedPosition, even counts      \ a disk sector each: a torn write of one
 *    1024  SyncedPosition, odd counts       / leaves the other as it was
 *    4096  FenceEntry or GenerationEntry    each begins on a multiple of 8
 *     ...
 *          zeros: the space kept ahead      written, not just reserved: a sync has no extents to convert
 * </pre>
 *
 * <p>Constants and pure functions; any thread.
 */
final class FenceLogDescriptor {
    static final byte[] MAGIC = "FENCELOG".getBytes(StandardCharsets.US_ASCII);
    static final int HEADER_OFFSET = 0;
    static final int SLOT_OFFSET = 512;
    static final int SLOT_LENGTH = 512;
    static final int SLOTS = 2;
    static final int ENTRIES_OFFSET = 4096;

    private FenceLogDescriptor() {}

    static int slotOffset(final long count) {
        return SLOT_OFFSET + (int) (count % SLOTS) * SLOT_LENGTH;
    }

    static long align(final long length) {
        return length + JournalLimits.ENTRY_ALIGNMENT - 1 & -JournalLimits.ENTRY_ALIGNMENT;
    }

    static int checksum(final long address, final int offset, final int length) {
        return Crc32c.INSTANCE.compute(
                address, offset + JournalLimits.CHECKED_OFFSET, length - JournalLimits.CHECKED_OFFSET);
    }
}
