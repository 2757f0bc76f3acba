package io.fencegate.verification.resilience;

import io.fencegate.app.cli.JsonObject;
import java.util.List;

/**
 * How rows look: for people as a table in Markdown, for programs as JSON.
 *
 * <p>Pure functions; any thread.
 */
final class ResilienceTable {
    private ResilienceTable() {}

    /** The lines above the rows. @return two lines */
    static List<String> head() {
        return List.of(
                "| fault | what the client did, in order (seconds since the fault began) | time to resume or to report"
                        + " | properties |",
                "|---|---|---|---|");
    }

    /** One row. @param row of a fault @return on one line */
    static String line(final Row row) {
        return "| " + row.fault().number() + " " + row.fault().title() + " | **" + row.ending() + "**: "
                + String.join("; ", row.story()) + " | " + row.time() + " | "
                + (row.held() ? row.properties().size() + " held" : "BROKEN: " + String.join("; ", row.broken()))
                + " |";
    }

    /** One row for a program. @param row of a fault @return an object */
    static JsonObject json(final Row row) {
        return new JsonObject()
                .put("fault", row.fault().number())
                .put("title", row.fault().title())
                .put("expected", row.fault().expected().name())
                .put("ending", row.ending().name())
                .put("client", row.story())
                .put("time", row.time())
                .put("tookMs", row.tookMs())
                .put("properties", row.properties().stream().map(Property::name).toList())
                .put("broken", row.broken())
                .put("held", row.held());
    }

    /** What the times are measured from. @return a sentence */
    static String legend() {
        return "Times are measured from the end of a pause, of the network's absence, or of what replaced a journal; from"
                + " the beginning where something was killed, or where the leader stopped: restarting is part of them. A"
                + " lease's time includes the wait until its next renewal is due, at a third of its TTL.";
    }
}
