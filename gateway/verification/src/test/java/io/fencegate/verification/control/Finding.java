package io.fencegate.verification.control;

import java.util.List;
import java.util.Locale;

/**
 * How a fault was found. Immutable.
 *
 * @param control the fault
 * @param property that broke
 * @param sentence what happened
 * @param seed whose world broke first
 * @param whole how much was done to that world
 * @param shrunk how much has to be done to it
 * @param others properties that seeds before it broke first
 */
record Finding(
        Control control, String property, String sentence, long seed, int whole, int shrunk, List<String> others) {
    /** How many seeds it took. */
    long seeds() {
        return seed - control.from() + 1;
    }

    /** Draws the table for people. @param findings in any order @return lines of Markdown */
    static List<String> table(final List<Finding> findings) {
        final StringBuilder rows = new StringBuilder();
        for (final Finding finding : findings) {
            rows.append(String.format(
                    Locale.ROOT,
                    "| %s | simulator | %s | %d | %d | %d of %d | %s | %s |%n",
                    finding.control.name(),
                    finding.property,
                    finding.seed,
                    finding.seeds(),
                    finding.shrunk,
                    finding.whole,
                    finding.others.isEmpty() ? "" : finding.others.toString(),
                    finding.sentence.replace("|", "\\|")));
        }
        return List.of(
                "# Controls: faults planted in the shipped classes, and what finds them",
                "",
                "| fault | found by | property | first seed | seeds needed | shrunk list | seeds before that broke another | what was seen |",
                "|---|---|---|---|---|---|---|---|",
                rows.toString().stripTrailing());
    }
}
