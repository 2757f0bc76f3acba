package io.fencegate.app.config;

/**
 * One thing that can be configured: its name, its default, how its text is read, and what it is for.
 *
 * <p>Immutable; any thread.
 *
 * @param name words in lowerCamelCase joined by dots, unique
 * @param fallback the text that holds where nobody says otherwise
 * @param reader turns the text into the value, and refuses what is no value
 * @param help one sentence for people: what it does, and its unit
 * @param <T> type of the value
 */
public record Setting<T>(String name, String fallback, SettingReader<T> reader, String help) {
    /** Checks that the default is a value of its own setting. */
    public Setting {
        if (name.isEmpty() || help.isEmpty()) {
            throw new IllegalArgumentException("a setting needs a name and a help text: name=" + name);
        }
        reader.read(fallback);
    }
}
