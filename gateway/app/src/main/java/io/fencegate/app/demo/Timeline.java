package io.fencegate.app.demo;

import io.fencegate.app.cli.JsonObject;
import io.fencegate.app.cli.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Tells the story as it happens, step by step, and keeps account of what had to hold.
 *
 * <p>One thread.
 */
final class Timeline {
    private final Terminal terminal;
    private final boolean json;
    private final long beginNs = System.nanoTime();
    private final List<String> broken = new ArrayList<>();
    private int checks;

    Timeline(final Terminal terminal, final boolean json) {
        this.terminal = terminal;
        this.json = json;
    }

    /** Says what will be told. */
    void title(final String text) {
        if (!json) {
            terminal.print(text);
            terminal.print("");
        }
    }

    /** Tells a step. */
    void tell(final String who, final String what) {
        final long atMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beginNs);
        terminal.print(
                json
                        ? new JsonObject()
                                .put("atMs", atMs)
                                .put("who", who)
                                .put("what", what)
                                .toString()
                        : String.format("[%6.2f s]  %-9s  %s", atMs / 1000.0, who, what));
    }

    /** Notes whether something held that had to. */
    void check(final String property, final boolean held) {
        checks++;
        if (!held) {
            broken.add(property);
        }
        terminal.print(
                json
                        ? new JsonObject()
                                .put("property", property)
                                .put("held", held)
                                .toString()
                        : "  " + (held ? "held    " : "BROKEN  ") + property);
    }

    /** Shows lines as they stand. */
    void show(final List<String> lines) {
        for (final String line : lines) {
            terminal.print(json ? new JsonObject().put("line", line).toString() : "    | " + line);
        }
    }

    void gap() {
        if (!json) {
            terminal.print("");
        }
    }

    /** Whether everything held, and at least something was checked. */
    boolean allHeld() {
        return checks > 0 && broken.isEmpty();
    }

    int checks() {
        return checks;
    }

    List<String> broken() {
        return broken;
    }
}
