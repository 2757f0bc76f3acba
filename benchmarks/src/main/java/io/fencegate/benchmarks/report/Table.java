package io.fencegate.benchmarks.report;

import io.fencegate.app.cli.JsonObject;
import io.fencegate.benchmarks.measure.Figure;
import io.fencegate.benchmarks.measure.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The rows of a run: for a terminal, for a document, for programs. */
public final class Table {
    private static final String INDENT = "       ";

    private Table() {}

    /**
     * For a terminal: what was measured and what became of it, under that the figures, and what there is to know.
     *
     * @param rows of the run
     * @return lines without line feeds
     */
    public static List<String> text(final List<Measure> rows) {
        final int width =
                rows.stream().mapToInt(row -> row.what().length()).max().orElse(0);
        final List<String> lines = new ArrayList<>();
        for (final Measure row : rows) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%-3s  %-" + Math.max(width, 1) + "s  %-9s  %s",
                    row.id(),
                    row.what(),
                    row.goal(),
                    row.outcome()));
            if (!row.figures().isEmpty()) {
                lines.add(INDENT + figures(row.figures()));
            }
            row.notes().forEach(note -> lines.add(INDENT + note));
        }
        return lines;
    }

    /**
     * For a document: a table in Markdown, with what there is to know in its last column.
     *
     * @param rows of the run
     * @return lines, each ended by a line feed
     */
    public static String markdown(final List<Measure> rows) {
        final StringBuilder text = new StringBuilder();
        text.append("| | measure | figure: median (least to greatest) | absolute | goal | outcome | to know |\n");
        text.append("|---|---|---|---|---|---|---|\n");
        for (final Measure row : rows) {
            final List<String> cells = new ArrayList<>(cells(row));
            cells.add(String.join("; ", row.notes()));
            text.append(cells.stream()
                    .map(cell -> cell.replace("|", "\\|"))
                    .collect(Collectors.joining(" | ", "| ", " |\n")));
        }
        return text.toString();
    }

    /**
     * For programs.
     *
     * @param row of the run
     * @return one object
     */
    public static JsonObject json(final Measure row) {
        final JsonObject figures = new JsonObject();
        for (final Figure figure : row.figures()) {
            figures.put(
                    figure.name(),
                    new JsonObject()
                            .put("median", Numbers.rounded(figure.spread().median()))
                            .put("min", Numbers.rounded(figure.spread().min()))
                            .put("max", Numbers.rounded(figure.spread().max()))
                            .put("unit", figure.unit()));
        }
        return new JsonObject()
                .put("id", row.id())
                .put("measure", row.what())
                .put("goal", row.goal().toString())
                .put("outcome", row.outcome().toString())
                .put("figures", figures)
                .put("notes", row.notes());
    }

    private static List<String> cells(final Measure row) {
        final List<Figure> figures = row.figures();
        return List.of(
                row.id(),
                row.what(),
                figures.isEmpty() ? "" : Numbers.text(figures.get(0)),
                figures(figures.subList(Math.min(1, figures.size()), figures.size())),
                row.goal().toString(),
                row.outcome().toString());
    }

    private static String figures(final List<Figure> figures) {
        return figures.stream()
                .map(figure -> figure.name() + " " + Numbers.text(figure))
                .collect(Collectors.joining(", "));
    }
}
