package io.fencegate.journal.disk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;

/**
 * How much may still be appended before the file store's free space falls to a floor. A mapped file that finds no space
 * kills the process, so the answer must be known before the append.
 *
 * <p>{@link #measure} belongs to the sync agent's thread and publishes limits; the line compares its own count of bytes
 * with them. The free space is that of the whole store: others use it too, which is why the floor is not small and the
 * measure is taken often.
 */
public final class FreeSpace {
    private final FileStore store;
    private final long floorBytes;
    private volatile long writeLimit;
    private volatile long fenceLimit;

    /**
     * Measures nothing yet: there is no room until {@link #measure}.
     *
     * @param store that holds the journal
     * @param floorBytes that writes leave free; raised fences may use half of it
     */
    public FreeSpace(final FileStore store, final long floorBytes) {
        this.store = store;
        this.floorBytes = floorBytes;
    }

    /**
     * Looks at the file store.
     *
     * @param appendedBytes count of bytes appended so far, read before this call
     */
    public void measure(final long appendedBytes) {
        final long free;
        try {
            free = store.getUsableSpace();
        } catch (final IOException e) {
            throw new UncheckedIOException("free space cannot be measured: store=" + store, e);
        }
        writeLimit = appendedBytes + free - floorBytes;
        fenceLimit = appendedBytes + free - floorBytes / 2;
    }

    /**
     * Whether a write has room. Line's thread.
     *
     * @param appendedBytes count of bytes with this write appended
     * @return false where it would use the floor
     */
    public boolean holdsWrite(final long appendedBytes) {
        return appendedBytes <= writeLimit;
    }

    /**
     * Whether a raised fence has room. Line's thread.
     *
     * @param appendedBytes count of bytes with this fence appended
     * @return false where it would use more than half of the floor
     */
    public boolean holdsFence(final long appendedBytes) {
        return appendedBytes <= fenceLimit;
    }
}
