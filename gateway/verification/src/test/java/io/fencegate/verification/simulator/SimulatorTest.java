package io.fencegate.verification.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.verification.checker.fact.Property;
import io.fencegate.verification.history.Event;
import io.fencegate.verification.simulator.plan.Plan;
import io.fencegate.verification.simulator.seeds.BreachReport;
import io.fencegate.verification.simulator.seeds.Judgement;
import io.fencegate.verification.simulator.seeds.SeedRun;
import io.fencegate.verification.simulator.world.FaultKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The shipped state machines live through the worlds of many seeds, and every property holds in each. */
class SimulatorTest {
    private static final long SEEDS = 2000;
    private static final long TIME_MAX_MS = 240_000;

    /** Faults that hit so many of these worlds that none of them may be missing. */
    private static final Set<FaultKind> FAULTS = EnumSet.allOf(FaultKind.class);

    @Test
    @Timeout(300)
    void everyPropertyHoldsInTheWorldsOfTwoThousandSeeds() throws InterruptedException {
        final SeedRun run = new SeedRun(1, SEEDS);
        run.start(Runtime.getRuntime().availableProcessors());

        assertTrue(
                run.await(TIME_MAX_MS),
                () -> "seeds judged in time: " + run.tally().seeds());
        assertNull(run.broken(), () -> String.join("\n", BreachReport.of(run.broken())));
        assertEquals(SEEDS, run.tally().seeds());
        for (final Property property : Property.values()) {
            assertNotEquals(0, run.tally().checked(property), () -> "nothing was checked of " + property);
        }
        for (final FaultKind fault : FAULTS) {
            assertNotEquals(0, run.tally().faults().of(fault), () -> "never happened: " + fault.text());
        }
    }

    @Test
    void aSeedDecidesEverything() {
        for (long seed = 1; seed <= 20; seed++) {
            final List<Event> once = Simulation.run(Plan.of(seed)).history().events();
            final List<Event> again = Simulation.run(Plan.of(seed)).history().events();
            assertEquals(once, again, "seed " + seed);
        }
    }

    @Test
    void anotherSeedIsAnotherWorld() {
        assertNotEquals(
                Simulation.run(Plan.of(1)).history().events(),
                Simulation.run(Plan.of(2)).history().events());
    }

    @Test
    void aWorldToWhichNothingIsDoneIsWell() {
        for (long seed = 1; seed <= 20; seed++) {
            final Judgement judgement = Judgement.of(Plan.of(seed).with(List.of()));
            assertNull(judgement.breach(), "seed " + seed);
            assertNotEquals(0, judgement.checked(Property.L1), "seed " + seed);
        }
    }
}
