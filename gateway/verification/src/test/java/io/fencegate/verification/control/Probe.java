package io.fencegate.verification.control;

import io.fencegate.verification.simulator.plan.Plan;
import io.fencegate.verification.simulator.seeds.BreachReport;
import io.fencegate.verification.simulator.seeds.Judgement;
import io.fencegate.verification.simulator.seeds.Shrinker;
import java.util.List;
import java.util.function.LongFunction;

/**
 * Asks the simulator about one seed, among classes that may be patched; who asks from outside them understands only what
 * is the JDK's.
 */
public final class Probe implements LongFunction<List<String>> {
    private static final int SHRINK_RUNS_MAX = 60;

    /** Made by name, in a loader of its own. */
    public Probe() {}

    /**
     * Judges a seed.
     *
     * @param seed of a world; a negative one is judged, shrunk and reported
     * @return nothing if all properties hold; else the property, the sentence, the length of the whole list and, of a
     *     negative seed, that of the shrunk one, what it breaks, and the lines of the report
     */
    @Override
    public List<String> apply(final long seed) {
        final Judgement judgement = Judgement.of(Plan.of(Math.abs(seed)));
        if (judgement.breach() == null) {
            return List.of();
        }
        final String property = judgement.breach().property();
        final String sentence = judgement.breach().sentence();
        final String whole = String.valueOf(judgement.outcome().plan().stimuli().size());
        if (seed > 0) {
            return List.of(property, sentence, whole);
        }
        final Judgement shrunk = Shrinker.shrink(judgement, SHRINK_RUNS_MAX);
        return List.of(
                property,
                sentence,
                whole,
                String.valueOf(shrunk.outcome().plan().stimuli().size()),
                shrunk.breach().property(),
                String.join("\n", BreachReport.of(shrunk)));
    }
}
