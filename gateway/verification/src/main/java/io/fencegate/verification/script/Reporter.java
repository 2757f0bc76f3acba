package io.fencegate.verification.script;

import io.fencegate.app.process.Facts;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Tells the laboratory what this process sees, each report with the time of the machine's monotonic clock, which all its
 * processes share.
 *
 * <p>The main thread.
 */
final class Reporter {
    private final PrintStream out = new PrintStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16), false, StandardCharsets.UTF_8);

    /** Begins a report of what happens now. @param word that says what @return the report without further values */
    Facts at(final String word) {
        return Facts.of(word).with("atNs", System.nanoTime());
    }

    /** Tells a report with the next {@link #flush}. @param report whole */
    void tell(final Facts report) {
        out.println(report);
    }

    /** Lets everything out that was told. */
    void flush() {
        out.flush();
    }
}
