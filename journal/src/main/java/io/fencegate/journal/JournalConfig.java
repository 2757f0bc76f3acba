package io.fencegate.journal;

import java.nio.file.Path;

/**
 * How a journal is kept. Frozen; opens nothing.
 *
 * @param directory of the journal; made if it does not exist
 * @param blockLength of the queue's mapped blocks, in bytes: a power of two, 1 MiB to 1 GiB. Virtual memory and sparse
 *     file length, not disk space; reads that jump between blocks pay for each jump
 * @param freeFloorBytes space of the file store that writes leave alone; a raised fence may use half of it
 * @param fenceLogReserveLength space kept ahead of the fence log's end, in bytes, 64 KiB to 256 MiB
 */
public record JournalConfig(Path directory, long blockLength, long freeFloorBytes, int fenceLogReserveLength) {
    /** Default of {@link #blockLength}. */
    public static final long BLOCK_LENGTH_DEFAULT = 256L << 20;

    /** Default of {@link #freeFloorBytes}. */
    public static final long FREE_FLOOR_BYTES_DEFAULT = 256L << 20;

    /** Default of {@link #fenceLogReserveLength}. */
    public static final int FENCE_LOG_RESERVE_LENGTH_DEFAULT = 1 << 20;

    /** Checks every value. */
    public JournalConfig {
        if (directory == null) {
            throw new IllegalArgumentException("journal directory is missing");
        }
        check("blockLength", blockLength, 1L << 20, 1L << 30);
        if (Long.bitCount(blockLength) != 1) {
            throw new IllegalArgumentException("no power of two: blockLength=" + blockLength);
        }
        check("freeFloorBytes", freeFloorBytes, 0, Long.MAX_VALUE >> 1);
        check("fenceLogReserveLength", fenceLogReserveLength, 64 << 10, 256 << 20);
    }

    /**
     * Everything at its default.
     *
     * @param directory of the journal
     * @return the configuration
     */
    public static JournalConfig of(final Path directory) {
        return new JournalConfig(
                directory, BLOCK_LENGTH_DEFAULT, FREE_FLOOR_BYTES_DEFAULT, FENCE_LOG_RESERVE_LENGTH_DEFAULT);
    }

    private static void check(final String name, final long value, final long min, final long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException("out of range: " + name + "=" + value + " min=" + min + " max=" + max);
        }
    }
}
