package io.fencegate.benchmarks.steps.write;

import io.fencegate.benchmarks.measure.Figure;
import io.fencegate.benchmarks.measure.Goal;
import io.fencegate.benchmarks.measure.Measure;
import io.fencegate.benchmarks.measure.Spread;
import java.util.List;
import java.util.Locale;

/**
 * What a step costs. Immutable.
 *
 * @param step that was measured
 * @param nanos for one operation, over the iterations
 * @param allocatedBytes for one operation, to a tenth
 */
public record StepCost(Step step, Spread nanos, double allocatedBytes) {
    /** As a row of the table. @return the row, reported */
    public Measure row() {
        return Measure.value(
                "",
                "step " + step.label(),
                Goal.reported(),
                new Figure("time", nanos, "ns"),
                new Figure("allocated", Spread.of(allocatedBytes), "B"));
    }

    /** All steps in a table of their own. @param costs of them @return Markdown */
    static String markdown(final List<StepCost> costs) {
        final StringBuilder text =
                new StringBuilder("| thread | step | ns/op, median (min to max) | B/op |\n|---|---|---|---|\n");
        for (final StepCost cost : costs) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %.1f (%.1f to %.1f) | %.1f |%n",
                    cost.step().thread(),
                    cost.step().label(),
                    cost.nanos().median(),
                    cost.nanos().min(),
                    cost.nanos().max(),
                    cost.allocatedBytes()));
        }
        return text.append("\nEach step alone, in batches of " + Step.BATCH
                        + ", its data in the caches unless the table is"
                        + " large, so the steps of a write need not add up to the whole write. Of the line's"
                        + " steps, `whole write` is all of them. B/op counts all threads of the process and"
                        + " what JMH keeps of its samples.\n")
                .toString();
    }
}
