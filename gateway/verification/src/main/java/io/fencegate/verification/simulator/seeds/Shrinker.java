package io.fencegate.verification.simulator.seeds;

import io.fencegate.verification.simulator.plan.Plan;
import io.fencegate.verification.simulator.plan.Stimulus;
import java.util.ArrayList;
import java.util.List;

/**
 * Leaves out of a plan what its breach does not need: halves, quarters, … and at last single stimuli, as long as the same
 * property breaks (Zeller and Hildebrandt, "Simplifying and isolating failure-inducing input", 2002).
 *
 * <p>One thread.
 */
public final class Shrinker {
    private final String property;
    private int runsLeft;
    private Judgement shortest;

    private Shrinker(final Judgement broken, final int runsMax) {
        this.property = broken.breach().property();
        this.shortest = broken;
        this.runsLeft = runsMax;
    }

    /**
     * Shrinks a plan.
     *
     * @param broken judgement of the whole plan
     * @param runsMax worlds to try at most
     * @return judgement of the shortest plan found that breaks the same property
     */
    public static Judgement shrink(final Judgement broken, final int runsMax) {
        return new Shrinker(broken, runsMax).shrink();
    }

    private Judgement shrink() {
        int parts = 2;
        while (runsLeft > 0 && parts <= size()) {
            final int before = size();
            leaveOutParts(parts);
            if (size() == before) {
                if (parts == before) {
                    break;
                }
                parts = Math.min(before, 2 * parts);
            } else {
                parts = Math.max(2, Math.min(parts, size()));
            }
        }
        return shortest;
    }

    private void leaveOutParts(final int parts) {
        int part = 0;
        while (part < parts && runsLeft > 0 && size() > 0) {
            final List<Stimulus> stimuli = plan().stimuli();
            final int from = (int) ((long) part * stimuli.size() / parts);
            final int to = (int) ((part + 1L) * stimuli.size() / parts);
            final List<Stimulus> fewer = new ArrayList<>(stimuli.subList(0, from));
            fewer.addAll(stimuli.subList(to, stimuli.size()));
            if (from == to || !stillBreaks(plan().with(fewer))) {
                part++;
            }
        }
    }

    private boolean stillBreaks(final Plan fewer) {
        runsLeft--;
        final Judgement judgement = Judgement.of(fewer);
        final boolean isSame =
                judgement.breach() != null && judgement.breach().property().equals(property);
        if (isSame) {
            shortest = judgement;
        }
        return isSame;
    }

    private Plan plan() {
        return shortest.outcome().plan();
    }

    private int size() {
        return plan().stimuli().size();
    }
}
