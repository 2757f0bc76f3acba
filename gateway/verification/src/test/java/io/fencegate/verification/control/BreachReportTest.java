package io.fencegate.verification.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** Who breaks a property is told the seed, the shortest list of what has to be done to the world, and a timeline. */
class BreachReportTest {
    private static final Control FAULT = Controls.ALL.get(0);

    @Test
    void theListIsShrunkAndStillBreaksAndIsToldWithSeedAndTimeline() {
        final BiFunction<Long, String, List<String>> patched = ControlsTest.probe(new PatchedClasses(FAULT.patches()));
        long seed = FAULT.from();
        while (!patched.apply(seed, Probe.JUDGE).contains(FAULT.property())) {
            seed++;
        }

        final List<String> told = patched.apply(seed, Probe.SHRINK);
        final int whole = Integer.parseInt(told.get(2));
        final int shrunk = Integer.parseInt(told.get(3));
        final List<String> report = patched.apply(seed, Probe.REPORT);
        final long stimuli =
                report.stream().filter(line -> line.contains(" who=")).count();

        assertEquals(FAULT.property(), told.get(0));
        assertEquals(FAULT.property(), told.get(4), "what the shrunk list breaks");
        assertTrue(shrunk * 2 < whole, () -> shrunk + " of " + whole);
        assertTrue(report.get(0).startsWith("seed " + seed + " breaks " + FAULT.property() + ": "), report::toString);
        assertTrue(stimuli <= shrunk, () -> "told: " + stimuli + " shrunk sooner: " + shrunk);
        assertTrue(report.contains("what has to be done to it (" + stimuli + " of " + whole + "):"), report::toString);
        assertTrue(report.stream().anyMatch(line -> line.startsWith("=>") && line.contains("open answered")));
        assertEquals("again: ./fencegate verify --from " + seed + " --seeds 1", report.get(report.size() - 1));
    }
}
