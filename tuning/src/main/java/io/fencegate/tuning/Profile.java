package io.fencegate.tuning;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A named set of settings for one kind of machine: defaults below everything that a user configures. Immutable.
 *
 * @param name of the profile
 * @param settings in the order of the file {@code tuning/profiles/NAME/fencegate.properties}
 * @param jvmArguments from {@code tuning/profiles/NAME/jvm.args}, which the launcher gives to the JVM
 */
public record Profile(String name, List<Setting> settings, List<String> jvmArguments) {
    /** The profile where none is named. */
    public static final String DEFAULT_NAME = "laptop";

    /** Prefix of the keys that are Aeron's own names. */
    public static final String AERON_PREFIX = "aeron.";

    private static final List<String> NAMES = List.of(DEFAULT_NAME, "server");

    /** Names of all profiles. @return in a fixed order */
    public static List<String> names() {
        return NAMES;
    }

    /**
     * Reads a profile from the class path.
     *
     * @param name one of {@link #names()}
     * @return the profile
     * @throws IllegalArgumentException if there is none of that name; the message lists those that exist
     */
    public static Profile named(final String name) {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException("no such profile: profile=" + name + " known=" + NAMES);
        }
        return new Profile(
                name,
                SettingsReader.settings("profiles/" + name + "/fencegate.properties"),
                SettingsReader.arguments("profiles/" + name + "/jvm.args"));
    }

    /**
     * The settings as a map.
     *
     * @return key to value, in the order of the file
     */
    public Map<String, String> values() {
        final Map<String, String> values = new LinkedHashMap<>();
        settings.forEach(setting -> values.put(setting.key(), setting.value()));
        return values;
    }
}
