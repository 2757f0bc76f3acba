package io.fencegate.app.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.app.session.Page.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs every command of {@code SESSION.md} against a system of its own, and compares what they print with the page. With
 * {@code -Dsession.renew=true} it writes the page anew instead.
 */
@Timeout(300)
class SessionTest {
    private static final Path PAGE = Path.of("SESSION.md");

    @TempDir
    private Path directory;

    @Test
    void thePageShowsWhatHappens() throws Exception {
        final Page page = new Page(Files.readString(PAGE));
        final List<Step> now = new ArrayList<>();
        try (Shell shell = new Shell(directory)) {
            for (final Step step : page.steps()) {
                final String first =
                        step.printed().isEmpty() ? "" : step.printed().get(0);
                now.add(new Step(step.command(), Prints.lasting(shell.run(step.command()))));
            }
            for (int i = now.size() - 1; i >= 0; i--) {
                final Step step = now.get(i);
                if (shell.isLasting(step.command())) {
                    final int count = page.steps().get(i).printed().size();
                    now.set(i, new Step(step.command(), shell.printedBy(step.command(), count)));
                    assertEquals(0, shell.interrupt(step.command()), step.command());
                }
            }
        }
        if (Boolean.getBoolean("session.renew")) {
            Files.writeString(PAGE, page.renewed(now));
            return;
        }
        for (int i = 0; i < now.size(); i++) {
            final Step wanted = page.steps().get(i);
            final Step found = now.get(i);
            assertTrue(
                    Prints.match(wanted.printed(), found.printed()),
                    () -> "$ " + wanted.command() + "\nthe page says:\n" + String.join("\n", wanted.printed())
                            + "\nand it printed:\n" + String.join("\n", found.printed()));
        }
    }

    @Test
    void whatDiffersFromRunToRunDoesNotCountAndTheRestDoes() {
        final List<String> page = List.of("token=1 (0/1) clientId=60259f1227e82f3a remaining=29001ms", "...", "end");

        assertTrue(Prints.match(page, List.of("token=1 (0/1) clientId=0000000000000001 remaining=5000ms", "x", "end")));
        assertTrue(Prints.match(page, List.of("token=1 (0/1)  clientId=0000000000000001 remaining=5000ms", "end")));
        assertEquals(
                false, Prints.match(page, List.of("token=2 (0/2) clientId=0000000000000001 remaining=5000ms", "end")));
        assertEquals(
                false, Prints.match(page, List.of("token=1 (0/1) clientId=0000000000000001 remaining=5000ms", "ende")));
    }
}
