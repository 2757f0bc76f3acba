package io.fencegate.sequencer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * From the loss of a leader to the next grant: one line for each loss, printed, and kept in
 * {@code target/failover-NAME.txt}.
 *
 * <p>One thread.
 */
final class Failover {
    private final Path file;
    private final List<String> lines = new ArrayList<>();

    Failover(final String name) {
        file = Path.of("target", "failover-" + name + ".txt");
    }

    /** A leader was lost, and the next lease granted so much later. */
    void tell(final String loss, final SequencerTimings timings, final long tookNs) {
        final String line = "failover nodes=" + loss + " heartbeatTimeoutMs=" + timings.heartbeatTimeoutMs()
                + " nextGrantMs=" + TimeUnit.NANOSECONDS.toMillis(tookNs);
        System.out.println(line);
        lines.add(line);
        try {
            Files.write(file, lines);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
