package io.fencegate.benchmarks.latency;

import io.fencegate.benchmarks.measure.Figure;
import io.fencegate.benchmarks.measure.Measure;
import io.fencegate.benchmarks.measure.Outcome;
import java.util.List;
import java.util.Locale;

/** The rows of many loads as one table, a column for each figure, in microseconds. */
final class LoadTable {
    private static final List<String> COLUMNS = List.of("p50", "p90", "p99", "p99.9", "p99.99", "max");
    private static final double NANOS_PER_MICRO = 1_000;

    private LoadTable() {}

    static String markdown(final List<Measure> rows) {
        final StringBuilder text = new StringBuilder("| load | ")
                .append(String.join(" µs | ", COLUMNS))
                .append(" µs | achieved/s | outcome | to know |\n|---|");
        text.append("---:|".repeat(COLUMNS.size() + 1)).append("---|---|\n");
        for (final Measure row : rows) {
            text.append("| ").append(row.what()).append(" |");
            for (final String column : COLUMNS) {
                text.append(cell(row, column, NANOS_PER_MICRO, "%.1f"));
            }
            text.append(cell(row, "achieved", 1, "%.0f"));
            final boolean isMeasured = row.outcome() == Outcome.REPORTED;
            text.append(' ').append(isMeasured ? "measured" : row.outcome()).append(" | ");
            text.append(isMeasured ? "" : String.join("; ", row.notes())).append(" |\n");
        }
        return text.toString();
    }

    private static String cell(final Measure row, final String name, final double unit, final String format) {
        for (final Figure figure : row.figures()) {
            if (figure.name().equals(name)) {
                return String.format(
                        Locale.ROOT, " " + format + " |", figure.spread().median() / unit);
            }
        }
        return " |";
    }
}
