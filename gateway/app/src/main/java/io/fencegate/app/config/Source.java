package io.fencegate.app.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where settings were given: an origin that people recognise, and what it says.
 *
 * <p>Immutable; any thread.
 *
 * @param origin as {@code --print-config} shows it
 * @param values text by name of the setting
 */
public record Source(String origin, Map<String, String> values) {
    /** System properties with this prefix are settings. */
    public static final String PROPERTY_PREFIX = "fencegate.";

    /** What the launcher tells about itself. */
    private static final Set<String> LAUNCHER_PROPERTIES = Set.of("home", "profile");

    /** Freezes the values. */
    public Source {
        values = Map.copyOf(values);
    }

    /**
     * A properties file.
     *
     * @param file in UTF-8
     * @return what it says
     * @throws ConfigurationException if it cannot be read
     */
    public static Source file(final Path file) {
        if (Files.isDirectory(file)) {
            throw new ConfigurationException("the configuration is a directory, and should be a file: file=" + file);
        }
        final Set<String> repeated = new TreeSet<>();
        final Properties properties = new Properties() {
            private static final long serialVersionUID = 1L;

            @Override
            public synchronized Object put(final Object name, final Object value) {
                final Object before = super.put(name, value);
                if (before != null) {
                    repeated.add((String) name);
                }
                return before;
            }
        };
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (final IOException | IllegalArgumentException unreadable) {
            throw new ConfigurationException("cannot read the configuration: file=" + file + " reason="
                    + unreadable.getClass().getSimpleName() + ": " + unreadable.getMessage());
        }
        if (!repeated.isEmpty()) {
            throw new ConfigurationException("settings stand more than once in one file: file=" + file + " settings="
                    + String.join(",", repeated) + "; keep one line of each");
        }
        final Map<String, String> values = new LinkedHashMap<>();
        for (final String name : properties.stringPropertyNames()) {
            values.put(name, properties.getProperty(name).trim());
        }
        return new Source("file " + file, values);
    }

    /**
     * Settings as {@code NAME=VALUE}.
     *
     * @param origin who says so
     * @param texts one for each setting
     * @return what they say
     * @throws ConfigurationException if one is no setting, or two are of one name
     */
    public static Source texts(final String origin, final List<String> texts) {
        final Map<String, String> values = new LinkedHashMap<>();
        for (final String text : texts) {
            final int end = text.indexOf('=');
            if (end < 1) {
                throw new ConfigurationException("no setting: " + origin + " " + text + "; expected NAME=VALUE");
            }
            final String name = text.substring(0, end).strip();
            if (values.put(name, text.substring(end + 1).strip()) != null) {
                throw new ConfigurationException("one setting was given twice: " + origin + " " + name + "; keep one");
            }
        }
        return new Source(origin, values);
    }

    /**
     * The system properties {@code fencegate.NAME}, and Aeron's own.
     *
     * @param properties of this JVM
     * @return what they say, without the prefix
     */
    public static Source systemProperties(final Properties properties) {
        final Map<String, String> values = new LinkedHashMap<>();
        for (final String property : properties.stringPropertyNames()) {
            if (AeronSettings.isAerons(property)) {
                values.put(property, properties.getProperty(property).trim());
            } else if (property.startsWith(PROPERTY_PREFIX)) {
                final String name = property.substring(PROPERTY_PREFIX.length());
                if (!LAUNCHER_PROPERTIES.contains(name)) {
                    values.put(name, properties.getProperty(property).trim());
                }
            }
        }
        return new Source("system property", values);
    }
}
