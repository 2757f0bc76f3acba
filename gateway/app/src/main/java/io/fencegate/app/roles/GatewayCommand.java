package io.fencegate.app.roles;

import io.fencegate.app.cli.Terminal;
import io.fencegate.app.config.Configuration;
import io.fencegate.app.config.Settings;
import io.fencegate.app.launch.Assembly;
import io.fencegate.app.launch.Drivers;
import io.fencegate.app.launch.Endpoints;
import io.fencegate.app.launch.Gateways;
import io.fencegate.app.launch.SealKeyFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;

/** {@code gateway}: takes fenced writes. */
@Command(
        name = "gateway",
        description = "Run a gateway with the media driver of the same --dir (or aeron.dir), until Ctrl-C.",
        footer = {
            "",
            "Example, beside a driver of the same --dir:",
            "  $ fencegate gateway --dir /var/lib/fencegate --config gateway.properties",
            "",
            "Exit codes: 0 ended by Ctrl-C or SIGTERM; 2 wrong usage or configuration, no space in "
                    + "memory, a directory in use; 4 the journal is damaged; 5 stopped by an impossible state or a "
                    + "failed sync; 6 the media driver is not there, or was lost."
        })
public final class GatewayCommand extends RoleCommand {
    /**
     * The command.
     *
     * @param terminal that it talks to
     */
    public GatewayCommand(final Terminal terminal) {
        super(terminal, "gateway");
    }

    @Override
    protected Map<String, String> flags() {
        return Map.of();
    }

    @Override
    protected Endpoints launch(final Configuration configuration, final Path directory, final Assembly assembly) {
        final String aeronDirectory =
                Drivers.directory(configuration, directory).toString();
        final Optional<SealKeyFile> keys = SealKeyFile.configured(configuration);
        Gateways.announce(
                Gateways.launch(configuration, directory, aeronDirectory, keys, terminal(), assembly),
                keys.isPresent(),
                terminal());
        return new Endpoints()
                .with(Settings.CLIENT_AERON_DIRECTORY, aeronDirectory)
                .with(Settings.CLIENT_GATEWAY_CHANNEL, Gateways.CHANNEL);
    }
}
