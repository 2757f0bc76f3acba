package io.fencegate.benchmarks;

import io.fencegate.app.cli.CommandException;
import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.cli.OutputOptions;
import io.fencegate.app.cli.Terminal;
import io.fencegate.benchmarks.report.Environment;
import io.fencegate.benchmarks.report.ResultsFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every command that measures is told: where its files lie, what it keeps, how it shows its rows. */
final class RunOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Mixin
    private OutputOptions output;

    @Option(
            names = "--results",
            paramLabel = "DIR",
            description =
                    "Keep tables, environment, distributions and plots in this folder, which must be new or empty.")
    private Path results;

    @Option(
            names = "--dir",
            defaultValue = "${sys:java.io.tmpdir}",
            description = "Where journals, logs and data lie while it runs: the disk that is measured"
                    + " (default: ${DEFAULT-VALUE}).")
    private Path directory;

    /**
     * A run begins: its environment is looked at and shown, and Ctrl-C ends it from now on.
     *
     * @param what is measured, the beginning of the title
     * @param terminal that shows it
     * @param interruption that may end it
     * @return takes the rows
     * @throws IOException if the folder of the results cannot be made
     * @throws CommandException if that folder holds something
     */
    Sheet begin(final String what, final Terminal terminal, final Interruption interruption) throws IOException {
        return begin(what, terminal, interruption, null);
    }

    /** The same, kept in another folder where the user named none; in none if that is null too. */
    Sheet begin(final String what, final Terminal terminal, final Interruption interruption, final Path otherwise)
            throws IOException {
        final Environment environment = Environment.look();
        final Path folder = results != null ? results : otherwise;
        try {
            return new Sheet(
                    what,
                    environment,
                    directory,
                    folder == null ? Optional.empty() : Optional.of(new ResultsFolder(folder, environment)),
                    new Sheet.Reader(terminal, output.json(), interruption));
        } catch (final IllegalArgumentException notEmpty) {
            throw new CommandException(ExitCode.USAGE, notEmpty.getMessage());
        }
    }

    /** Refuses a value that is out of range. */
    void check(final String option, final long value, final long min, final long max) {
        if (value < min || value > max) {
            throw wrong(option + "=" + value + " is out of range: " + min + " to " + max);
        }
    }

    /** What wrong usage ends with. */
    ParameterException wrong(final String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
