package io.fencegate.verification.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.verification.checker.fact.Findings;
import io.fencegate.verification.checker.fact.Property;
import io.fencegate.verification.checker.linear.Linearizability;
import io.fencegate.verification.checker.linear.Linearization;
import io.fencegate.verification.history.History;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** No checker raises a false alarm on histories that are legal by construction, and each has something to look at. */
class LegalHistoriesTest {
    private static final int SEEDS = 1_000;
    private static final int STEPS = 600;
    private static final int STEPS_SMALL = 60;

    @Test
    void noFalseAlarm() {
        final Map<Property, Long> checked = new EnumMap<>(Property.class);
        for (long seed = 0; seed < SEEDS; seed++) {
            final Findings findings = Properties.check(new PlainWorld(seed).run(STEPS));
            assertEquals(List.of(), findings.violations(), "seed=" + seed);
            for (final Property property : Property.values()) {
                checked.merge(property, findings.checkedCount(property), Long::sum);
            }
        }
        for (final Property property : List.of(
                Property.S1,
                Property.S2,
                Property.S3,
                Property.S4,
                Property.S5,
                Property.S6,
                Property.EXCLUSION,
                Property.REFUSAL)) {
            assertTrue(checked.get(property) > SEEDS, checked::toString);
        }
    }

    @Test
    void everySmallHistoryHasAnOrder() {
        int found = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            final History history = new PlainWorld(seed).run(STEPS_SMALL);
            final Linearization order = Linearizability.of(history, "orders");
            assertNull(order.violation(), "seed=" + seed);
            found += order.outcome() == Linearization.Outcome.FOUND ? 1 : 0;
        }
        assertTrue(found > SEEDS / 2, "found=" + found);
    }
}
