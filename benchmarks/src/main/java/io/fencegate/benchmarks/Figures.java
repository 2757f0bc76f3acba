package io.fencegate.benchmarks;

import io.fencegate.app.cli.JsonObject;
import io.fencegate.benchmarks.measure.Spread;
import java.util.Locale;

/** How figures look in reports: the median, and the least and the greatest beside it. */
final class Figures {
    private Figures() {}

    static String text(final Spread spread) {
        return String.format(Locale.ROOT, "%.2f (%.2f to %.2f)", spread.median(), spread.min(), spread.max());
    }

    static String whole(final Spread spread) {
        return String.format(Locale.ROOT, "%.0f (%.0f to %.0f)", spread.median(), spread.min(), spread.max());
    }

    /** To two decimals: more is noise. */
    static JsonObject json(final Spread spread) {
        return new JsonObject()
                .put("median", rounded(spread.median()))
                .put("min", rounded(spread.min()))
                .put("max", rounded(spread.max()));
    }

    private static double rounded(final double value) {
        return Math.round(value * 100) / 100.0;
    }
}
