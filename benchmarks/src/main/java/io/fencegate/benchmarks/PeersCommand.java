package io.fencegate.benchmarks;

import io.fencegate.app.cli.CommandException;
import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.cli.OutputOptions;
import io.fencegate.app.cli.Progress;
import io.fencegate.app.cli.Terminal;
import io.fencegate.benchmarks.measure.Measure;
import io.fencegate.benchmarks.measure.Outcome;
import io.fencegate.benchmarks.peers.PeersRig;
import io.fencegate.benchmarks.peers.PeersSize;
import io.fencegate.benchmarks.report.Environment;
import io.fencegate.benchmarks.report.ResultsFolder;
import io.fencegate.benchmarks.report.Table;
import io.fencegate.benchmarks.rig.Effort;
import io.fencegate.benchmarks.rig.Idling;
import io.fencegate.benchmarks.rig.Results;
import io.fencegate.benchmarks.rig.Run;
import io.fencegate.benchmarks.rig.WrongAnswerException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench peers}: what others pay for a fenced write, beside ours. */
@Command(
        name = "peers",
        description =
                "Measure a fenced write of other systems beside ours, in turns in one run: same payload, same number"
                        + " of writers, same durability class. A peer that is not installed is skipped, and said to be.",
        footer = {
            "",
            "Exit codes: 0 measured or skipped; 2 wrong usage; 4 a peer broke or an answer was wrong; 130 stopped by"
                    + " Ctrl-C."
        })
final class PeersCommand implements Callable<Integer> {
    private static final double SECONDS_MIN = 0.01;
    private static final double SECONDS_MAX = 600;

    private final Terminal terminal;
    private final Interruption interruption;

    @Spec
    private CommandSpec spec;

    @Mixin
    private OutputOptions output;

    @Parameters(arity = "0..*", paramLabel = "NAME", description = "Of the peers (default: all that are installed).")
    private List<String> names = List.of();

    @Option(
            names = "--writers",
            split = ",",
            defaultValue = "1,16",
            description = "Writers at a time, each with a connection of its own (default: ${DEFAULT-VALUE}).")
    private List<Integer> writers;

    @Option(names = "--length", defaultValue = "64", description = "Bytes of a payload (default: ${DEFAULT-VALUE}).")
    private int length;

    @Option(
            names = "--seconds",
            defaultValue = "2",
            description = "For each subject of a line, over all its blocks (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = "--install",
            description =
                    "First install the peers: Debian packages with apt-get, which needs root, and libraries from Maven"
                            + " Central.")
    private boolean isInstall;

    @Option(
            names = "--results",
            paramLabel = "DIR",
            description = "Keep tables, environment and distributions in this folder, which must be new or empty.")
    private Path resultsFolder;

    @Option(
            names = "--dir",
            defaultValue = "${sys:java.io.tmpdir}",
            description = "Where all data lies while it runs: the disk that is measured (default: ${DEFAULT-VALUE}).")
    private Path directory;

    PeersCommand(final Terminal terminal, final Interruption interruption) {
        this.terminal = terminal;
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws IOException {
        check();
        final Path home = Path.of(System.getProperty("fencegate.home", "."));
        final List<String> chosen = names.isEmpty() ? PeersSize.allNames() : names;
        if (isInstall) {
            install(home, chosen);
        }
        final Environment environment = Environment.look();
        final Kept kept = new Kept(folder(environment));
        if (!output.json()) {
            terminal.print(environment.toJson().toString());
        }
        interruption.watch(terminal);
        final PeersRig rig = PeersRig.of(home, PeersSize.of(chosen, writers, length, seconds));
        final List<Measure> rows = new ArrayList<>();
        try (Progress progress = Progress.begin(terminal, "measuring peers")) {
            rows.addAll(rig.run(new Run(
                    directory,
                    Effort.FULL,
                    Idling.fitting(environment.cores()),
                    kept,
                    interruption::isStopped,
                    what -> progress.now("measuring peers: " + what))));
        } catch (final WrongAnswerException wrong) {
            throw new CommandException(ExitCode.VIOLATION, wrong.getMessage());
        } catch (final IOException | RuntimeException failure) {
            throw failure;
        } catch (final Exception failure) {
            throw new IOException(failure);
        }
        show(rows, kept, environment);
        if (rows.stream().anyMatch(row -> row.outcome() == Outcome.FAILED)) {
            return ExitCode.VIOLATION.code();
        }
        return interruption.isStopped() ? Interruption.EXIT_CODE : ExitCode.DONE.code();
    }

    private void check() {
        for (final String name : names) {
            if (!PeersSize.allNames().contains(name)) {
                throw wrong("no such peer: " + name + "; choose of: " + String.join(", ", PeersSize.allNames()));
            }
        }
        for (final int count : writers) {
            if (count < 1 || count > PeersSize.WRITERS_MAX) {
                throw wrong("--writers=" + count + " is out of range: 1 to " + PeersSize.WRITERS_MAX);
            }
        }
        if (length < PeersSize.LENGTH_MIN || length > PeersSize.LENGTH_MAX) {
            throw wrong(
                    "--length=" + length + " is out of range: " + PeersSize.LENGTH_MIN + " to " + PeersSize.LENGTH_MAX);
        }
        if (!(seconds >= SECONDS_MIN && seconds <= SECONDS_MAX)) {
            throw wrong("--seconds=" + seconds + " is out of range: " + SECONDS_MIN + " to " + SECONDS_MAX);
        }
    }

    private ParameterException wrong(final String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }

    private static void install(final Path home, final List<String> chosen) throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(home.resolve("benchmarks/peers/install").toString());
        command.addAll(chosen);
        // Its words go where errors go: what is printed here is the result.
        final Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new CommandException(
                        ExitCode.USAGE, "the peers could not be installed: " + String.join(" ", command));
            }
        } catch (final InterruptedException stopped) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("stopped while the peers are installed", stopped);
        }
    }

    private ResultsFolder folder(final Environment environment) throws IOException {
        try {
            return resultsFolder == null ? null : new ResultsFolder(resultsFolder, environment);
        } catch (final IllegalArgumentException notEmpty) {
            throw new CommandException(ExitCode.USAGE, notEmpty.getMessage());
        }
    }

    private void show(final List<Measure> rows, final Kept kept, final Environment environment) {
        if (output.json()) {
            rows.forEach(row -> terminal.print(
                    Table.json(row).put("environment", environment.toJson()).toString()));
        } else {
            terminal.print(kept.markdown);
        }
        if (kept.folder != null) {
            kept.folder.rows("Peers of Fencegate " + environment.commit() + ", " + environment.jdk(), rows);
            terminal.say("kept in " + kept.folder.folder());
        }
    }

    /** Keeps the table for the terminal, and everything in the folder if there is one. */
    private static final class Kept implements Results {
        private final ResultsFolder folder;
        private String markdown = "";

        Kept(final ResultsFolder folder) {
            this.folder = folder;
        }

        @Override
        public void histogram(final String chart, final String name, final Histogram histogram) {
            if (folder != null) {
                folder.histogram(chart, name, histogram);
            }
        }

        @Override
        public void table(final String name, final String text) {
            markdown = text;
            if (folder != null) {
                folder.table(name, text);
            }
        }
    }
}
