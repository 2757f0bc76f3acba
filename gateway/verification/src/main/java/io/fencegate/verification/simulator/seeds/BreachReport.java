package io.fencegate.verification.simulator.seeds;

import io.fencegate.verification.simulator.plan.Stimulus;
import java.util.ArrayList;
import java.util.List;

/** Tells people of a breach: the seed, the shortest list of what has to be done to the world, and how it came about. */
public final class BreachReport {
    private static final int SHRINK_RUNS_MAX = 400;

    private BreachReport() {}

    /**
     * Shrinks and draws.
     *
     * @param broken judgement of a seed
     * @return lines of text
     */
    public static List<String> of(final Judgement broken) {
        final int whole = broken.outcome().plan().stimuli().size();
        final Judgement shortest = Shrinker.shrink(broken, SHRINK_RUNS_MAX);
        final List<Stimulus> stimuli = shortest.outcome().plan().stimuli();
        final List<String> lines = new ArrayList<>();
        lines.add("seed " + broken.outcome().plan().seed() + " breaks "
                + broken.breach().property() + ": " + shortest.breach().sentence());
        lines.add("world: " + shortest.outcome().plan().settings());
        lines.add("what has to be done to it (" + stimuli.size() + " of " + whole + "):");
        stimuli.forEach(stimulus -> lines.add("  " + stimulus));
        lines.addAll(Timeline.of(shortest));
        lines.add("again: ./fencegate verify --from " + broken.outcome().plan().seed() + " --seeds 1");
        return lines;
    }
}
