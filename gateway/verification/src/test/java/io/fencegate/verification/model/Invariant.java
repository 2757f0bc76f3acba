package io.fencegate.verification.model;

import java.util.ArrayList;
import java.util.List;

/** What the model says holds in every state; each constant is the name of a definition in {@code Fencing.tla}. */
enum Invariant {
    /** Uniqueness. */
    S1,
    /** Monotonic sequence. */
    S2,
    /** Fencing. */
    S3,
    /** Exactly once. */
    S4,
    /** Durability. */
    S5,
    /** No forgery. */
    S6,
    /** One token has one writer. */
    Binding,
    /** A lease has one holder. */
    OneHolder;

    /**
     * All invariants. TLC looks at them in this order, so that a report of the last one says: no other is violated, here or in
     * any shorter behaviour.
     *
     * @return all, this one last
     */
    List<Invariant> last() {
        final List<Invariant> order = new ArrayList<>(List.of(values()));
        order.remove(this);
        order.add(this);
        return order;
    }

    /**
     * All invariants.
     *
     * @return all, this one first
     */
    List<Invariant> first() {
        final List<Invariant> order = new ArrayList<>(List.of(values()));
        order.remove(this);
        order.add(0, this);
        return order;
    }
}
