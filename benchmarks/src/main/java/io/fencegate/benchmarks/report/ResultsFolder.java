package io.fencegate.benchmarks.report;

import io.fencegate.benchmarks.measure.Measure;
import io.fencegate.benchmarks.rig.Results;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * Keeps a run in a folder: {@code environment.json}, {@code table.md}, {@code table.json} (one row a line), one
 * {@code .hgrm} a distribution, one {@code .png} a chart. Everything is written as soon as it is there, so that a run
 * that is cut short leaves what it had.
 *
 * <p>One thread.
 */
public final class ResultsFolder implements Results {
    private static final double NANOS_PER_MICRO = 1_000.0;
    private static final int TICKS_PER_HALF = 5;

    private final Path folder;
    private final Map<String, Map<String, Histogram>> charts = new LinkedHashMap<>();

    /**
     * Makes the folder.
     *
     * @param folder that must be new or empty
     * @param environment of the run
     * @throws IOException if it cannot be written
     * @throws IllegalArgumentException if it holds something already: runs are not mixed
     */
    public ResultsFolder(final Path folder, final Environment environment) throws IOException {
        this.folder = Files.createDirectories(folder);
        try (var files = Files.list(folder)) {
            if (files.findAny().isPresent()) {
                throw new IllegalArgumentException(
                        "results are kept apart: the folder is not empty, results=" + folder);
            }
        }
        write("environment.json", environment.toJson() + "\n");
    }

    /** Where the run is kept. @return the folder */
    public Path folder() {
        return folder;
    }

    /**
     * Keeps the rows that there are so far.
     *
     * @param title of the table
     * @param rows in order
     */
    public void rows(final String title, final List<Measure> rows) {
        final StringBuilder json = new StringBuilder();
        rows.forEach(row -> json.append(Table.json(row)).append('\n'));
        write("table.json", json.toString());
        final StringBuilder text = new StringBuilder("# " + title + "\n\n" + Table.markdown(rows));
        charts.keySet().forEach(chart -> text.append("\n![" + chart + "](" + chart + ".png)\n"));
        write("table.md", text.toString());
    }

    @Override
    public void histogram(final String chart, final String name, final Histogram histogram) {
        final Histogram copy = histogram.copy();
        try (PrintStream out =
                new PrintStream(folder.resolve(chart + "-" + name + ".hgrm").toFile(), StandardCharsets.UTF_8)) {
            copy.outputPercentileDistribution(out, TICKS_PER_HALF, NANOS_PER_MICRO);
        } catch (final IOException e) {
            throw new UncheckedIOException("results cannot be written: results=" + folder, e);
        }
        final Map<String, Histogram> lines = charts.computeIfAbsent(chart, key -> new LinkedHashMap<>());
        lines.put(name, copy);
        PercentilePlot.draw(folder.resolve(chart + ".png"), chart, lines);
    }

    @Override
    public void table(final String name, final String markdown) {
        write(name + ".md", markdown);
    }

    private void write(final String name, final String text) {
        try {
            Files.writeString(folder.resolve(name), text);
        } catch (final IOException e) {
            throw new UncheckedIOException("results cannot be written: results=" + folder, e);
        }
    }
}
