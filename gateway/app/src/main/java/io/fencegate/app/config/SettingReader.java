package io.fencegate.app.config;

/**
 * Turns the text of a setting into its value.
 *
 * <p>Pure; any thread.
 *
 * @param <T> type of the value
 */
@FunctionalInterface
public interface SettingReader<T> {
    /**
     * Reads a text.
     *
     * @param text as it stands in a file, a system property or a flag, without blanks around it
     * @return the value
     * @throws IllegalArgumentException whose message says what would be right, fit to follow "name=text: "
     */
    T read(String text);
}
