package io.fencegate.app.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Every setting with its value and its origin: parsed, validated and frozen before anything is built. Opens nothing.
 *
 * <p>Immutable; any thread.
 */
public final class Configuration {
    /** What stands as origin where nobody said anything. */
    public static final String DEFAULT_ORIGIN = "default";

    private final Map<Setting<?>, Entry> entries;

    private Configuration(final Map<Setting<?>, Entry> entries) {
        this.entries = entries;
    }

    /**
     * Reads all settings.
     *
     * @param settings that exist
     * @param sources in rising order of precedence
     * @return the configuration
     * @throws ConfigurationException that names every unknown setting and every text that is no value
     */
    public static Configuration of(final List<Setting<?>> settings, final List<Source> sources) {
        final Map<String, Setting<?>> byName = new LinkedHashMap<>();
        final Map<Setting<?>, Entry> entries = new LinkedHashMap<>();
        final List<String> mistakes = new ArrayList<>();
        for (final Setting<?> setting : settings) {
            if (byName.put(setting.name(), setting) != null) {
                throw new IllegalStateException("setting declared twice: name=" + setting.name());
            }
            entries.put(setting, Entry.of(setting, setting.fallback(), DEFAULT_ORIGIN));
        }
        for (final Source source : sources) {
            source.values().forEach((name, text) -> {
                final Setting<?> setting = byName.get(name);
                if (setting == null) {
                    mistakes.add("unknown setting: " + name + " (" + source.origin() + ")"
                            + nearest(name, byName.keySet().stream().toList()));
                    return;
                }
                try {
                    entries.put(setting, Entry.of(setting, text, source.origin()));
                } catch (final IllegalArgumentException wrong) {
                    mistakes.add(name + "=" + text + " (" + source.origin() + "): " + wrong.getMessage());
                }
            });
        }
        if (!mistakes.isEmpty()) {
            throw new ConfigurationException(String.join("; ", mistakes));
        }
        return new Configuration(entries);
    }

    /**
     * The value of a setting.
     *
     * @param setting one of those that exist
     * @param <T> its type
     * @return the value
     */
    @SuppressWarnings("unchecked")
    public <T> T get(final Setting<T> setting) {
        return (T) entry(setting).value();
    }

    /**
     * The text from which the value was read.
     *
     * @param setting one of those that exist
     * @return the text
     */
    public String text(final Setting<?> setting) {
        return entry(setting).text();
    }

    /**
     * Who said so.
     *
     * @param setting one of those that exist
     * @return the origin
     */
    public String origin(final Setting<?> setting) {
        return entry(setting).origin();
    }

    /**
     * All settings, in the order of their declaration.
     *
     * @return the settings
     */
    public List<Setting<?>> settings() {
        return List.copyOf(entries.keySet());
    }

    private Entry entry(final Setting<?> setting) {
        final Entry entry = entries.get(setting);
        if (entry == null) {
            throw new IllegalStateException("setting is not declared: name=" + setting.name());
        }
        return entry;
    }

    private static String nearest(final String name, final List<String> names) {
        String nearest = "";
        int distanceLeast = Math.max(3, name.length() / 3);
        for (final String candidate : names) {
            final int distance = distance(name, candidate);
            if (distance < distanceLeast) {
                distanceLeast = distance;
                nearest = ", did you mean " + candidate + "?";
            }
        }
        return nearest;
    }

    /** Levenshtein's distance: how many letters to change, add or leave out. */
    private static int distance(final String a, final String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            final int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                final int changed = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[b.length()];
    }

    /** One value, its text, and who said so. */
    private record Entry(Object value, String text, String origin) {
        private static Entry of(final Setting<?> setting, final String text, final String origin) {
            return new Entry(setting.reader().read(text), text, origin);
        }
    }
}
