package io.fencegate.benchmarks;

import io.fencegate.app.cli.CommandException;
import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.cli.OutputOptions;
import io.fencegate.app.cli.Progress;
import io.fencegate.app.cli.Terminal;
import io.fencegate.benchmarks.measure.Goal;
import io.fencegate.benchmarks.measure.Measure;
import io.fencegate.benchmarks.measure.Outcome;
import io.fencegate.benchmarks.report.Environment;
import io.fencegate.benchmarks.report.ResultsFolder;
import io.fencegate.benchmarks.report.Table;
import io.fencegate.benchmarks.rig.Effort;
import io.fencegate.benchmarks.rig.Idling;
import io.fencegate.benchmarks.rig.Results;
import io.fencegate.benchmarks.rig.Rig;
import io.fencegate.benchmarks.rig.Run;
import io.fencegate.benchmarks.rig.WrongAnswerException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench}: runs the rigs that were chosen, one after the other, and prints the table. */
@Command(
        name = "bench",
        description = "Measure Fencegate beside what its parts cost: ratios of blocks that alternate in one run.",
        footer = {
            "",
            "Without a RIG: all of them. --list names them. Ctrl-C ends the run after the block under way, and the table"
                    + " shows what was measured until then.",
            "Exit codes: 0 measured, whether the goals were met or not; 2 wrong usage; 4 a measure failed or an answer was"
                    + " wrong; 130 stopped by Ctrl-C."
        })
final class BenchCommand implements Callable<Integer> {
    private static final DateTimeFormatter FOLDER_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmm");

    private final Terminal terminal;
    private final List<Rig> rigs;
    private final Interruption interruption;

    @Spec
    private CommandSpec spec;

    @Mixin
    private OutputOptions output;

    @Parameters(arity = "0..*", paramLabel = "RIG", description = "What to measure, see --list.")
    private List<String> names = List.of();

    @Option(names = "--list", description = "Name the rigs, and what each measures.")
    private boolean isList;

    @Option(
            names = "--smoke",
            description = "A moment for each rig: shows that it works on this machine; its figures mean nothing.")
    private boolean isSmoke;

    @Option(
            names = "--full",
            description = "As much as is needed for figures that are published, kept in a dated folder under"
                    + " benchmarks/results.")
    private boolean isFull;

    @Option(
            names = "--results",
            paramLabel = "DIR",
            description =
                    "Keep table, environment, distributions and plots in this folder, which must be new or empty.")
    private Path resultsFolder;

    @Mixin
    private IdleOptions idle;

    @Option(
            names = "--dir",
            defaultValue = "${sys:java.io.tmpdir}",
            description =
                    "Where journals and logs lie while it runs: the disk that is measured (default: ${DEFAULT-VALUE}).")
    private Path directory;

    BenchCommand(final Terminal terminal, final List<Rig> rigs, final Interruption interruption) {
        this.terminal = terminal;
        this.rigs = rigs;
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws IOException {
        final List<Rig> chosen = chosen();
        if (isList) {
            rigs.forEach(rig -> terminal.print(
                    String.format("%-12s %-8s %s", rig.name(), String.join(" ", rig.goals()), rig.description())));
            return ExitCode.DONE.code();
        }
        if (isSmoke && isFull) {
            throw new ParameterException(spec.commandLine(), "--smoke and --full exclude one another");
        }
        final Environment environment = Environment.look();
        final Idling idling = idle.idling(environment.cores());
        final Effort effort = isSmoke ? Effort.SMOKE : isFull ? Effort.FULL : Effort.QUICK;
        final Optional<ResultsFolder> kept = folder(environment);
        final String title = "Fencegate " + environment.commit() + ", " + environment.jdk() + ", effort="
                + effort.name().toLowerCase(Locale.ROOT) + ", idle=" + idling;
        if (!output.json()) {
            terminal.print(title);
            terminal.print(environment.toJson().toString());
        }
        interruption.watch(terminal);
        final List<Measure> rows = new ArrayList<>();
        final Results results = kept.isPresent() ? kept.get() : Results.NONE;
        for (final Rig rig : chosen) {
            rows.addAll(measure(rig, effort, idling, results));
            rows.sort(Comparator.comparingInt(BenchCommand::place));
            kept.ifPresent(folder -> folder.rows(title, rows));
        }
        show(rows, environment);
        kept.ifPresent(folder -> terminal.say("kept in " + folder.folder()));
        return exitCode(rows);
    }

    private List<Rig> chosen() {
        final List<Rig> chosen = new ArrayList<>();
        for (final String name : names) {
            chosen.add(rigs.stream()
                    .filter(rig -> rig.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new ParameterException(
                            spec.commandLine(),
                            "no such rig: " + name + "; choose of: "
                                    + rigs.stream().map(Rig::name).collect(Collectors.joining(", ")))));
        }
        return chosen.isEmpty() ? rigs : chosen;
    }

    private Optional<ResultsFolder> folder(final Environment environment) throws IOException {
        if (resultsFolder == null && !isFull) {
            return Optional.empty();
        }
        final Path folder = resultsFolder != null
                ? resultsFolder
                : Path.of(System.getProperty("fencegate.home", "."), "benchmarks", "results")
                        .resolve(LocalDateTime.now(ZoneOffset.UTC).format(FOLDER_TIME) + "-jdk"
                                + Runtime.version().feature());
        try {
            return Optional.of(new ResultsFolder(folder, environment));
        } catch (final IllegalArgumentException notEmpty) {
            throw new CommandException(ExitCode.USAGE, notEmpty.getMessage());
        }
    }

    /** One rig. What breaks in it is its own failure: it is kept as such, and the others are measured. */
    private List<Measure> measure(final Rig rig, final Effort effort, final Idling idling, final Results results) {
        if (interruption.isStopped()) {
            return broken(rig, Outcome.SKIPPED, "stopped before it began");
        }
        try (Progress progress = Progress.begin(terminal, "measuring " + rig.name())) {
            final Run run = new Run(
                    directory,
                    effort,
                    idling,
                    results,
                    interruption::isStopped,
                    what -> progress.now("measuring " + rig.name() + ": " + what));
            return rig.run(run);
        } catch (final WrongAnswerException wrong) {
            return broken(rig, Outcome.FAILED, wrong.getMessage());
        } catch (final Exception failure) {
            return broken(rig, Outcome.FAILED, "the rig broke: " + failure);
        }
    }

    private static List<Measure> broken(final Rig rig, final Outcome outcome, final String reason) {
        final List<String> ids = rig.goals().isEmpty() ? List.of("") : rig.goals();
        return ids.stream()
                .map(id -> new Measure(id, rig.description(), Goal.reported(), outcome, List.of(), List.of(reason)))
                .toList();
    }

    private void show(final List<Measure> rows, final Environment environment) {
        if (output.json()) {
            rows.forEach(row -> terminal.print(
                    Table.json(row).put("environment", environment.toJson()).toString()));
        } else {
            Table.text(rows).forEach(terminal::print);
        }
    }

    /** Rows stand in the order of their goals, those without one behind them. */
    private static int place(final Measure row) {
        return row.id().isEmpty()
                ? Integer.MAX_VALUE
                : Integer.parseInt(row.id().substring(1));
    }

    private int exitCode(final List<Measure> rows) {
        if (rows.stream().anyMatch(row -> row.outcome() == Outcome.FAILED)) {
            return ExitCode.VIOLATION.code();
        }
        return interruption.isStopped() ? Interruption.EXIT_CODE : ExitCode.DONE.code();
    }
}
