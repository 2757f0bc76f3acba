package io.fencegate.journal.queue;

/**
 * The locator of a record that was read back from a file: which file of its generation, and where in it. Always negative,
 * so that it is never taken for the index of a record that this generation's queue appended, which is positive.
 *
 * <pre>
 *    63 62            48 47                          0
 *   +--+----------------+-----------------------------+
 *   | 1|   file, 0..    |  offset of the document     |
 *   +--+----------------+-----------------------------+
 * </pre>
 *
 * <p>Pure functions; any thread.
 */
public final class FileLocator {
    private static final int OFFSET_BITS = 48;
    private static final int FILE_MAX = (1 << 15) - 1;

    private FileLocator() {}

    static long of(final int file, final long offset) {
        if (file > FILE_MAX) {
            throw new IllegalArgumentException("generation has too many files: file=" + file);
        }
        return Long.MIN_VALUE | (long) file << OFFSET_BITS | offset;
    }

    /**
     * Whether a locator points into a file.
     *
     * @param locator of a record
     * @return false if it is an index of a queue
     */
    public static boolean isFile(final long locator) {
        return locator < 0;
    }

    static int file(final long locator) {
        return (int) (locator >>> OFFSET_BITS) & FILE_MAX;
    }

    static long offset(final long locator) {
        return locator & (1L << OFFSET_BITS) - 1;
    }
}
