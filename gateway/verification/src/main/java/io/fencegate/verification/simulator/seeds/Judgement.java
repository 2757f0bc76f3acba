package io.fencegate.verification.simulator.seeds;

import io.fencegate.verification.checker.Properties;
import io.fencegate.verification.checker.fact.Findings;
import io.fencegate.verification.checker.fact.Property;
import io.fencegate.verification.checker.fact.Violation;
import io.fencegate.verification.checker.linear.Linearizability;
import io.fencegate.verification.checker.linear.Linearization;
import io.fencegate.verification.history.Event;
import io.fencegate.verification.history.EventKind;
import io.fencegate.verification.simulator.Outcome;
import io.fencegate.verification.simulator.Simulation;
import io.fencegate.verification.simulator.plan.Plan;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
    private static final int CALLS_MAX = 14;

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
        linearize(outcome, findings);
        if (findings.violations().isEmpty()) {
            return new Judgement(outcome, findings, null);
        }
        final Violation first = findings.violations().get(0);
        return new Judgement(outcome, findings, new Breach(first.property().name(), first.sentence(), first.events()));
    }

    /** The order of a resource's calls is looked for where they are few: the search may grow exponentially. */
    private static void linearize(final Outcome outcome, final Findings findings) {
        final Map<String, Integer> calls = new TreeMap<>();
        for (final Event event : outcome.history().events()) {
            if (event.kind() == EventKind.OPEN_CALLED
                    || event.kind() == EventKind.WRITE_CALLED
                    || event.kind() == EventKind.READ_CALLED) {
                calls.merge(event.resource(), 1, Integer::sum);
            }
        }
        calls.forEach((resource, count) -> {
            if (count <= CALLS_MAX) {
                final Linearization linearization = Linearizability.of(outcome.history(), resource);
                if (linearization.outcome() == Linearization.Outcome.NONE) {
                    final Violation violation = linearization.violation();
                    findings.violated(
                            Property.LINEARIZABILITY,
                            violation.sentence(),
                            violation.events().toArray(new Event[0]));
                } else if (linearization.outcome() == Linearization.Outcome.FOUND) {
                    findings.checked(Property.LINEARIZABILITY);
                }
            }
        });
    }

    /** How many facts of a property were checked. @param property of the checkers @return from 0 */
    public long checked(final Property property) {
        return findings == null ? 0 : findings.checkedCount(property);
    }
}
