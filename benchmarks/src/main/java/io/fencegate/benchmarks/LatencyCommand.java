package io.fencegate.benchmarks;

import io.fencegate.app.cli.CommandException;
import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.cli.OutputOptions;
import io.fencegate.app.cli.Terminal;
import io.fencegate.benchmarks.latency.Load;
import io.fencegate.benchmarks.latency.LoadRun;
import io.fencegate.benchmarks.latency.subject.Transport;
import io.fencegate.benchmarks.measure.Measure;
import io.fencegate.benchmarks.measure.Outcome;
import io.fencegate.benchmarks.report.Environment;
import io.fencegate.benchmarks.report.ResultsFolder;
import io.fencegate.benchmarks.report.Table;
import io.fencegate.benchmarks.rig.Effort;
import io.fencegate.benchmarks.rig.Results;
import io.fencegate.benchmarks.rig.Run;
import io.fencegate.codecs.WireLimits;
import io.fencegate.storage.durability.Durability;
import io.fencegate.storage.session.SessionLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench latency}: latencies of writes under whatever load the user names. */
@Command(
        name = "latency",
        description =
                "Measure latencies of writes under loads of your own: every transport with every durability, length,"
                        + " number of writers and rate. Lists are separated by commas.",
        footer = {
            "",
            "With --rate, a latency is counted from the time at which its message should have been sent, whatever the"
                    + " answers before it did; a rate that was not held makes a failed row. Without, each writer waits"
                    + " for its answer (closed loop).",
            "Exit codes: 0 measured; 2 wrong usage; 4 a rate was missed or an answer was wrong; 130 stopped by Ctrl-C."
        })
final class LatencyCommand implements Callable<Integer> {
    private static final int MESSAGE_LENGTH_MIN = 2 * Long.BYTES;
    private static final long RATE_MAX = 100_000_000;
    private static final int SECONDS_MAX = 86_400;

    private final Terminal terminal;
    private final Interruption interruption;

    @Spec
    private CommandSpec spec;

    @Mixin
    private OutputOptions output;

    @Mixin
    private IdleOptions idle;

    @Option(names = "--transport", split = ",", defaultValue = "ipc", description = "ipc, udp (default: ipc).")
    private List<Transport> transports;

    @Option(
            names = "--length",
            split = ",",
            defaultValue = "64",
            description = "Bytes of a message (default: ${DEFAULT-VALUE}).")
    private List<Integer> lengths;

    @Option(
            names = "--writers",
            split = ",",
            defaultValue = "1",
            description = "Writers, each with a session and a resource of its own; one thread is the client of all"
                    + " (default: ${DEFAULT-VALUE}).")
    private List<Integer> writers;

    @Option(
            names = "--durability",
            split = ",",
            defaultValue = "process",
            description = "What an answer waits for: process, disk (default: process).")
    private List<Durability> durabilities;

    @Option(
            names = "--rate",
            split = ",",
            description = "Messages a second, of all writers together (default: closed loop).")
    private List<Long> rates;

    @Option(names = "--seconds", defaultValue = "5", description = "That count (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--warmup", defaultValue = "2", description = "Seconds before (default: ${DEFAULT-VALUE}).")
    private int warmup;

    @Option(
            names = "--dir",
            defaultValue = "${sys:java.io.tmpdir}",
            description = "Where journals lie while it runs: the disk that is measured (default: ${DEFAULT-VALUE}).")
    private Path directory;

    @Option(
            names = "--results",
            paramLabel = "DIR",
            description =
                    "Keep table, environment, distributions and plots in this folder, which must be new or empty.")
    private Path resultsFolder;

    LatencyCommand(final Terminal terminal, final Interruption interruption) {
        this.terminal = terminal;
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws IOException {
        checkAll();
        final Environment environment = Environment.look();
        final ResultsFolder kept = folder(environment);
        final Run run = new Run(
                directory,
                Effort.FULL,
                idle.idling(environment.cores()),
                kept == null ? Results.NONE : kept,
                interruption::isStopped,
                what -> terminal.say("measuring " + what));
        if (!output.json()) {
            terminal.print(environment.toJson().toString());
        }
        interruption.watch(terminal);
        final List<Measure> rows = measure(run, kept, "Latencies, " + environment.commit());
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

    private List<Measure> measure(final Run run, final ResultsFolder kept, final String title) {
        final LoadRun loads = new LoadRun(run, TimeUnit.SECONDS.toNanos(warmup), TimeUnit.SECONDS.toNanos(seconds));
        final List<Measure> rows = new ArrayList<>();
        for (final Load load : loads()) {
            if (run.isStopped()) {
                break;
            }
            rows.addAll(loads.measure(load, rates == null ? List.of(Load.CLOSED) : rates));
            if (kept != null) {
                kept.rows(title, rows);
            }
        }
        return rows;
    }

    private List<Load> loads() {
        final List<Load> loads = new ArrayList<>();
        for (final Transport transport : transports) {
            for (final Durability durability : durabilities) {
                for (final int length : lengths) {
                    writers.forEach(count -> loads.add(new Load(transport, length, count, durability)));
                }
            }
        }
        return loads;
    }

    private void checkAll() {
        final int sessionsMax = SessionLimits.DEFAULT.sessionsMax();
        lengths.forEach(length -> check("--length", length, MESSAGE_LENGTH_MIN, WireLimits.PAYLOAD_LENGTH_MAX));
        for (final int count : writers) {
            if (count > sessionsMax) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--writers=" + count + " are more than the gateway allows sessions: sessionsMax="
                                + sessionsMax);
            }
            check("--writers", count, 1, sessionsMax);
        }
        if (rates != null) {
            rates.forEach(rate -> check("--rate", rate, 1, RATE_MAX));
        }
        check("--seconds", seconds, 1, SECONDS_MAX);
        check("--warmup", warmup, 0, SECONDS_MAX);
    }

    private void check(final String option, final long value, final long min, final long max) {
        if (value < min || value > max) {
            throw new ParameterException(
                    spec.commandLine(), option + "=" + value + " is out of range: " + min + " to " + max);
        }
    }

    private ResultsFolder folder(final Environment environment) throws IOException {
        if (resultsFolder == null) {
            return null;
        }
        try {
            return new ResultsFolder(resultsFolder, environment);
        } catch (final IllegalArgumentException notEmpty) {
            throw new CommandException(ExitCode.USAGE, notEmpty.getMessage());
        }
    }
}
