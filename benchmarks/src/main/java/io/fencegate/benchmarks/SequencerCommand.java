package io.fencegate.benchmarks;

import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.cli.OutputOptions;
import io.fencegate.app.cli.Terminal;
import io.fencegate.benchmarks.measure.Goal;
import io.fencegate.benchmarks.measure.Measure;
import io.fencegate.benchmarks.measure.Outcome;
import io.fencegate.benchmarks.report.Environment;
import io.fencegate.benchmarks.report.Table;
import io.fencegate.benchmarks.rig.Effort;
import io.fencegate.benchmarks.rig.Idling;
import io.fencegate.benchmarks.rig.Results;
import io.fencegate.benchmarks.rig.Run;
import io.fencegate.benchmarks.rig.WrongAnswerException;
import io.fencegate.benchmarks.sequencer.AcquireRig;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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

    @Spec
    private CommandSpec spec;

    @Mixin
    private OutputOptions output;

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
            names = "--dir",
            defaultValue = "${sys:java.io.tmpdir}",
            description = "Where logs lie while it runs: the disk that is measured (default: ${DEFAULT-VALUE}).")
    private Path directory;

    SequencerCommand(final Terminal terminal, final Interruption interruption) {
        this.terminal = terminal;
        this.interruption = interruption;
    }

    @Override
    public Integer call() {
        check(NODES.contains(nodes), "--nodes=" + nodes + " is none of 1, 3, 5");
        check(fileSyncLevel == 0 || fileSyncLevel == 1, "--sync=" + fileSyncLevel + " is none of 0, 1");
        check(
                messages >= 1 && messages <= MESSAGES_MAX,
                "--messages=" + messages + " is out of range: 1 to " + MESSAGES_MAX);
        final Environment environment = Environment.look();
        if (!output.json()) {
            terminal.print(environment.toJson().toString());
        }
        interruption.watch(terminal);
        final List<Measure> rows = measure();
        if (output.json()) {
            rows.forEach(row -> terminal.print(
                    Table.json(row).put("environment", environment.toJson()).toString()));
        } else {
            Table.text(rows).forEach(terminal::print);
        }
        if (rows.stream().anyMatch(row -> row.outcome() == Outcome.FAILED)) {
            return ExitCode.VIOLATION.code();
        }
        return interruption.isStopped() ? Interruption.EXIT_CODE : ExitCode.DONE.code();
    }

    private List<Measure> measure() {
        final Run run = new Run(
                directory,
                Effort.FULL,
                Idling.BACKOFF,
                Results.NONE,
                interruption::isStopped,
                what -> terminal.say("measuring " + what));
        try {
            return AcquireRig.measure(run, nodes, fileSyncLevel, messages);
        } catch (final WrongAnswerException wrong) {
            return failed(wrong.getMessage());
        } catch (final Exception failure) {
            return failed("the rig broke: " + failure);
        }
    }

    private List<Measure> failed(final String reason) {
        return List.of(Measure.failed("P8", "leases, nodes=" + nodes, Goal.reported(), reason));
    }

    private void check(final boolean holds, final String sentence) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), sentence);
        }
    }
}
