package io.fencegate.verification.amnesia;

import io.fencegate.verification.control.Patch;
import io.fencegate.verification.control.PatchedClasses;
import java.util.List;
import java.util.function.Function;

/**
 * The switch of the mutant: the same scenario among the classes that ship, or among classes of which one is changed so that
 * a token is a bare counter, which knows no term. Any thread.
 */
final class BareCounter {
    private static final String TOKENS = "io.fencegate.core.lease.order.TokenSequence";
    private static final List<Patch> PATCHES = List.of(
            Patch.body(TOKENS, "onTerm", "{ leadershipTermId = $1; }"),
            Patch.body(TOKENS, "next", "{ return ++serial; }"));

    private BareCounter() {}

    /** What a scenario complains about, among the classes that ship. */
    static List<String> off(final Function<String, List<String>> scenario, final String directory) {
        return scenario.apply(directory);
    }

    /** What it complains about where tokens are bare counters. */
    @SuppressWarnings("unchecked")
    static List<String> on(final Class<? extends Function<String, List<String>>> scenario, final String directory) {
        final PatchedClasses classes = new PatchedClasses(PATCHES);
        final Function<String, List<String>> patched;
        try {
            patched = (Function<String, List<String>>)
                    classes.loadClass(scenario.getName()).getConstructor().newInstance();
        } catch (final ReflectiveOperationException e) {
            throw new IllegalStateException("no scenario among the patched classes", e);
        }
        final List<String> complaints = patched.apply(directory);
        if (!classes.unplanted().isEmpty()) {
            throw new AssertionError("the mutant was not asked for anything: " + classes.unplanted());
        }
        return complaints;
    }
}
