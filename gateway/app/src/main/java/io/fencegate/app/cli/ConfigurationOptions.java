package io.fencegate.app.cli;

import io.fencegate.app.config.AeronSettings;
import io.fencegate.app.config.Configuration;
import io.fencegate.app.config.ConfigurationException;
import io.fencegate.app.config.Contradictions;
import io.fencegate.app.config.Setting;
import io.fencegate.app.config.Settings;
import io.fencegate.app.config.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import picocli.CommandLine.Option;

/**
 * The options of every command that is configured: where its settings come from, and where its files live.
 *
 * <p>From lowest to highest precedence: defaults, the profile, the endpoints file of a running {@code up}, the file of
 * {@code --config}, system properties, {@code --set} and the command's own flags.
 */
public final class ConfigurationOptions {
    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Folder of the running system: journal, logs, endpoints file."
                    + " Default: $XDG_STATE_HOME/fencegate, else ~/.local/state/fencegate.")
    private Path directory;

    @Option(names = "--config", paramLabel = "FILE", description = "A properties file with settings.")
    private Path file;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "One setting; may be repeated. --print-config shows the names.")
    private List<String> settings = new ArrayList<>();

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "Settings for a kind of machine: laptop or server. Default: $FENCEGATE_PROFILE, else laptop.")
    private String profile;

    @Option(
            names = "--print-config",
            description = "Print every setting with its value and its origin, and do nothing else.")
    private boolean printOnly;

    /**
     * Whether the configuration is only to be shown.
     *
     * @return true with {@code --print-config}
     */
    public boolean printOnly() {
        return printOnly;
    }

    /**
     * The folder of the running system.
     *
     * @param terminal whose environment tells the user's folders
     * @return an absolute path
     */
    public Path directory(final Terminal terminal) {
        if (directory != null) {
            return directory.toAbsolutePath().normalize();
        }
        final String state = terminal.environment().getOrDefault("XDG_STATE_HOME", "");
        if (Path.of(state).isAbsolute()) {
            return Path.of(state, "fencegate");
        }
        return Path.of(System.getProperty("user.home"), ".local", "state", "fencegate");
    }

    /**
     * Reads and freezes the configuration.
     *
     * @param terminal whose environment tells the profile
     * @param endpoints what the endpoints file of a running system says
     * @param flags the command's own flags, by name of the setting
     * @return the configuration
     * @throws ConfigurationException if anything in it is wrong
     */
    public Configuration read(final Terminal terminal, final List<Source> endpoints, final Map<String, String> flags) {
        final List<Source> sources = new ArrayList<>();
        sources.add(Settings.profile(profileName(terminal)));
        sources.addAll(endpoints);
        if (file != null) {
            if (!Files.exists(file)) {
                throw new ConfigurationException("there is no such file: --config " + file);
            }
            sources.add(Source.file(file));
        }
        sources.add(Source.systemProperties(System.getProperties()));
        sources.add(Source.texts("--set", settings));
        sources.add(new Source("flag", flags));
        return checked(sources);
    }

    private static Configuration checked(final List<Source> sources) {
        final Properties before = (Properties) System.getProperties().clone();
        try {
            AeronSettings.apply(sources);
            final Configuration configuration = Configuration.of(Settings.all(), sources);
            Contradictions.check(configuration);
            return configuration;
        } catch (final ConfigurationException wrong) {
            System.setProperties(before);
            throw wrong;
        }
    }

    /**
     * Prints every setting with its value and origin; of Aeron's own only those that somebody set.
     *
     * @param configuration to print
     * @param terminal that shows it
     * @param json whether a program reads the output
     */
    public static void print(final Configuration configuration, final Terminal terminal, final boolean json) {
        final List<Setting<?>> shown = new ArrayList<>();
        for (final Setting<?> setting : configuration.settings()) {
            if (!AeronSettings.isAerons(setting.name())
                    || !configuration.origin(setting).equals(Configuration.DEFAULT_ORIGIN)) {
                shown.add(setting);
            }
        }
        for (final Setting<?> setting : shown) {
            final String text = configuration.text(setting);
            final String origin = configuration.origin(setting);
            if (json) {
                terminal.print(new JsonObject()
                        .put("setting", setting.name())
                        .put("value", text)
                        .put("origin", origin)
                        .put("help", setting.help())
                        .toString());
            } else {
                terminal.print(String.format("%-44s # %s; %s", setting.name() + "=" + text, origin, setting.help()));
            }
        }
        terminal.say("left to Aeron: " + (configuration.settings().size() - shown.size())
                + " settings of its own, whose names begin with aeron.");
    }

    /**
     * The profile whose settings hold.
     *
     * @param terminal whose environment may name it
     * @return its name
     */
    public String profileName(final Terminal terminal) {
        if (profile != null) {
            return profile;
        }
        final String launched = System.getProperty("fencegate.profile");
        return launched != null ? launched : terminal.environment().getOrDefault("FENCEGATE_PROFILE", "laptop");
    }
}
