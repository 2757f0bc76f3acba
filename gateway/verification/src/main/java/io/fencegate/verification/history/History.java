package io.fencegate.verification.history;

import io.fencegate.storage.durability.Durability;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What was observed of a run, in the order of observation: an event that stands behind another was not observed before it.
 * Simulator, system tests and fault lab all write this; the checkers read it.
 *
 * <p>As text, a header and one event a line; empty lines, and what stands behind a {@code #}, say nothing:
 *
 * <pre>
 *   history durability=disk sealed=true transport=stream
 *   0.000000 A ACQUIRE_CALLED op=1 resource=orders client=a
 * </pre>
 *
 * <p>One thread.
 */
public final class History {
    private static final String WORD = "history";
    private static final char COMMENT = '#';

    private final HistoryHeader header;
    private final List<Event> events = new ArrayList<>();
    private final List<Event> view = Collections.unmodifiableList(events);

    /**
     * Begins a history.
     *
     * @param header the conditions under which it is made
     */
    public History(final HistoryHeader header) {
        this.header = Objects.requireNonNull(header, "header");
    }

    /**
     * Adds what was observed next.
     *
     * @param event observed, not earlier than the one before it
     * @throws IllegalArgumentException if its time lies before that of the last event
     */
    public void add(final Event event) {
        if (!events.isEmpty() && event.atNs() < events.get(events.size() - 1).atNs()) {
            throw new IllegalArgumentException("a history is in the order of observation: last="
                    + events.get(events.size() - 1) + " next=" + event);
        }
        events.add(event);
    }

    /**
     * Adds what was observed next.
     *
     * @param event whose fields are all set
     */
    public void add(final EventBuilder event) {
        add(event.build());
    }

    /**
     * The conditions.
     *
     * @return the header
     */
    public HistoryHeader header() {
        return header;
    }

    /**
     * The events.
     *
     * @return all of them so far, in order; a view that cannot be changed
     */
    public List<Event> events() {
        return view;
    }

    /**
     * Writes this history.
     *
     * @param file to be made or replaced
     * @throws IOException if it cannot be written
     */
    public void write(final Path file) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            writer.write(headerLine());
            writer.write('\n');
            for (final Event event : events) {
                writer.write(EventText.print(event));
                writer.write('\n');
            }
        }
    }

    /**
     * Reads a history.
     *
     * @param file as {@link #write} wrote it, or as a person did
     * @return the history
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException saying what is wrong, and in which line
     */
    public static History read(final Path file) throws IOException {
        return parse(Files.readAllLines(file));
    }

    /**
     * Reads a history.
     *
     * @param lines of its text
     * @return the history
     * @throws IllegalArgumentException saying what is wrong, and in which line
     */
    public static History parse(final List<String> lines) {
        History history = null;
        int number = 0;
        for (final String line : lines) {
            number++;
            final String said = uncommented(line);
            try {
                if (said.isEmpty()) {
                    continue;
                }
                if (history == null) {
                    history = new History(header(said));
                } else {
                    history.add(EventText.parse(said));
                }
            } catch (final IllegalArgumentException wrong) {
                throw new IllegalArgumentException("lineNumber=" + number + ": " + wrong.getMessage(), wrong);
            }
        }
        if (history == null) {
            throw new IllegalArgumentException("a history begins with its header: lines=" + lines.size());
        }
        return history;
    }

    private static String uncommented(final String line) {
        final int comment = line.indexOf(COMMENT);
        return (comment < 0 ? line : line.substring(0, comment)).trim();
    }

    private String headerLine() {
        return WORD + " durability=" + lower(header.durability()) + " sealed=" + header.isSealed() + " transport="
                + lower(header.transport());
    }

    private static HistoryHeader header(final String line) {
        final String[] parts = line.split(" +");
        if (!parts[0].equals(WORD)) {
            throw new IllegalArgumentException("a history begins with its header, '" + WORD + " …': line=" + line);
        }
        Durability durability = null;
        boolean sealed = false;
        Transport transport = null;
        for (int i = 1; i < parts.length; i++) {
            final String value = parts[i].substring(parts[i].indexOf('=') + 1);
            switch (parts[i].substring(0, parts[i].length() - value.length())) {
                case "durability=" -> durability = Durability.valueOf(value.toUpperCase(Locale.ROOT));
                case "sealed=" -> sealed = Boolean.parseBoolean(value);
                case "transport=" -> transport = Transport.valueOf(value.toUpperCase(Locale.ROOT));
                default -> throw new IllegalArgumentException("no header has this field: field=" + parts[i]);
            }
        }
        if (durability == null || transport == null) {
            throw new IllegalArgumentException("a header tells durability and transport: line=" + line);
        }
        return new HistoryHeader(durability, sealed, transport);
    }

    private static String lower(final Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
