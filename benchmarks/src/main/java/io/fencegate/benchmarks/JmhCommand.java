package io.fencegate.benchmarks;

import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.cli.OutputOptions;
import io.fencegate.app.cli.Terminal;
import io.fencegate.benchmarks.measure.Measure;
import io.fencegate.benchmarks.measure.Outcome;
import io.fencegate.benchmarks.report.Environment;
import io.fencegate.benchmarks.report.Table;
import io.fencegate.benchmarks.rig.Effort;
import io.fencegate.benchmarks.rig.Idling;
import io.fencegate.benchmarks.rig.Results;
import io.fencegate.benchmarks.rig.Run;
import io.fencegate.benchmarks.rig.Scratch;
import io.fencegate.benchmarks.steps.write.Step;
import io.fencegate.benchmarks.steps.write.StepRuns;
import io.fencegate.benchmarks.steps.write.StepsRig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench jmh}: each step of one write alone, or those that the user names. */
@Command(
        name = "jmh",
        description = "Measure the steps of one write, each alone in a JVM of its own (JMH), with the bytes that it"
                + " allocates.",
        footer = {
            "",
            "Exit codes: 0 measured; 2 wrong usage; 4 a step failed or an answer was wrong; 130 stopped by Ctrl-C."
        })
final class JmhCommand implements Callable<Integer> {
    private static final int WARMUPS = 2;
    private static final int ITERATIONS = 5;

    private final Terminal terminal;
    private final Interruption interruption;

    @Spec
    private CommandSpec spec;

    @Mixin
    private OutputOptions output;

    @Parameters(
            arity = "0..1",
            paramLabel = "PATTERN",
            defaultValue = "",
            description = "Only the steps whose name holds this, in whatever case (default: all).")
    private String pattern;

    @Option(
            names = "--iteration",
            defaultValue = "500",
            description = "Milliseconds of one iteration; a JVM warms up for two and measures five"
                    + " (default: ${DEFAULT-VALUE}).")
    private int iterationMs;

    @Option(names = "--forks", defaultValue = "1", description = "JVMs for each step (default: ${DEFAULT-VALUE}).")
    private int forks;

    @Option(
            names = "--dir",
            defaultValue = "${sys:java.io.tmpdir}",
            description = "Where journals lie while it runs (default: ${DEFAULT-VALUE}).")
    private Path directory;

    JmhCommand(final Terminal terminal, final Interruption interruption) {
        this.terminal = terminal;
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws IOException {
        check("--iteration", iterationMs, 1, 60_000);
        check("--forks", forks, 1, 100);
        final List<Step> steps = chosen();
        final Environment environment = Environment.look();
        if (!output.json()) {
            terminal.print(environment.toJson().toString());
        }
        interruption.watch(terminal);
        final Run run = new Run(
                directory,
                Effort.FULL,
                Idling.fitting(environment.cores()),
                Results.NONE,
                interruption::isStopped,
                what -> terminal.say("measuring " + what));
        final List<Measure> rows;
        try (Scratch scratch = run.scratch()) {
            rows = StepsRig.measure(run, new StepRuns(scratch, forks, WARMUPS, ITERATIONS, iterationMs), steps);
        }
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

    private List<Step> chosen() {
        final String wanted = pattern.toLowerCase(Locale.ROOT);
        final List<Step> steps = Step.all().stream()
                .filter(step -> step.label().toLowerCase(Locale.ROOT).contains(wanted))
                .toList();
        if (steps.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "no step is named like this: " + pattern);
        }
        return steps;
    }

    private void check(final String option, final int value, final int min, final int max) {
        if (value < min || value > max) {
            throw new ParameterException(
                    spec.commandLine(), option + "=" + value + " is out of range: " + min + " to " + max);
        }
    }
}
