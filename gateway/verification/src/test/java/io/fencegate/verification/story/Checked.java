package io.fencegate.verification.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.verification.checker.Properties;
import io.fencegate.verification.checker.fact.Findings;
import io.fencegate.verification.checker.fact.Property;
import io.fencegate.verification.checker.linear.Linearizability;
import io.fencegate.verification.history.Event;
import io.fencegate.verification.history.EventKind;
import io.fencegate.verification.history.History;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Holds what was observed of a story to every property: what a story tells line by line must also hold as a whole. */
public final class Checked {
    private static final List<Property> LOOKED_AT = List.of(Property.S1, Property.S3);

    private Checked() {}

    /**
     * Checks a history.
     *
     * @param history of a story that was played to its end
     */
    public static void check(final History history) {
        final Findings findings = Properties.check(history);
        assertEquals(List.of(), findings.violations());
        for (final Property property : LOOKED_AT) {
            assertTrue(
                    findings.checkedCount(property) > 0, () -> property + " was not looked at: " + findings.counts());
        }
        final Set<String> resources = history.events().stream()
                .filter(event -> event.kind() == EventKind.OPEN_CALLED)
                .map(Event::resource)
                .collect(Collectors.toCollection(TreeSet::new));
        resources.forEach(
                resource -> assertNull(Linearizability.of(history, resource).violation(), resource));
    }
}
