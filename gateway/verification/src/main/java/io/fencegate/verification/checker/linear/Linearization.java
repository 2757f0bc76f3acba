package io.fencegate.verification.checker.linear;

import io.fencegate.verification.checker.fact.Violation;
import io.fencegate.verification.history.Event;
import java.util.List;

/**
 * What the search for an order came to.
 *
 * <p>Immutable; any thread.
 *
 * @param outcome of it
 * @param order the calls' beginnings, each where its effect or its answer stands in the order that was found; empty if
 *     there is none
 * @param violation with the shortest prefix of the history that has no order; null if there is an order
 */
public record Linearization(Outcome outcome, List<Event> order, Violation violation) {
    /** What the search came to. Immutable; any thread. */
    public enum Outcome {
        /** There is an order. */
        FOUND,
        /** There is none. */
        NONE,
        /** The search was ended before it knew. */
        TOO_LARGE,
        /** The gateway lost what its level does not keep: there need not be an order. */
        EXCUSED
    }
}
