package io.fencegate.benchmarks;

import io.fencegate.app.cli.Failures;
import io.fencegate.app.cli.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The clock: {@code ./fencegate bench}. The launcher starts it with {@code bench} as the first word. */
@Command(name = "fencegate", description = "Measures Fencegate.")
public final class Bench implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    private Bench() {}

    /**
     * Runs a benchmark and ends the process with its exit code.
     *
     * @param args of the command line
     */
    public static void main(final String[] args) {
        System.exit(run(Terminal.ofProcess(), args));
    }

    /**
     * Runs a benchmark.
     *
     * @param terminal that it talks to
     * @param args {@code bench} and what follows
     * @return the exit code
     */
    public static int run(final Terminal terminal, final String... args) {
        final Failures failures = new Failures(terminal);
        final CommandLine bench = new CommandLine(new BenchCommand())
                .addSubcommand(new IpcCommand(terminal))
                .addSubcommand(new TableCommand(terminal));
        return new CommandLine(new Bench())
                .addSubcommand("bench", bench)
                .setExpandAtFiles(false)
                .setOut(terminal.outWriter())
                .setErr(terminal.errWriter())
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures)
                .execute(args);
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "no command was given");
    }
}
