package io.fencegate.verification.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.verification.checker.fact.Findings;
import io.fencegate.verification.checker.fact.Property;
import io.fencegate.verification.checker.fact.Violation;
import io.fencegate.verification.checker.linear.Linearizability;
import io.fencegate.verification.checker.linear.Linearization;
import io.fencegate.verification.history.Event;
import io.fencegate.verification.history.History;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hand-made histories: each bad one breaks exactly the properties that it names, and no good one breaks any. */
class PropertiesTest {
    private static final long BOUND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int BAD_AT_LEAST = 3;
    private static final String RESOURCE = "orders";

    static List<TestHistory> histories() {
        return TestHistory.all();
    }

    @ParameterizedTest
    @MethodSource("histories")
    void aHistoryBreaksWhatItNames(final TestHistory test) {
        final List<Violation> violations =
                new ArrayList<>(Properties.check(test.history(), BOUND_NS).violations());
        // The histories of other properties begin in the middle of a story, which has no order.
        if (test.about() == Property.LINEARIZABILITY) {
            final Linearization order = Linearizability.of(test.history(), RESOURCE);
            assertEquals(order.violation() != null, order.outcome() == Linearization.Outcome.NONE);
            if (order.violation() != null) {
                violations.add(order.violation());
            }
        }
        final Set<Property> broken = EnumSet.noneOf(Property.class);
        violations.forEach(violation -> broken.add(violation.property()));
        if (test.about() == Property.LINEARIZABILITY && !test.broken().isEmpty()) {
            assertTrue(broken.containsAll(test.broken()), violations::toString);
        } else {
            assertEquals(test.broken(), broken, violations::toString);
        }
        for (final Violation violation : violations) {
            assertFalse(violation.events().isEmpty(), violation::toString);
            assertTrue(test.history().events().containsAll(violation.events()), violation::toString);
        }
    }

    @ParameterizedTest
    @EnumSource(Property.class)
    void everyPropertyIsBrokenByThreeHistoriesAndHeldByOne(final Property property) {
        final List<TestHistory> ours =
                histories().stream().filter(test -> test.about() == property).toList();
        final long bad =
                ours.stream().filter(test -> test.broken().contains(property)).count();
        assertTrue(bad >= BAD_AT_LEAST, "property=" + property + " bad=" + bad);
        assertTrue(bad < ours.size(), "no good history: property=" + property);
    }

    @ParameterizedTest
    @EnumSource(value = Property.class, names = "LINEARIZABILITY", mode = EnumSource.Mode.EXCLUDE)
    void aGoodHistoryIsNotGoodBecauseNothingWasLookedAt(final Property property) {
        final long checked = histories().stream()
                .filter(test -> test.about() == property && test.broken().isEmpty())
                .mapToLong(test -> Properties.check(test.history(), BOUND_NS).checkedCount(property))
                .sum();
        assertTrue(checked > 0, "property=" + property);
    }

    @Test
    void titlesTellHistoriesApart() {
        final Set<String> titles = new HashSet<>();
        histories().forEach(test -> assertTrue(titles.add(test.toString()), test::toString));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0 A WRITE_ENDED op=1 word=ACCEPTED",
                "0 A READ_CALLED op=1 resource=orders|0 A READ_CALLED op=1 resource=orders",
                "0 A READ_CALLED op=1|0 A READ_ENDED op=1 word=NO_RECORD|0 A READ_ENDED op=1 word=NO_RECORD",
                "0 A READ_CALLED op=1|0 A WRITE_ENDED op=1 word=ACCEPTED",
                "0 A READ_CALLED op=1|0 B READ_ENDED op=1 word=NO_RECORD",
                "0 A READ_CALLED op=1|0 A CRASHED|0 A READ_ENDED op=1 word=NO_RECORD"
            })
    void callsThatDoNotMatchAreNoHistory(final String events) {
        final List<String> lines = new ArrayList<>(List.of("history durability=disk sealed=false transport=stream"));
        lines.addAll(List.of(events.split("\\|")));
        final History history = History.parse(lines);
        assertThrows(IllegalArgumentException.class, () -> Properties.check(history));
    }

    @Test
    void whoCrashedMayCountAnew() {
        final History history = History.parse(List.of(
                "history durability=disk sealed=false transport=stream",
                "0 A READ_CALLED op=1 resource=orders",
                "0 A CRASHED",
                "0 A READ_CALLED op=1 resource=orders",
                "0 A READ_ENDED op=1 resource=orders word=NO_RECORD"));
        assertEquals(List.of(), Properties.check(history).violations());
    }

    @Test
    void whatWasCheckedIsCounted() {
        final History history = History.parse(List.of(
                "history durability=process sealed=true transport=stream",
                "0 A ACQUIRE_CALLED op=1 resource=orders client=a",
                "0 A ACQUIRE_ENDED op=1 word=GRANTED token=1/1",
                "0 A OPEN_CALLED op=2 resource=orders client=a token=1/1",
                "0 A OPEN_ENDED op=2 word=OPENED",
                "0 A WRITE_CALLED op=3 resource=orders client=a token=1/1 sequence=1 crc=a1",
                "0 A WRITE_ENDED op=3 word=ACCEPTED generation=1 position=3",
                "0 gateway FAULT word=POWER_LOST",
                "0 gateway RECOVERED generation=2 position=2",
                "0 gateway JOURNALED_FENCE resource=orders client=a token=1/1 generation=1 position=2"));
        final Findings findings = Properties.check(history);
        assertEquals(List.of(), findings.violations());
        assertEquals("S1=3 S2=1 S3=3 S4=1 S5=2+1 S6=2", findings.counts());
        assertEquals(1, findings.excusedCount(Property.S5));
        assertEquals(0, findings.checkedCount(Property.L1));
    }

    @Test
    void manyViolationsAreCountedAndAFewAreKept() {
        final List<String> lines = new ArrayList<>(List.of("history durability=disk sealed=false transport=stream"));
        for (int i = 1; i <= 3 * Findings.KEPT_MAX; i++) {
            lines.add("0 s ISSUED op=" + i + " resource=orders client=" + i + " token=1/1");
        }
        final Findings findings = Properties.check(History.parse(lines));
        assertEquals(3 * Findings.KEPT_MAX - 1, findings.violatedCount(Property.S1));
        assertEquals(Findings.KEPT_MAX, findings.violations().size());
    }

    @Test
    void anOrderIsTold() {
        final Linearization order = Linearizability.of(
                History.parse(List.of(
                        "history durability=disk sealed=false transport=stream",
                        "0 A OPEN_CALLED op=1 resource=orders client=a token=1/1",
                        "0 A OPEN_ENDED op=1 word=OPENED",
                        "0 C READ_CALLED op=1 resource=orders",
                        "0 A WRITE_CALLED op=2 resource=orders client=a token=1/1 sequence=1 crc=a1",
                        "0 A WRITE_ENDED op=2 word=ACCEPTED generation=1 position=3",
                        "0 C READ_ENDED op=1 word=NO_RECORD")),
                RESOURCE);
        assertEquals(Linearization.Outcome.FOUND, order.outcome());
        assertEquals(
                List.of("OPEN_CALLED", "READ_CALLED", "WRITE_CALLED"),
                order.order().stream().map(event -> event.kind().name()).toList());
    }

    @Test
    void theShortestPrefixWithoutAnOrderEndsWithWhatHasNone() {
        final History history = histories().stream()
                .filter(test -> test.title().contains("a read goes back behind a read"))
                .findFirst()
                .orElseThrow()
                .history();
        final List<Event> prefix =
                Linearizability.of(history, RESOURCE).violation().events();
        assertEquals(history.events().subList(0, 9), prefix);
    }

    @Test
    void aLossThatTheLevelAllowsNeedsNoOrder() {
        final History history = History.parse(
                List.of("history durability=process sealed=false transport=stream", "0 gateway FAULT word=POWER_LOST"));
        assertEquals(
                Linearization.Outcome.EXCUSED,
                Linearizability.of(history, RESOURCE).outcome());
    }
}
