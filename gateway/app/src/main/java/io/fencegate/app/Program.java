package io.fencegate.app;

import io.fencegate.app.cli.Failures;
import io.fencegate.app.cli.Terminal;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * What the launcher starts: a program whose first word names its command, and that does nothing without one.
 *
 * <p>The main thread.
 */
public abstract class Program implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    /** A program that was not run. */
    protected Program() {}

    @Override
    public final Integer call() {
        throw new ParameterException(spec.commandLine(), "no command was given");
    }

    /**
     * Runs the command that is named, and tells of whatever goes wrong in a sentence.
     *
     * @param commands builds the program with its commands
     * @param terminal that it talks to
     * @param args of the command line
     * @return the exit code
     */
    protected static int run(final Supplier<CommandLine> commands, final Terminal terminal, final String... args) {
        final Failures failures = new Failures(terminal);
        try {
            return commands.get()
                    .setExpandAtFiles(false)
                    .setOut(terminal.outWriter())
                    .setErr(terminal.errWriter())
                    .setParameterExceptionHandler(failures)
                    .setExecutionExceptionHandler(failures)
                    .execute(args);
        } catch (final Throwable impossible) {
            return failures.report(impossible, false);
        }
    }
}
