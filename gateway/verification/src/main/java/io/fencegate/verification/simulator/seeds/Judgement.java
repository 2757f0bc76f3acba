package io.fencegate.verification.simulator.seeds;

import io.fencegate.verification.checker.Properties;
import io.fencegate.verification.checker.fact.Findings;
import io.fencegate.verification.checker.fact.Property;
import io.fencegate.verification.checker.fact.Violation;
import io.fencegate.verification.simulator.Outcome;
import io.fencegate.verification.simulator.Simulation;
import io.fencegate.verification.simulator.plan.Plan;
import java.util.List;

/**
 * One world, and what the checkers say of it. Immutable.
 *
 * @param outcome of the world
 * @param findings of the checkers; null if the world broke down
 * @param breach the first property that is broken; null if all hold
 */
public record Judgement(Outcome outcome, Findings findings, Breach breach) {
    /** Name of the property that no process stops itself, no exception escapes, and nodes agree. */
    public static final String STATE = "STATE";

    private static final long BOUND_NS = 20_000_000_000L;

    /**
     * Carries a plan out and judges it.
     *
     * @param plan of a world
     * @return the judgement
     */
    public static Judgement of(final Plan plan) {
        final Outcome outcome = Simulation.run(plan);
        if (outcome.broken() != null) {
            return new Judgement(outcome, null, new Breach(STATE, outcome.broken(), List.of()));
        }
        final Findings findings = Properties.check(outcome.history(), BOUND_NS);
        if (findings.violations().isEmpty()) {
            return new Judgement(outcome, findings, null);
        }
        final Violation first = findings.violations().get(0);
        return new Judgement(outcome, findings, new Breach(first.property().name(), first.sentence(), first.events()));
    }

    /** How many facts of a property were checked. @param property of the checkers @return from 0 */
    public long checked(final Property property) {
        return findings == null ? 0 : findings.checkedCount(property);
    }
}
