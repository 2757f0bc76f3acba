package io.fencegate.benchmarks.report;

import io.fencegate.benchmarks.measure.Figure;
import io.fencegate.benchmarks.measure.Spread;
import java.util.Locale;

/** How figures look: three digits that count, and the least and the greatest beside the median. More would be noise. */
final class Numbers {
    private Numbers() {}

    /** A figure with its spread and unit, without its name. */
    static String text(final Figure figure) {
        final Spread spread = figure.spread();
        final String unit = figure.unit().isEmpty() ? "" : " " + figure.unit();
        if (spread.min() == spread.max()) {
            return text(spread.median()) + unit;
        }
        return text(spread.median()) + unit + " (" + text(spread.min()) + " to " + text(spread.max()) + ")";
    }

    /** A number with three digits that count, thousands set apart. */
    static String text(final double value) {
        final double magnitude = Math.abs(value);
        if (magnitude >= 100 || value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, magnitude >= 10 ? "%.1f" : magnitude >= 0.1 ? "%.2f" : "%.4f", value);
    }

    /** For programs: to four decimals. */
    static double rounded(final double value) {
        return Math.round(value * 10_000) / 10_000.0;
    }
}
