package io.fencegate.benchmarks.report;

import io.fencegate.app.cli.JsonObject;
import io.fencegate.benchmarks.measure.Figure;
import io.fencegate.benchmarks.measure.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The rows of a run: for a terminal, for a document, for programs. */
public final class Table {
    private static final List<String> HEAD = List.of("", "measure", "figure", "absolute", "goal", "outcome");
    private static final String GAP = "  ";

    private Table() {}

    /**
     * For a terminal: columns under each other, what there is to know below each row.
     *
     * @param rows of the run
     * @return lines without line feeds
     */
    public static List<String> text(final List<Measure> rows) {
        final List<List<String>> all = new ArrayList<>();
        all.add(HEAD);
        rows.forEach(row -> all.add(cells(row)));
        final int[] widths = new int[HEAD.size()];
        all.forEach(cells -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], cells.get(i).length());
            }
        });
        final List<String> lines = new ArrayList<>();
        lines.add(line(HEAD, widths));
        for (final Measure row : rows) {
            lines.add(line(cells(row), widths));
            row.notes().forEach(note -> lines.add(" ".repeat(widths[0]) + GAP + "  " + note));
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
                figures.stream()
                        .skip(1)
                        .map(figure -> figure.name() + " " + Numbers.text(figure))
                        .collect(Collectors.joining(", ")),
                row.goal().toString(),
                row.outcome().toString());
    }

    private static String line(final List<String> cells, final int[] widths) {
        final StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(cells.get(i));
            line.append(" ".repeat(widths[i] - cells.get(i).length()));
            line.append(GAP);
        }
        return line.toString().stripTrailing();
    }
}
