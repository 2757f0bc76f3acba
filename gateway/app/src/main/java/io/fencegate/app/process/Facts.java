package io.fencegate.app.process;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one process tells another on one line: {@code word name=value name=value}, the values in Base64.
 *
 * <p>Not thread-safe.
 */
public final class Facts {
    private final String word;
    private final Map<String, String> values = new LinkedHashMap<>();

    private Facts(final String word) {
        this.word = word;
    }

    /**
     * Begins a line.
     *
     * @param word that says what it is about
     * @return facts without values
     */
    public static Facts of(final String word) {
        return new Facts(word);
    }

    /**
     * Reads a line.
     *
     * @param line as {@link #toString} wrote it
     * @return its facts
     */
    public static Facts parse(final String line) {
        final String[] parts = line.split(" ");
        final Facts facts = new Facts(parts[0]);
        for (int i = 1; i < parts.length; i++) {
            final int split = parts[i].indexOf('=');
            final byte[] value = Base64.getUrlDecoder().decode(parts[i].substring(split + 1));
            facts.values.put(parts[i].substring(0, split), new String(value, StandardCharsets.UTF_8));
        }
        return facts;
    }

    /**
     * Adds a value.
     *
     * @param name of the value, without a blank
     * @param value which is told as text
     * @return this
     */
    public Facts with(final String name, final Object value) {
        values.put(name, String.valueOf(value));
        return this;
    }

    /**
     * What the line is about.
     *
     * @return the word
     */
    public String word() {
        return word;
    }

    /**
     * A value.
     *
     * @param name of the value
     * @return as text; null if there is none of that name
     */
    public String text(final String name) {
        return values.get(name);
    }

    /**
     * A value.
     *
     * @param name of the value, which is there
     * @return as a number
     */
    public long number(final String name) {
        return Long.parseLong(values.get(name));
    }

    /**
     * The line for people.
     *
     * @return with the values as they are
     */
    public String describe() {
        final StringBuilder text = new StringBuilder(word);
        values.forEach(
                (name, value) -> text.append(' ').append(name).append('=').append(value));
        return text.toString();
    }

    @Override
    public String toString() {
        final StringBuilder line = new StringBuilder(word);
        values.forEach((name, value) -> line.append(' ')
                .append(name)
                .append('=')
                .append(Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        return line.toString();
    }
}
