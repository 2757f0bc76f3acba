package io.fencegate.app.roles;

import io.fencegate.app.cli.Terminal;
import io.fencegate.app.config.Configuration;
import io.fencegate.app.config.Settings;
import io.fencegate.app.launch.Admissions;
import io.fencegate.app.launch.Assembly;
import io.fencegate.app.launch.Drivers;
import io.fencegate.app.launch.Endpoints;
import io.fencegate.app.launch.Gateways;
import io.fencegate.app.launch.SealKeyFile;
import io.fencegate.app.launch.Sequencers;
import io.fencegate.app.launch.StateDirectory;
import io.fencegate.sequencer.login.Admission;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code up}: the whole system in one process. */
@Command(
        name = "up",
        description = "Run the whole system in this process until Ctrl-C: sequencer, media driver and gateway."
                + " The other commands find it through its folder (--dir).",
        footer = {
            "",
            "Example, and then in another terminal:",
            "  $ fencegate up",
            "  $ fencegate acquire orders",
            "",
            "Exit codes: 0 ended by Ctrl-C or SIGTERM; 2 wrong usage or configuration, no space in "
                    + "memory, a directory in use; 3 no leader was found; 4 the journal is damaged; 5 stopped by "
                    + "an impossible state or a failed sync; 6 the cluster was lost."
        })
public final class UpCommand extends RoleCommand {
    @Option(names = "--nodes", paramLabel = "N", description = "Nodes of the sequencer: 1, 3 (default) or 5.")
    private String nodes;

    /**
     * The command.
     *
     * @param terminal that it talks to
     */
    public UpCommand(final Terminal terminal) {
        super(terminal, "up");
    }

    @Override
    protected Map<String, String> flags() {
        return nodes == null ? Map.of() : Map.of(Settings.SEQUENCER_NODES.name(), nodes);
    }

    @Override
    protected Endpoints launch(final Configuration configuration, final Path directory, final Assembly assembly) {
        // 1. The folder is ours, and has a key.
        assembly.add(StateDirectory.claim(directory, "up"));
        final SealKeyFile keys = keys(configuration, directory);

        // 2. What moves the messages of the gateway and its clients.
        final String aeronDirectory =
                Drivers.launch(configuration, directory, assembly).aeronDirectoryName();

        // 3. What grants.
        final Admission admission = Admissions.configured(configuration);
        final String sequencer =
                Sequencers.launch(configuration, StateDirectory.sequencer(directory), keys::all, admission, assembly);
        Admissions.announce(admission, terminal());

        // 4. What fences.
        Gateways.announce(
                Gateways.launch(configuration, directory, aeronDirectory, Optional.of(keys), terminal(), assembly),
                true,
                terminal());

        // 5. Now the others may come.
        final Endpoints endpoints = new Endpoints()
                .with(Settings.CLIENT_AERON_DIRECTORY, aeronDirectory)
                .with(Settings.CLIENT_SEQUENCER_ENDPOINTS, sequencer)
                .with(Settings.CLIENT_GATEWAY_CHANNEL, Gateways.CHANNEL);
        configuration
                .get(Settings.MEMORY_DIRECTORY)
                .ifPresent(memory -> endpoints.with(Settings.MEMORY_DIRECTORY, memory.toString()));
        assembly.add(endpoints.write(directory));
        terminal().say("up: dir=" + directory + "; in another terminal try: fencegate acquire orders");
        return endpoints;
    }

    private static SealKeyFile keys(final Configuration configuration, final Path directory) {
        return SealKeyFile.configured(configuration).orElseGet(() -> {
            final Path own = StateDirectory.sealKey(directory);
            if (!Files.exists(own)) {
                SealKeyFile.create(own);
            }
            return new SealKeyFile(own);
        });
    }
}
