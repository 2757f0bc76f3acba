package io.fencegate.journal.fencelog;

import org.agrona.DirectBuffer;

/**
 * The small file beside the queue that never forgets a fence. Space is kept ahead of its end, so that its sync is cheap
 * and works when the disk is full.
 */
public final class FenceLog {
    FenceLog() {}

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
     */
    public long append(
            final int handle,
            final long token,
            final long clientId,
            final long seal,
            final DirectBuffer nameBuffer,
            final int nameOffset,
            final int nameLength) {
        throw new UnsupportedOperationException();
    }

    /** Offset of the end of the last entry. @return in bytes; any thread */
    public long appendedOffset() {
        throw new UnsupportedOperationException();
    }

    /** Whether the longest entry fits into the space kept ahead. Line's thread. @return false if it must be refused */
    public boolean hasRoom() {
        throw new UnsupportedOperationException();
    }

    /**
     * Brings every entry appended so far to disk: fdatasync. Sync agent's thread. A failed sync is final.
     *
     * @return the synced offset
     * @throws java.io.UncheckedIOException if the sync failed: stop the process
     */
    public long sync() {
        throw new UnsupportedOperationException();
    }

    /** Everything before this offset is on disk. @return in bytes; any thread */
    public long syncedOffset() {
        throw new UnsupportedOperationException();
    }
}
