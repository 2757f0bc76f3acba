package io.fencegate.app.calls;

import io.fencegate.app.cli.CommandException;
import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.config.Readers;
import java.time.Duration;

/**
 * Times in a command line.
 *
 * <p>Pure functions; any thread.
 */
public final class Durations {
    private static final long DAY_MS = 24 * 60 * 60 * 1_000L;

    private Durations() {}

    /**
     * Reads a time.
     *
     * @param option that it belongs to
     * @param text as given
     * @param minMs lowest value in milliseconds
     * @return up to 24 h
     * @throws CommandException USAGE if it is none
     */
    public static Duration read(final String option, final String text, final long minMs) {
        try {
            return Duration.ofMillis(Readers.durationMs(minMs, DAY_MS).read(text));
        } catch (final IllegalArgumentException wrong) {
            throw new CommandException(ExitCode.USAGE, option + "=" + text + ": " + wrong.getMessage());
        }
    }
}
