package io.fencegate.verification.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import io.fencegate.client.broken.NamesTheFence;
import io.fencegate.core.broken.DrawsLots;
import io.fencegate.core.broken.NamesAPort;
import io.fencegate.core.broken.ReadsTheClock;
import io.fencegate.core.broken.StartsAThread;
import io.fencegate.core.broken.inner.LooksBack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The classes of all modules obey the rules of the house, and each rule notices a class that breaks it on purpose. */
class HouseTest {
    private static final Path ROOT = Path.of(System.getProperty("root.directory"));
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.fencegate");

    static Set<String> modules() {
        return HouseRules.MODULES.keySet();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void importsFlowOneWay(final String module) {
        HouseRules.importsOf(module).check(CLASSES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "core",
                "storage.session",
                "storage.flow",
                "storage.recovery",
                "client.session",
                "journal.recovery"
            })
    void theLawIsPure(final String name) {
        assertTrue(HouseRules.PURE.contains(name));
        assertFalse(classesIn(name).isEmpty(), "nothing to check in io.fencegate." + name);
        HouseRules.purityOf(name).check(CLASSES);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void packagesFormNoCycles(final String module) {
        HouseRules.noCyclesIn(module).check(CLASSES);
    }

    @Test
    void everyModuleOfTheBuildHasItsImportRule() throws Exception {
        final Set<String> built = new TreeSet<>();
        try (Stream<Path> poms = Files.walk(ROOT, 3)) {
            poms.filter(path -> path.endsWith("pom.xml") && !path.getParent().equals(ROOT))
                    .filter(path -> !path.toString().contains("/target/"))
                    .forEach(path -> built.add(path.getParent().getFileName().toString()));
        }
        assertEquals(HouseRules.MODULES.keySet(), built);
        for (final String module : built) {
            if (!module.equals("verification")) {
                assertFalse(classesIn(module).isEmpty(), "nothing to check in io.fencegate." + module);
            }
        }
    }

    @Test
    void aBrokenImportIsNoticed() {
        final EvaluationResult result = evaluate(HouseRules.importsOf("client"), NamesTheFence.class);
        assertTrue(result.hasViolation());
        assertTrue(report(result).contains("io.fencegate.core.fence.FenceTable"), () -> report(result));
    }

    @ParameterizedTest
    @ValueSource(classes = {ReadsTheClock.class, StartsAThread.class, DrawsLots.class, NamesAPort.class})
    void impureLawIsNoticed(final Class<?> broken) {
        final EvaluationResult result = evaluate(HouseRules.purityOf("core"), broken);
        assertTrue(result.hasViolation());
        assertTrue(report(result).contains(broken.getSimpleName()), () -> report(result));
    }

    @Test
    void aCycleIsNoticed() {
        final EvaluationResult result = evaluate(HouseRules.noCyclesIn("core"), NamesAPort.class, LooksBack.class);
        assertTrue(result.hasViolation());
        assertTrue(report(result).contains("Cycle detected"), () -> report(result));
    }

    private static Set<String> classesIn(final String name) {
        final String packageName = "io.fencegate." + name;
        return CLASSES.stream()
                .map(JavaClass::getName)
                .filter(type -> type.startsWith(packageName + "."))
                .collect(Collectors.toSet());
    }

    private static EvaluationResult evaluate(final ArchRule rule, final Class<?>... broken) {
        return rule.evaluate(new ClassFileImporter().importClasses(broken));
    }

    private static String report(final EvaluationResult result) {
        return result.getFailureReport().toString();
    }
}
