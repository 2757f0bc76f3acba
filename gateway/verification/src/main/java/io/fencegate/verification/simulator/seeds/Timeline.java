package io.fencegate.verification.simulator.seeds;

import io.fencegate.core.grant.Token;
import io.fencegate.verification.history.Event;
import io.fencegate.verification.history.EventKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Draws a history for people: one column a process, one line an event, time downwards.
 *
 * <p>One thread.
 */
public final class Timeline {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int COLUMN_LENGTH = 26;
    private static final int LINES_MAX = 120;

    private final Set<String> actors = new LinkedHashSet<>();
    private final List<Event> events;
    private final Set<Event> marked;

    private Timeline(final List<Event> events, final List<Event> marked) {
        this.events = events;
        this.marked = new LinkedHashSet<>(marked);
        for (final Event event : events) {
            actors.add(event.actor());
        }
    }

    /**
     * Draws what led to a breach: what happened to the resource that it concerns, and what happened to all.
     *
     * @param judgement of a world that broke a property
     * @return lines of text
     */
    public static List<String> of(final Judgement judgement) {
        final List<Event> shown = judgement.breach().events();
        final Set<String> resources = new LinkedHashSet<>();
        shown.forEach(event -> resources.add(event.resource()));
        final List<Event> drawn = new ArrayList<>();
        for (final Event event : judgement.outcome().history().events()) {
            final boolean isOfAll = event.resource().isEmpty() && event.kind() != EventKind.JOURNAL_SYNCED;
            if (shown.isEmpty() || isOfAll || resources.contains(event.resource()) || shown.contains(event)) {
                drawn.add(event);
            }
        }
        return new Timeline(drawn, shown).draw();
    }

    private List<String> draw() {
        final List<String> lines = new ArrayList<>();
        final StringBuilder head = new StringBuilder("      time s   ");
        actors.forEach(actor -> head.append(pad(actor)));
        lines.add(head.toString().stripTrailing());
        final int skipped = Math.max(0, events.size() - LINES_MAX);
        int index = 0;
        for (final Event event : events) {
            if (index++ < skipped && !marked.contains(event)) {
                continue;
            }
            lines.add(line(event));
        }
        if (skipped > 0) {
            lines.add("  (" + skipped + " earlier events are left out; --keep FILE writes the whole history)");
        }
        return lines;
    }

    private String line(final Event event) {
        final StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT, "%s %12.6f  ", marked.contains(event) ? "=>" : "  ", event.atNs() / NANOS_PER_SECOND));
        for (final String actor : actors) {
            line.append(actor.equals(event.actor()) ? pad(text(event)) : pad("."));
        }
        return line.toString().stripTrailing();
    }

    private static String text(final Event event) {
        final StringBuilder text =
                new StringBuilder(event.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        if (!event.word().isEmpty()) {
            text.append(' ').append(event.word());
        }
        if (event.token() != 0) {
            text.append(' ').append(event.kind() == EventKind.TERM_BEGAN ? event.token() : shortOf(event.token()));
        }
        if (event.sequence() != 0) {
            text.append(" #").append(event.sequence());
        }
        if (event.position() != 0) {
            text.append(" @").append(event.position());
        }
        if (event.fence() != 0) {
            text.append(" fence ").append(shortOf(event.fence()));
        }
        return text.toString();
    }

    private static String shortOf(final long token) {
        return Token.term(token) + "/" + Token.serial(token);
    }

    private static String pad(final String text) {
        return text.length() >= COLUMN_LENGTH ? text + "  " : text + " ".repeat(COLUMN_LENGTH - text.length());
    }
}
