package io.fencegate.app.config;

import io.aeron.Aeron;
import io.aeron.CommonContext;
import io.aeron.archive.Archive;
import io.aeron.archive.client.AeronArchive;
import io.aeron.cluster.ConsensusModule;
import io.aeron.cluster.client.AeronCluster;
import io.aeron.cluster.service.ClusteredServiceContainer;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Aeron's own settings under their own names, as Aeron's classes declare them, so that a name that Aeron does not know
 * is a mistake here as well. They reach Aeron as system properties, before its classes are initialised.
 *
 * <p>Any thread.
 */
public final class AeronSettings {
    private static final String PREFIX = "aeron.";

    private static final List<Class<?>> DECLARED_BY = List.of(
            CommonContext.class,
            Aeron.Configuration.class,
            io.aeron.driver.Configuration.class,
            Archive.Configuration.class,
            AeronArchive.Configuration.class,
            ConsensusModule.Configuration.class,
            ClusteredServiceContainer.Configuration.class,
            AeronCluster.Configuration.class);

    private AeronSettings() {}

    /**
     * Every setting that Aeron declares. The empty text leaves the choice to Aeron.
     *
     * @return in the order of their names
     */
    public static List<Setting<?>> all() {
        final Map<String, Setting<?>> settings = new TreeMap<>();
        for (final Class<?> type : DECLARED_BY) {
            for (final Field field : type.getFields()) {
                if (Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
                    final String name = constant(field);
                    if (name != null && name.startsWith(PREFIX)) {
                        settings.put(name, new Setting<>(name, "", Readers.text(), "see Aeron's documentation"));
                    }
                }
            }
        }
        return new ArrayList<>(settings.values());
    }

    /**
     * Whether a setting is Aeron's.
     *
     * @param name of a setting
     * @return true if it reaches Aeron as it stands
     */
    public static boolean isAerons(final String name) {
        return name.startsWith(PREFIX);
    }

    /**
     * Hands the settings to Aeron. Call it before anything else of Aeron is touched, {@link #all()} included: some of its
     * classes read their properties once, when they are initialised.
     *
     * @param sources in rising order of precedence, not checked yet
     */
    public static void apply(final List<Source> sources) {
        for (final Source source : sources) {
            source.values().forEach((name, text) -> {
                if (isAerons(name) && !text.isEmpty()) {
                    System.setProperty(name, text);
                }
            });
        }
    }

    private static String constant(final Field field) {
        try {
            return (String) field.get(null);
        } catch (final IllegalAccessException hidden) {
            return null;
        }
    }
}
