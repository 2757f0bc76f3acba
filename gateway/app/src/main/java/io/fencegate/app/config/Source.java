package io.fencegate.app.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

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
        final Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (final IOException | IllegalArgumentException unreadable) {
            throw new ConfigurationException("cannot read the configuration: file=" + file + " reason="
                    + unreadable.getClass().getSimpleName() + ": " + unreadable.getMessage());
        }
        final Map<String, String> values = new LinkedHashMap<>();
        for (final String name : properties.stringPropertyNames()) {
            values.put(name, properties.getProperty(name).trim());
        }
        return new Source("file " + file, values);
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
