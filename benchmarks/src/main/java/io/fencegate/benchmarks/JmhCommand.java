package io.fencegate.benchmarks;

import io.fencegate.app.cli.Terminal;
import io.fencegate.benchmarks.measure.Goal;
import io.fencegate.benchmarks.measure.Measure;
import io.fencegate.benchmarks.rig.Effort;
import io.fencegate.benchmarks.rig.Idling;
import io.fencegate.benchmarks.rig.Run;
import io.fencegate.benchmarks.rig.Scratch;
import io.fencegate.benchmarks.steps.write.Step;
import io.fencegate.benchmarks.steps.write.StepRuns;
import io.fencegate.benchmarks.steps.write.StepsRig;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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

    @Mixin
    private RunOptions options;

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

    JmhCommand(final Terminal terminal, final Interruption interruption) {
        this.terminal = terminal;
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws IOException {
        options.check("--iteration", iterationMs, 1, 60_000);
        options.check("--forks", forks, 1, 100);
        final List<Step> steps = chosen();
        final Sheet sheet = options.begin("Steps of a write", terminal, interruption);
        sheet.measure(
                "steps",
                Effort.FULL,
                Idling.fitting(sheet.cores()),
                run -> measure(run, steps),
                (outcome, reason) -> List.of(
                        new Measure("", "steps of a write", Goal.reported(), outcome, List.of(), List.of(reason))));
        return sheet.show();
    }

    private List<Measure> measure(final Run run, final List<Step> steps) throws Exception {
        try (Scratch scratch = run.scratch()) {
            return StepsRig.measure(run, new StepRuns(scratch, forks, WARMUPS, ITERATIONS, iterationMs), steps);
        }
    }

    private List<Step> chosen() {
        final String wanted = pattern.toLowerCase(Locale.ROOT);
        final List<Step> steps = Step.all().stream()
                .filter(step -> step.label().toLowerCase(Locale.ROOT).contains(wanted))
                .toList();
        if (steps.isEmpty()) {
            throw options.wrong("no step is named like this: " + pattern);
        }
        return steps;
    }
}
