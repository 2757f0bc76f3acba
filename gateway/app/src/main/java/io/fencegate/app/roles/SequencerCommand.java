package io.fencegate.app.roles;

import io.fencegate.app.cli.Terminal;
import io.fencegate.app.config.Configuration;
import io.fencegate.app.config.Settings;
import io.fencegate.app.launch.Admissions;
import io.fencegate.app.launch.Assembly;
import io.fencegate.app.launch.Endpoints;
import io.fencegate.app.launch.SealKeyFile;
import io.fencegate.app.launch.Sequencers;
import io.fencegate.app.launch.StateDirectory;
import io.fencegate.core.grant.SealKey;
import io.fencegate.sequencer.login.Admission;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sequencer}: grants leases. */
@Command(
        name = "sequencer",
        description = "Run a sequencer until Ctrl-C: all its nodes in this process, or one of them (--node).",
        footer = {
            "",
            "Example, on the first of three machines:",
            "  $ fencegate sequencer --node 0 --set sequencer.members=a:9000,b:9000,c:9000",
            "",
            "Exit codes: 0 ended by Ctrl-C or SIGTERM; 2 wrong usage or configuration, a key that is missing, no space in "
                    + "memory, a directory in use; 3 no leader was found; 5 stopped by an impossible state; 6 the "
                    + "cluster was lost."
        })
public final class SequencerCommand extends RoleCommand {
    @Option(
            names = "--node",
            paramLabel = "I",
            description = "Run only this node of a deployed sequencer, from 0; sequencer.members names them all.")
    private Integer node;

    @Option(names = "--nodes", paramLabel = "N", description = "Nodes: 1, 3 (default) or 5.")
    private String nodes;

    /**
     * The command.
     *
     * @param terminal that it talks to
     */
    public SequencerCommand(final Terminal terminal) {
        super(terminal, "sequencer");
    }

    @Override
    protected Map<String, String> flags() {
        return nodes == null ? Map.of() : Map.of(Settings.SEQUENCER_NODES.name(), nodes);
    }

    @Override
    protected Endpoints launch(final Configuration configuration, final Path directory, final Assembly assembly) {
        final Path own = StateDirectory.sequencer(directory);
        final SealKey.Source keys = SealKeyFile.configured(configuration)
                .<SealKey.Source>map(file -> file::all)
                .orElseGet(SealKey.Source::of);
        final Admission admission = Admissions.configured(configuration);
        final String endpoints = node == null
                ? Sequencers.launch(configuration, own, keys, admission, assembly)
                : Sequencers.launchNode(configuration, node, own, keys, admission, assembly);
        Admissions.announce(admission, terminal());
        return new Endpoints().with(Settings.CLIENT_SEQUENCER_ENDPOINTS, endpoints);
    }
}
