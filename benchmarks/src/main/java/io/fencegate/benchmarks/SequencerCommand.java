package io.fencegate.benchmarks;

import io.fencegate.app.cli.Terminal;
import io.fencegate.benchmarks.measure.Goal;
import io.fencegate.benchmarks.measure.Measure;
import io.fencegate.benchmarks.rig.Effort;
import io.fencegate.benchmarks.rig.Idling;
import io.fencegate.benchmarks.sequencer.AcquireRig;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench sequencer}: leases on clusters of the user's choice. */
@Command(
        name = "sequencer",
        description = "Measure leases at a sequencer in turns with a cluster, of as many nodes, that only echoes.",
        footer = {
            "",
            "Exit codes: 0 measured; 2 wrong usage; 4 an answer was wrong or a cluster broke; 130 stopped by Ctrl-C."
        })
final class SequencerCommand implements Callable<Integer> {
    private static final Set<Integer> NODES = Set.of(1, 3, 5);
    private static final int MESSAGES_MAX = 10_000_000;

    private final Terminal terminal;
    private final Interruption interruption;

    @Mixin
    private RunOptions options;

    @Option(names = "--nodes", defaultValue = "3", description = "Of each cluster: 1, 3, 5 (default: 3).")
    private int nodes;

    @Option(
            names = "--sync",
            defaultValue = "0",
            description = "Logs of the clusters: 0 page cache, 1 synced (default: 0).")
    private int fileSyncLevel;

    @Option(
            names = "--messages",
            defaultValue = "500",
            description = "Acquires that count, rounded up to whole blocks (default: ${DEFAULT-VALUE}).")
    private int messages;

    @Option(
            names = "--awake",
            description =
                    "No thread of a cluster sleeps, all yield, so that sleeps hide nothing (default: they idle as they"
                            + " are shipped).")
    private boolean isAwake;

    SequencerCommand(final Terminal terminal, final Interruption interruption) {
        this.terminal = terminal;
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws IOException {
        if (!NODES.contains(nodes)) {
            throw options.wrong("--nodes=" + nodes + " is none of 1, 3, 5");
        }
        options.check("--sync", fileSyncLevel, 0, 1);
        options.check("--messages", messages, 1, MESSAGES_MAX);
        final Sheet sheet = options.begin("Leases", terminal, interruption);
        sheet.measure(
                "sequencer",
                Effort.FULL,
                isAwake ? Idling.YIELD : Idling.BACKOFF,
                run -> AcquireRig.measure(run, nodes, fileSyncLevel, messages),
                (outcome, reason) -> List.of(new Measure(
                        "P8", "leases, nodes=" + nodes, Goal.reported(), outcome, List.of(), List.of(reason))));
        return sheet.show();
    }
}
