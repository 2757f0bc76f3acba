package io.fencegate.verification.capacity;

import io.fencegate.app.cli.CommandException;
import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.cli.OutputOptions;
import io.fencegate.app.cli.Terminal;
import io.fencegate.app.process.Stage;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code chaos capacity}: what as many leases as a sequencer may hold do to it. */
@Command(
        name = "capacity",
        description =
                "Fill a sequencer with leases, let all of them end at once, and snapshot and start it when it is full:"
                        + " tell how long callbacks and commands take meanwhile, and what a lease takes of memory.",
        footer = {
            "",
            "A million leases need more memory than commands get by default:",
            "  $ FENCEGATE_JVM_ARGS=-Xmx6g fencegate chaos capacity",
            "",
            "Exit codes: 0 leases were kept and ended as they must, and no leader was lost; 2 wrong usage; 4 else."
        })
public final class CapacityCommand implements Callable<Integer> {
    private static final long BYTES_PER_LEASE_MAX = 1_500;
    private static final int NAME_LENGTH_MIN = 9;
    private static final int NAME_LENGTH_MAX = 128;
    private static final int LEASES_MAX = 9_000_000;
    private static final int WORK_PER_TICK_MAX = 1_000;

    private final Terminal terminal;

    @Mixin
    private OutputOptions output;

    @Option(names = "--leases", paramLabel = "N", defaultValue = "1000000", description = "Default: ${DEFAULT-VALUE}.")
    private int leases;

    @Option(
            names = "--clients",
            paramLabel = "N",
            description = "Clients that hold them, as many each; default: each lease has a client of its own.")
    private Integer clients;

    @Option(
            names = "--name-length",
            paramLabel = "BYTES",
            defaultValue = "128",
            description = "Length of the leases' names, 9 to 128; default: ${DEFAULT-VALUE}.")
    private int nameLength;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            defaultValue = "1",
            description = "Nodes of the cluster, all in this process: 1, 3 or 5; default: ${DEFAULT-VALUE}.")
    private int nodes;

    @Option(names = "--service", description = "Only the sequencer's service, without a cluster.")
    private boolean serviceOnly;

    @Option(names = "--keep", paramLabel = "DIR", description = "Run in this new folder and keep it.")
    private Path keep;

    @Option(names = "--profile", hidden = true, description = "Chosen by the launcher.")
    private String profile;

    /**
     * The command.
     *
     * @param terminal that it talks to
     */
    public CapacityCommand(final Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        final Load load = load();
        terminal.say("filling the service with " + leases + " leases, and ending them ...");
        final ServiceFigures service = new ServiceRun(load).run();
        print(CapacityTable.rows(load, service));
        boolean holds = service.granted() == leases && service.ticks().workMost() <= WORK_PER_TICK_MAX;
        if (!serviceOnly) {
            try (Stage stage = Stage.open(keep, "fencegate-capacity-")) {
                final ClusterRun run = new ClusterRun(load, nodes, stage.directory());
                terminal.say("filling a cluster, and starting it again from a snapshot ...");
                final ClusterFigures cluster = run.snapshotAndStart();
                print(CapacityTable.rows(nodes, load, cluster));
                holds &= cluster.termsLost() == 0 && cluster.leasesLoaded() == leases;
                terminal.say("filling a cluster, and ending all leases at once ...");
                print(CapacityTable.rows(run.expire(cluster.fillNs())));
            }
        }
        return (holds ? ExitCode.DONE : ExitCode.VIOLATION).code();
    }

    private Load load() {
        final int holders = clients == null ? leases : clients;
        if (leases < 1
                || leases > LEASES_MAX
                || holders < 1
                || holders > leases
                || nameLength < NAME_LENGTH_MIN
                || nameLength > NAME_LENGTH_MAX) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "no such load: --leases " + leases + " --clients " + holders + " --name-length " + nameLength
                            + "; at most " + LEASES_MAX + " leases, and as many clients");
        }
        final long needed = leases * BYTES_PER_LEASE_MAX * (serviceOnly ? 1 : nodes);
        final long there = Runtime.getRuntime().maxMemory();
        if (needed > there) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "too many leases for this memory: needed=" + needed + " there=" + there
                            + "; set FENCEGATE_JVM_ARGS=-Xmx" + (needed >> 30) + "g or more");
        }
        return new Load(leases, holders, nameLength);
    }

    private void print(final List<CapacityTable.Row> rows) {
        rows.forEach(row -> terminal.print(output.json() ? row.json().toString() : row.line()));
        terminal.flush();
    }
}
