package io.fencegate.benchmarks;

import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.cli.Progress;
import io.fencegate.app.cli.Terminal;
import io.fencegate.benchmarks.measure.Measure;
import io.fencegate.benchmarks.measure.Outcome;
import io.fencegate.benchmarks.report.Environment;
import io.fencegate.benchmarks.report.ResultsFolder;
import io.fencegate.benchmarks.report.Table;
import io.fencegate.benchmarks.rig.Effort;
import io.fencegate.benchmarks.rig.Idling;
import io.fencegate.benchmarks.rig.Results;
import io.fencegate.benchmarks.rig.Run;
import io.fencegate.benchmarks.rig.WrongAnswerException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.HdrHistogram.Histogram;

/**
 * One run as its user sees it: the environment first, rows as they come, then the table and the exit code. Whatever there
 * is so far is kept in the folder, if there is one, after each rig.
 *
 * <p>The command's thread.
 */
final class Sheet implements Results {
    private final String title;
    private final Environment environment;
    private final Path directory;
    private final Optional<ResultsFolder> folder;
    private final Reader reader;
    private final List<Measure> rows = new ArrayList<>();
    private final Map<String, String> tables = new HashMap<>();

    Sheet(
            final String what,
            final Environment environment,
            final Path directory,
            final Optional<ResultsFolder> folder,
            final Reader reader) {
        this.environment = environment;
        this.directory = directory;
        this.folder = folder;
        this.reader = reader;
        title = what + ", Fencegate " + environment.commit() + ", " + environment.jdk();
        if (!reader.isProgram) {
            reader.terminal.print(title);
            reader.terminal.print(environment.toJson().toString());
        }
        reader.interruption.watch(reader.terminal);
    }

    /** Cores of this machine. */
    int cores() {
        return environment.cores();
    }

    /**
     * Measures, shows what is going on, and takes the rows. What breaks is its own failure: it becomes rows too, and what
     * comes behind it is measured all the same.
     *
     * @param name of what is measured
     * @param effort how much
     * @param idling of threads that wait for one another
     * @param rig that measures
     * @param broken makes rows of what should have been measured
     */
    void measure(
            final String name, final Effort effort, final Idling idling, final Measuring rig, final Broken broken) {
        if (reader.interruption.isStopped()) {
            rows.addAll(broken.rows(Outcome.SKIPPED, "stopped before it began"));
        } else {
            try (Progress progress = Progress.begin(reader.terminal, "measuring " + name)) {
                rows.addAll(rig.measure(new Run(
                        directory,
                        effort,
                        idling,
                        this,
                        reader.interruption::isStopped,
                        what -> progress.now("measuring " + name + ": " + what))));
            } catch (final WrongAnswerException wrong) {
                rows.addAll(broken.rows(Outcome.FAILED, wrong.getMessage()));
            } catch (final Exception failure) {
                rows.addAll(broken.rows(Outcome.FAILED, "the rig broke: " + failure));
            }
        }
        rows.sort(Comparator.comparingInt(Sheet::place));
        folder.ifPresent(kept -> kept.rows(title, rows));
    }

    /** Shows the rows. @return the exit code */
    int show() {
        return show(tables -> null);
    }

    /**
     * Shows the rows, to a person as a text made of the tables that the rig left, if there is one.
     *
     * @param text of the tables by name, or null
     * @return the exit code
     */
    int show(final Function<Map<String, String>, String> text) {
        final String instead = text.apply(tables);
        if (reader.isProgram) {
            rows.forEach(row -> reader.terminal.print(
                    Table.json(row).put("environment", environment.toJson()).toString()));
        } else if (instead != null) {
            reader.terminal.print(instead);
        } else {
            Table.text(rows).forEach(reader.terminal::print);
        }
        folder.ifPresent(kept -> reader.terminal.say("kept in " + kept.folder()));
        if (rows.stream().anyMatch(row -> row.outcome() == Outcome.FAILED)) {
            return ExitCode.VIOLATION.code();
        }
        return reader.interruption.isStopped() ? Interruption.EXIT_CODE : ExitCode.DONE.code();
    }

    @Override
    public void histogram(final String chart, final String name, final Histogram histogram) {
        folder.ifPresent(kept -> kept.histogram(chart, name, histogram));
    }

    @Override
    public void table(final String name, final String markdown) {
        tables.put(name, markdown);
        folder.ifPresent(kept -> kept.table(name, markdown));
    }

    /** Rows stand in the order of their goals, those without one behind them. */
    private static int place(final Measure row) {
        return row.id().isEmpty()
                ? Integer.MAX_VALUE
                : Integer.parseInt(row.id().substring(1));
    }

    /** What a rig does. */
    @FunctionalInterface
    interface Measuring {
        List<Measure> measure(Run run) throws Exception;
    }

    /** What stands in the table of that which was not measured. */
    @FunctionalInterface
    interface Broken {
        List<Measure> rows(Outcome outcome, String reason);
    }

    /**
     * Who reads the sheet.
     *
     * @param terminal that shows it
     * @param isProgram whether a program reads it: one object a row, and nothing else
     * @param interruption by which the reader ends the run
     */
    record Reader(Terminal terminal, boolean isProgram, Interruption interruption) {}
}
