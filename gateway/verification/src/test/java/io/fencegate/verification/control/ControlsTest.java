package io.fencegate.verification.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each planted fault is found, and called by the property that it breaks; the same worlds without it are sound. What is
 * found, and how soon, is written to {@code target/controls.md}.
 */
class ControlsTest {
    private static final List<Finding> FINDINGS = new ArrayList<>();
    private static final Set<Long> SOUND = new HashSet<>();
    private static final BiFunction<Long, String, List<String>> SHIPPED = probe(new PatchedClasses(List.of()));

    static Stream<Control> faults() {
        return Controls.ALL.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void isFoundByThePropertyThatItBreaks(final Control control) {
        final PatchedClasses classes = new PatchedClasses(control.patches());
        final BiFunction<Long, String, List<String>> patched = probe(classes);

        final List<String> others = new ArrayList<>();
        final long seed = firstBroken(control, patched, others);

        assertEquals(List.of(), classes.unplanted(), "a class that no world needs");
        final List<String> told = patched.apply(seed, Probe.SHRINK);
        final Finding finding = new Finding(
                control,
                told.get(0),
                told.get(1),
                seed,
                Integer.parseInt(told.get(2)),
                Integer.parseInt(told.get(3)),
                others);
        FINDINGS.add(finding);
        assertEquals(control.property(), finding.property(), finding.sentence());
        assertEquals(control.property(), told.get(4), "what the shrunk list breaks");
        assertTrue(finding.shrunk() <= finding.whole(), () -> "longer than the whole: " + finding);
        for (long sound = control.from(); sound <= seed; sound++) {
            if (SOUND.add(sound)) {
                assertEquals(List.of(), SHIPPED.apply(sound, Probe.JUDGE), "without the fault, seed " + sound);
            }
        }
    }

    /** The first seed that breaks the named property; others that break another one first are counted. */
    private static long firstBroken(
            final Control control, final BiFunction<Long, String, List<String>> patched, final List<String> others) {
        for (long seed = control.from(); seed < control.from() + control.bound(); seed++) {
            final List<String> told = patched.apply(seed, Probe.JUDGE);
            if (!told.isEmpty() && told.get(0).equals(control.property())) {
                return seed;
            }
            others.addAll(told.isEmpty() ? List.of() : told.subList(0, 1));
        }
        return fail("not found within " + control.bound() + " seeds from " + control.from() + ": " + control.name()
                + " others=" + others);
    }

    @Test
    void aPatchThatFitsNothingIsRefused() {
        final Patch unknown = Patch.body("io.fencegate.core.grant.Token", "noSuchMethod", "{ }");
        final PatchedClasses classes = new PatchedClasses(List.of(unknown));

        try {
            Class.forName("io.fencegate.core.grant.Token", true, classes);
        } catch (final ClassNotFoundException | IllegalStateException expected) {
            assertNotNull(expected.getMessage());
            return;
        }
        fail("planted: " + unknown);
    }

    @AfterAll
    static void tell() throws IOException {
        final Path table = Path.of("target", "controls.md");
        Files.createDirectories(table.getParent());
        Files.write(table, Finding.table(FINDINGS));
    }

    /** A probe among the classes of a loader. */
    @SuppressWarnings("unchecked")
    static BiFunction<Long, String, List<String>> probe(final PatchedClasses classes) {
        try {
            return (BiFunction<Long, String, List<String>>)
                    classes.loadClass(Probe.class.getName()).getConstructor().newInstance();
        } catch (final ReflectiveOperationException e) {
            throw new IllegalStateException("no probe among the patched classes", e);
        }
    }
}
