package io.fencegate.verification;

import io.fencegate.app.cli.Failures;
import io.fencegate.app.cli.Terminal;
import io.fencegate.verification.resilience.ResilienceCommand;
import io.fencegate.verification.simulator.seeds.VerifyCommand;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Fault lab and simulator: {@code ./fencegate chaos} and {@code ./fencegate verify}, as the launcher starts them. */
@Command(name = "fencegate", description = "Breaks Fencegate, and proves it.")
public final class Verification implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    private Verification() {}

    /**
     * Runs a command and ends the process with its exit code.
     *
     * @param args of the command line
     */
    public static void main(final String[] args) {
        System.exit(run(Terminal.ofProcess(), args));
    }

    /**
     * Runs a command.
     *
     * @param terminal that it talks to
     * @param args {@code chaos} or {@code verify}, and what follows
     * @return the exit code
     */
    public static int run(final Terminal terminal, final String... args) {
        final Failures failures = new Failures(terminal);
        final CommandLine chaos = new CommandLine(new ChaosCommand()).addSubcommand(new ResilienceCommand(terminal));
        return new CommandLine(new Verification())
                .addSubcommand("chaos", chaos)
                .addSubcommand(new VerifyCommand(terminal))
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
