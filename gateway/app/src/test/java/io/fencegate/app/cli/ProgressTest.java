package io.fencegate.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.app.Await;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A wait is told on standard error: as one plain line, or on a terminal as one that changes and goes away. */
@Timeout(60)
class ProgressTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void aFileGetsOnePlainLine() {
        final Progress progress = Progress.begin(terminal(Screen.NONE), "waiting for a leader", 0);
        await("leader\n");
        progress.now("waiting for something else");
        progress.close();

        assertEquals("fencegate: waiting for a leader\n", text());
    }

    @Test
    void aTerminalGetsALineThatChangesAndGoesAway() {
        final Progress progress =
                Progress.begin(terminal(new Screen(true, true, true, true)), "waiting for a leader", 0);
        await("waiting for a leader (0 s)");
        progress.now("place 1 in the queue");
        await("place 1 in the queue (");
        progress.close();

        assertTrue(text().endsWith("\r\033[K"), text());
        assertTrue(text().indexOf('\n') < 0, text());
    }

    @Test
    void whatIsOverSoonIsNotTold() {
        Progress.begin(terminal(Screen.NONE), "waiting for nothing").close();

        assertEquals("", text());
    }

    private void await(final String expected) {
        Await.until(() -> text().contains(expected), () -> "expected=" + expected + " told=" + text());
    }

    private String text() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private Terminal terminal(final Screen screen) {
        return new Terminal(
                InputStream.nullInputStream(),
                new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of(),
                screen);
    }
}
