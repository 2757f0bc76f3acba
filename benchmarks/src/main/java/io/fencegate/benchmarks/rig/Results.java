package io.fencegate.benchmarks.rig;

import org.HdrHistogram.Histogram;

/** Where a rig leaves what is more than a row: kept in a folder, or let go. One thread. */
public interface Results {
    /** Keeps nothing. */
    Results NONE = new Results() {
        @Override
        public void histogram(final String chart, final String name, final Histogram histogram) {
            // Nobody asked for files.
        }

        @Override
        public void table(final String name, final String markdown) {
            // Nobody asked for files.
        }
    };

    /**
     * Keeps a distribution as {@code chart-name.hgrm} and as one line of the chart's plot.
     *
     * @param chart that shows it beside others: lower case, digits, dashes
     * @param name of the line: lower case, digits, dashes
     * @param histogram in nanoseconds; copied
     */
    void histogram(String chart, String name, Histogram histogram);

    /**
     * Keeps a table of its own as {@code name.md}.
     *
     * @param name lower case, digits, dashes
     * @param markdown the text
     */
    void table(String name, String markdown);
}
