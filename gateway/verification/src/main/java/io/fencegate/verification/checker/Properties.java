package io.fencegate.verification.checker;

import io.fencegate.verification.checker.fact.Calls;
import io.fencegate.verification.checker.fact.Checker;
import io.fencegate.verification.checker.fact.Findings;
import io.fencegate.verification.checker.fact.Scene;
import io.fencegate.verification.checker.grant.Exclusion;
import io.fencegate.verification.checker.grant.Forgery;
import io.fencegate.verification.checker.grant.GrantOrder;
import io.fencegate.verification.checker.grant.Uniqueness;
import io.fencegate.verification.checker.live.Liveness;
import io.fencegate.verification.checker.record.Durable;
import io.fencegate.verification.checker.record.ExactlyOnce;
import io.fencegate.verification.checker.record.FenceOrder;
import io.fencegate.verification.checker.record.ToldBefore;
import io.fencegate.verification.checker.record.ToldFences;
import io.fencegate.verification.history.History;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds a history to every property that can be checked in one pass over it: the one entry for simulator, system tests and
 * fault lab.
 *
 * <p>Pure functions; any thread.
 */
public final class Properties {
    private Properties() {}

    /**
     * Checks safety.
     *
     * @param history whole
     * @return what is broken, and how much was looked at
     * @throws IllegalArgumentException if a call ends that never began, or begins twice
     */
    public static Findings check(final History history) {
        final Findings findings = new Findings();
        Calls.tell(history, safety(Scene.of(history), findings));
        return findings;
    }

    /**
     * Checks safety, and liveness once faults have stopped.
     *
     * @param history whole
     * @param boundNs within which an answer is due, in nanoseconds, longer than the longest wait that callers ask for
     * @return what is broken, and how much was looked at
     * @throws IllegalArgumentException if a call ends that never began, or begins twice
     */
    public static Findings check(final History history, final long boundNs) {
        final Findings findings = new Findings();
        final Scene scene = Scene.of(history);
        final List<Checker> checkers = safety(scene, findings);
        checkers.add(new Liveness(scene, boundNs, findings));
        Calls.tell(history, checkers);
        return findings;
    }

    private static List<Checker> safety(final Scene scene, final Findings findings) {
        final List<Checker> checkers = new ArrayList<>();
        checkers.add(new Uniqueness(scene, findings));
        checkers.add(new GrantOrder(findings));
        checkers.add(new Exclusion(scene, findings));
        checkers.add(new ToldFences(scene, findings));
        checkers.add(new FenceOrder(scene, findings));
        checkers.add(new ExactlyOnce(scene, findings));
        checkers.add(new ToldBefore(scene, findings));
        checkers.add(new Durable(scene, findings));
        checkers.add(new Forgery(scene, findings));
        return checkers;
    }
}
