package io.fencegate.journal.queue;

import java.util.concurrent.TimeUnit;
import net.openhft.chronicle.core.time.TimeProvider;

/**
 * The time by which a queue rolls to its next file: told by the line, never read from a clock, and never going back, for
 * a queue refuses appends to a file that it has left.
 *
 * <p>Written by the line's thread.
 */
public final class MonotoneTime implements TimeProvider {
    private volatile long epochMs;

    /**
     * Starts at a time.
     *
     * @param epochMs milliseconds since 1970-01-01T00:00Z
     */
    public MonotoneTime(final long epochMs) {
        this.epochMs = epochMs;
    }

    /**
     * Goes on; a time before the last one changes nothing.
     *
     * @param epochNs nanoseconds since 1970-01-01T00:00Z
     */
    public void advance(final long epochNs) {
        final long ms = TimeUnit.NANOSECONDS.toMillis(epochNs);
        if (ms > epochMs) {
            epochMs = ms;
        }
    }

    @Override
    public long currentTimeMillis() {
        return epochMs;
    }
}
