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
 * judged by nobody. Steps are timed in batches; the figure is the median batch, divided: what happens to few of them (a
 * thread that loses its core, a new block of the journal) is not in it. Data stand in the caches, but for the larger
 * tables; the journal lies on the disk of the run and is never synced, and its pages are new, as they are in a gateway;
 * streams are Aeron IPC, and between batches reader and media driver do their part in the same thread.
 *
 * <p>Left out: the hand-over between threads, which is most of a round trip. {@code AnswerAdapter} is not measured alone,
 * but in {@code FencedWriter.poll}. Allocation is of all threads of that JVM: what JMH keeps of its samples is in it, so
 * a step that allocates nothing shows some bytes.
 */
public final class StepsRig implements Rig {
    private static final int SMOKE_STEPS = 2;
    private static final String STOPPED = "stopped before it was measured";

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
                case FULL -> new StepRuns(scratch, 2, 2, 4, 200);
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
     * @return a row for each: failed if the step failed or answered wrongly, skipped if the run was stopped before
     */
    public static List<Measure> measure(final Run run, final StepRuns runs, final List<Step> steps) {
        final List<StepCost> costs = new ArrayList<>();
        final List<Measure> rows = new ArrayList<>();
        for (final Step step : steps) {
            final String what = "step " + step.label();
            if (run.isStopped()) {
                rows.add(Measure.skipped("", what, Goal.reported(), STOPPED));
                continue;
            }
            run.tell(step.label());
            try {
                final StepCost cost = runs.run(step);
                costs.add(cost);
                rows.add(cost.row());
            } catch (final IOException failed) {
                // Ctrl-C ends the JVM of a step too: that is no failure.
                rows.add(
                        run.isStopped()
                                ? Measure.skipped("", what, Goal.reported(), STOPPED)
                                : Measure.failed("", what, Goal.reported(), failed.getMessage()));
            }
        }
        run.results().table("steps", StepCost.markdown(costs));
        return rows;
    }
}
