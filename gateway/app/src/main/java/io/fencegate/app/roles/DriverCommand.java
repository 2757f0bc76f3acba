package io.fencegate.app.roles;

import io.fencegate.app.cli.Terminal;
import io.fencegate.app.config.Configuration;
import io.fencegate.app.config.Settings;
import io.fencegate.app.launch.Assembly;
import io.fencegate.app.launch.Drivers;
import io.fencegate.app.launch.Endpoints;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code driver}: moves messages. */
@Command(
        name = "driver",
        description = "Run a media driver, which a gateway and its clients on this machine share, until Ctrl-C.",
        footer = {
            "",
            "Example:",
            "  $ fencegate driver --dir /var/lib/fencegate",
            "",
            "Exit codes: 0 ended by Ctrl-C or SIGTERM; 2 wrong usage or configuration, no space in "
                    + "memory, a directory in use; 5 stopped by an impossible state."
        })
public final class DriverCommand extends RoleCommand {
    /**
     * The command.
     *
     * @param terminal that it talks to
     */
    public DriverCommand(final Terminal terminal) {
        super(terminal, "driver");
    }

    @Override
    protected Map<String, String> flags() {
        return Map.of();
    }

    @Override
    protected Endpoints launch(final Configuration configuration, final Path directory, final Assembly assembly) {
        return new Endpoints()
                .with(
                        Settings.CLIENT_AERON_DIRECTORY,
                        Drivers.launch(configuration, directory, assembly).aeronDirectoryName());
    }
}
