package io.fencegate.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What Ctrl-C sends. Who is started in the background of a script is told to ignore SIGINT, and its children are told
 * the same; there SIGTERM stands in, which ends our commands alike.
 */
public final class CtrlC {
    /** Name of the signal without SIG. */
    public static final String SIGNAL = isIgnored() ? "TERM" : "INT";

    private static final String IGNORED_LINE = "SigIgn:";
    private static final long INT_BIT = 1L << 1;

    private CtrlC() {}

    private static boolean isIgnored() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith(IGNORED_LINE))
                    .map(line -> line.substring(IGNORED_LINE.length()).strip())
                    .anyMatch(mask -> (Long.parseUnsignedLong(mask, 16) & INT_BIT) != 0);
        } catch (final IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
