package io.fencegate.verification;

import io.fencegate.app.cli.Failures;
import io.fencegate.app.cli.Terminal;
import io.fencegate.verification.resilience.ResilienceCommand;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The fault lab: {@code ./fencegate chaos}. The launcher starts it with {@code chaos} as the first word. */
@Command(name = "fencegate", description = "Breaks Fencegate.")
public final class Chaos implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    private Chaos() {}

    /**
     * Runs a laboratory and ends the process with its exit code.
     *
     * @param args of the command line
     */
    public static void main(final String[] args) {
        System.exit(run(Terminal.ofProcess(), args));
    }

    /**
     * Runs a laboratory.
     *
     * @param terminal that it talks to
     * @param args {@code chaos} and what follows
     * @return the exit code
     */
    public static int run(final Terminal terminal, final String... args) {
        final Failures failures = new Failures(terminal);
        final CommandLine chaos = new CommandLine(new ChaosCommand()).addSubcommand(new ResilienceCommand(terminal));
        return new CommandLine(new Chaos())
                .addSubcommand("chaos", chaos)
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
