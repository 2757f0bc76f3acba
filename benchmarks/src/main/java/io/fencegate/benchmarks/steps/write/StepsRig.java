package io.fencegate.benchmarks.steps.write;

import io.fencegate.benchmarks.measure.Goal;
import io.fencegate.benchmarks.measure.Measure;
import io.fencegate.benchmarks.rig.Effort;
import io.fencegate.benchmarks.rig.Rig;
import io.fencegate.benchmarks.rig.Run;
import io.fencegate.benchmarks.rig.Scratch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the time of one write goes: each step of client and line alone, by JMH, in a JVM of its own, with what it
 * allocates. The product's own classes under its own names, on one thread, beside nothing: so the figures are told, and
 * judged by nobody. Data stand in the caches, but for the larger tables; the journal lies on the disk of the run and is
 * never synced; streams are Aeron IPC whose reader skips what was written.
 *
 * <p>Left out: the hand-over between threads, which is most of a round trip, and {@code FencedWriter}'s own checks.
 */
public final class StepsRig implements Rig {
    private static final int SMOKE_STEPS = 2;

    @Override
    public String name() {
        return "steps";
    }

    @Override
    public String description() {
        return "each step of one write alone: time and bytes allocated";
    }

    @Override
    public List<String> goals() {
        return List.of();
    }

    @Override
    public List<Measure> run(final Run run) throws Exception {
        final List<Step> steps = run.effort() == Effort.SMOKE ? Step.all().subList(0, SMOKE_STEPS) : Step.all();
        try (Scratch scratch = run.scratch()) {
            final StepRuns runs = switch (run.effort()) {
                case SMOKE -> new StepRuns(scratch, 1, 1, 1, 20);
                case QUICK -> new StepRuns(scratch, 1, 2, 3, 200);
                case FULL -> new StepRuns(scratch, 2, 2, 5, 500);
            };
            return measure(run, runs, steps);
        }
    }

    /**
     * Measures some steps.
     *
     * @param run that they belong to
     * @param runs how long they are
     * @param steps to be measured
     * @return a row for each, skipped if the run was stopped before
     * @throws IOException if one fails
     */
    public static List<Measure> measure(final Run run, final StepRuns runs, final List<Step> steps) throws IOException {
        final List<StepCost> costs = new ArrayList<>();
        final List<Measure> rows = new ArrayList<>();
        for (final Step step : steps) {
            if (!run.isStopped()) {
                run.tell(step.label());
                final StepCost cost = unlessStopped(run, runs, step);
                if (cost != null) {
                    costs.add(cost);
                    rows.add(cost.row());
                    continue;
                }
            }
            rows.add(Measure.skipped("", "step " + step.label(), Goal.reported(), "stopped before it was measured"));
        }
        run.results().table("steps", StepCost.markdown(costs));
        return rows;
    }

    /** Ctrl-C ends the JVM of a step too: that is no failure. */
    private static StepCost unlessStopped(final Run run, final StepRuns runs, final Step step) throws IOException {
        try {
            return runs.run(step);
        } catch (final IOException failed) {
            if (run.isStopped()) {
                return null;
            }
            throw failed;
        }
    }
}
