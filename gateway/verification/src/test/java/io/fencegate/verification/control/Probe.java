package io.fencegate.verification.control;

import io.fencegate.verification.simulator.plan.Plan;
import io.fencegate.verification.simulator.seeds.BreachReport;
import io.fencegate.verification.simulator.seeds.Judgement;
import io.fencegate.verification.simulator.seeds.Shrinker;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Asks the simulator about one seed, among classes that may be patched. Who asks from outside them understands only what is
 * the JDK's.
 */
public final class Probe implements BiFunction<Long, String, List<String>> {
    /** Tells property and sentence of what breaks first; nothing if all properties hold. */
    static final String JUDGE = "judge";

    /** Tells property, sentence, length of the whole list, length of the shrunk one, and what that breaks. */
    static final String SHRINK = "shrink";

    /** Tells what people are told. */
    static final String REPORT = "report";

    private static final int SHRINK_RUNS_MAX = 40;

    /** Made by name, in a loader of its own. */
    public Probe() {}

    @Override
    public List<String> apply(final Long seed, final String question) {
        final Judgement judgement = Judgement.of(Plan.of(seed));
        if (judgement.breach() == null) {
            return List.of();
        }
        final String property = judgement.breach().property();
        final String sentence = judgement.breach().sentence();
        return switch (question) {
            case JUDGE -> List.of(property, sentence);
            case REPORT -> BreachReport.of(judgement);
            case SHRINK -> {
                final Judgement shrunk = Shrinker.shrink(judgement, SHRINK_RUNS_MAX);
                yield List.of(
                        property,
                        sentence,
                        length(judgement),
                        length(shrunk),
                        shrunk.breach().property());
            }
            default -> throw new IllegalArgumentException("question=" + question);
        };
    }

    private static String length(final Judgement judgement) {
        return String.valueOf(judgement.outcome().plan().stimuli().size());
    }
}
