package io.fencegate.app.calls;

import io.fencegate.app.cli.ConfigurationOptions;
import io.fencegate.app.cli.Terminal;
import io.fencegate.app.config.Configuration;
import io.fencegate.app.config.Setting;
import io.fencegate.app.config.Settings;
import io.fencegate.app.config.Source;
import io.fencegate.app.launch.StateDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The options of every command that calls a running system: whom to call, and for how long to wait.
 */
public final class CallOptions {
    @Mixin
    private ConfigurationOptions configuration;

    @Option(names = "--sequencer", paramLabel = "ENDPOINTS", description = "The sequencer's nodes: 0=host:port,…")
    private String sequencer;

    @Option(names = "--gateway", paramLabel = "CHANNEL", description = "The gateway's channel: aeron:…")
    private String gateway;

    @Option(names = "--aeron-dir", paramLabel = "DIR", description = "Directory of the media driver to use.")
    private String aeronDirectory;

    @Option(
            names = "--credentials",
            paramLabel = "FILE",
            description = "File with the name and secret to log in with at the sequencer.")
    private String credentials;

    @Option(names = "--timeout", paramLabel = "TIME", description = "How long to wait for an answer, as 10s.")
    private String timeout;

    /**
     * Whether the configuration is only to be shown.
     *
     * @return true with {@code --print-config}
     */
    public boolean printOnly() {
        return configuration.printOnly();
    }

    /**
     * The folder of the system that is called.
     *
     * @param terminal whose environment tells the user's folders
     * @return an absolute path
     */
    public Path directory(final Terminal terminal) {
        return configuration.directory(terminal);
    }

    /**
     * Reads and freezes the configuration.
     *
     * @param terminal whose environment tells profile and folders
     * @return the configuration
     */
    public Configuration read(final Terminal terminal) {
        final Path endpoints = StateDirectory.endpointsFile(directory(terminal));
        final Map<String, String> flags = new LinkedHashMap<>();
        put(flags, Settings.CLIENT_SEQUENCER_ENDPOINTS, sequencer);
        put(flags, Settings.CLIENT_GATEWAY_CHANNEL, gateway);
        put(flags, Settings.CLIENT_AERON_DIRECTORY, aeronDirectory);
        put(flags, Settings.CLIENT_CREDENTIALS_FILE, credentials);
        put(flags, Settings.CLIENT_TIMEOUT, timeout);
        return configuration.read(
                terminal, Files.isRegularFile(endpoints) ? List.of(Source.file(endpoints)) : List.of(), flags);
    }

    private static void put(final Map<String, String> flags, final Setting<?> setting, final String text) {
        if (text != null) {
            flags.put(setting.name(), text);
        }
    }
}
