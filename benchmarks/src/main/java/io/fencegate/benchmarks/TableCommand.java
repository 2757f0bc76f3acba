package io.fencegate.benchmarks;

import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.cli.JsonObject;
import io.fencegate.app.cli.OutputOptions;
import io.fencegate.app.cli.Terminal;
import io.fencegate.benchmarks.measure.Spread;
import io.fencegate.benchmarks.report.Environment;
import io.fencegate.benchmarks.table.FenceTableBenchmark;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench table}: the check of a write beside a dependent read of memory, each in a JVM of its own, in turns. */
@Command(
        name = "table",
        description = "Measure the check of a write in tables of several sizes, in random order, beside one dependent"
                + " read of a cache line from as much memory (JMH; each block is a JVM of its own).")
final class TableCommand implements Callable<Integer> {
    private static final int NAMES_MAX = 50_000_000;

    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Mixin
    private OutputOptions output;

    @Option(
            names = "--resources",
            split = ",",
            defaultValue = "1000,1000000,10000000",
            description = "Sizes of the table (default: ${DEFAULT-VALUE}).")
    private List<Integer> resources;

    @Option(
            names = "--blocks",
            defaultValue = "10",
            description = "Blocks of check and of floor, in turns (default: ${DEFAULT-VALUE}).")
    private int blocks;

    @Option(
            names = "--payload",
            defaultValue = "0",
            description = "Bytes whose checksum each check computes too (default: ${DEFAULT-VALUE}).")
    private int payload;

    @Option(
            names = "--iteration",
            defaultValue = "1000",
            description = "Milliseconds of one iteration; a block warms up for two and measures three"
                    + " (default: ${DEFAULT-VALUE}).")
    private int iterationMs;

    TableCommand(final Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        check("--blocks", blocks, 1, 1_000);
        check("--payload", payload, 0, 1 << 20);
        check("--iteration", iterationMs, 1, 60_000);
        resources.forEach(size -> check("--resources", size, 1, NAMES_MAX));
        // Two builds on one machine may measure at once: the answers stay right, and the ratios bear it.
        System.setProperty("jmh.ignoreLock", "true");
        final Environment environment = Environment.look();
        if (!output.json()) {
            terminal.print("check of a write against a dependent read of one cache line; random order, payload="
                    + payload + " bytes, blocks=" + blocks + " of each in turns, one JVM a block");
            terminal.print(environment.toJson().toString());
        }
        for (final int size : resources) {
            report(environment, size);
        }
        return ExitCode.DONE.code();
    }

    private void check(final String option, final int value, final int min, final int max) {
        if (value < min || value > max) {
            throw new ParameterException(
                    spec.commandLine(), option + "=" + value + " is out of range: " + min + " to " + max);
        }
    }

    private void report(final Environment environment, final int size) {
        final double[] checks = new double[blocks];
        final double[] floors = new double[blocks];
        final double[] ratios = new double[blocks];
        for (int i = 0; i < blocks; i++) {
            final boolean floorFirst = (i & 1) == 0;
            final double first = block(floorFirst ? "floor" : "check", size);
            final double second = block(floorFirst ? "check" : "floor", size);
            floors[i] = floorFirst ? first : second;
            checks[i] = floorFirst ? second : first;
            ratios[i] = checks[i] / floors[i];
        }
        final Spread check = Spread.of(checks);
        final Spread floor = Spread.of(floors);
        final Spread ratio = Spread.of(ratios);
        if (output.json()) {
            terminal.print(new JsonObject()
                    .put("measure", "table")
                    .put("resources", size)
                    .put("blocks", blocks)
                    .put("payloadLength", payload)
                    .put("ratio", Figures.json(ratio))
                    .put("checkNs", Figures.json(check))
                    .put("floorNs", Figures.json(floor))
                    .put("environment", environment.toJson())
                    .toString());
        } else {
            terminal.print(String.format(
                    Locale.ROOT,
                    "resources=%-9d ratio %s   check %s ns   floor %s ns",
                    size,
                    Figures.text(ratio),
                    Figures.text(check),
                    Figures.text(floor)));
        }
    }

    /** One block in a JVM of its own. @return nanoseconds an operation */
    private double block(final String subject, final int size) {
        final ChainedOptionsBuilder options = new OptionsBuilder()
                .include(FenceTableBenchmark.class.getName() + "." + subject + "$")
                .param("resources", Integer.toString(size))
                .param("payloadLength", Integer.toString(payload))
                .warmupTime(TimeValue.milliseconds(iterationMs))
                .measurementTime(TimeValue.milliseconds(iterationMs))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        try {
            return new Runner(options.build()).runSingle().getPrimaryResult().getScore();
        } catch (final RunnerException e) {
            throw new IllegalStateException("the benchmark failed: subject=" + subject + " resources=" + size, e);
        }
    }
}
