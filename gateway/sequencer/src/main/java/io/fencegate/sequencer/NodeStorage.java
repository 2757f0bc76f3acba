package io.fencegate.sequencer;

import java.nio.file.Path;

/**
 * Where a node keeps what, and what it survives.
 *
 * <p>Immutable; any thread.
 *
 * @param directory of the node: log, snapshots, votes; it must not be shared and must outlive the process
 * @param aeronDirectory of the node's media driver: volatile, best in memory; emptied at start and removed at close
 * @param fileSyncLevel 0: the page cache of a majority; 1: synced data; 2: synced data and metadata
 * @param segmentLength of the files of the log, in bytes: a power of two, 1 MiB to 1 GiB; the log is purged by whole files
 */
public record NodeStorage(Path directory, Path aeronDirectory, int fileSyncLevel, int segmentLength) {
    /** Length of a file of the log, unless said otherwise. */
    public static final int SEGMENT_LENGTH_DEFAULT = 16 << 20;

    /** Shortest file of the log: one term of it. */
    public static final int SEGMENT_LENGTH_MIN = 1 << 20;

    private static final int SEGMENT_LENGTH_MAX = 1 << 30;
    private static final int FILE_SYNC_LEVEL_MAX = 2;

    /** Checks the values and makes the paths absolute. */
    public NodeStorage {
        directory = directory.toAbsolutePath().normalize();
        aeronDirectory = aeronDirectory.toAbsolutePath().normalize();
        if (fileSyncLevel < 0 || fileSyncLevel > FILE_SYNC_LEVEL_MAX) {
            throw new IllegalArgumentException(
                    "fileSyncLevel=" + fileSyncLevel + " must be 0 to " + FILE_SYNC_LEVEL_MAX);
        }
        if (segmentLength < SEGMENT_LENGTH_MIN
                || segmentLength > SEGMENT_LENGTH_MAX
                || Integer.bitCount(segmentLength) != 1) {
            throw new IllegalArgumentException("segmentLength=" + segmentLength + " must be a power of two, from "
                    + SEGMENT_LENGTH_MIN + " to " + SEGMENT_LENGTH_MAX);
        }
        if (aeronDirectory.startsWith(directory) || directory.startsWith(aeronDirectory)) {
            throw new IllegalArgumentException("aeronDirectory is emptied at start and must not share a path with"
                    + " directory: aeronDirectory=" + aeronDirectory + " directory=" + directory);
        }
    }

    /**
     * Files of the usual length.
     *
     * @param directory of the node
     * @param aeronDirectory of its media driver
     * @param fileSyncLevel 0, 1 or 2
     * @return the storage
     */
    public static NodeStorage of(final Path directory, final Path aeronDirectory, final int fileSyncLevel) {
        return new NodeStorage(directory, aeronDirectory, fileSyncLevel, SEGMENT_LENGTH_DEFAULT);
    }
}
