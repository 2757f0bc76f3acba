package io.fencegate.benchmarks.steps.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Param;

/** A benchmark measures the size that the command line asked for: nobody but JMH assigns it. */
class ParamTest {
    private static final String GENERATED = ".jmh_generated";

    /** What the rule forbids. */
    static class Planted {
        @Param("1000")
        private int size;

        int shrink() {
            size = 10;
            return size;
        }
    }

    @Test
    void nobodyAssignsAParameter() {
        // Whatever lies outside has no say here, and takes long to read.
        final JavaClasses classes = ArchConfiguration.withThreadLocalScope(configuration -> {
            configuration.setResolveMissingDependenciesFromClassPath(false);
            return new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("io.fencegate.benchmarks");
        });
        assertTrue(parameters(classes).size() >= 4, () -> "parameters=" + parameters(classes));
        assertEquals(List.of(), assignments(classes));
    }

    @Test
    void anAssignmentWouldBeSeen() {
        assertEquals(
                1,
                assignments(new ClassFileImporter().importClasses(Planted.class))
                        .size());
    }

    private static List<JavaField> parameters(final JavaClasses classes) {
        return classes.stream()
                .filter(type -> !type.getPackageName().endsWith(GENERATED))
                .flatMap(type -> type.getFields().stream())
                .filter(field -> field.isAnnotatedWith(Param.class))
                .toList();
    }

    private static List<String> assignments(final JavaClasses classes) {
        return parameters(classes).stream()
                .flatMap(field -> field.getAccessesToSelf().stream())
                .filter(access -> access.getAccessType() != JavaFieldAccess.AccessType.GET)
                .filter(access -> !access.getOriginOwner().getPackageName().endsWith(GENERATED))
                .map(JavaFieldAccess::getDescription)
                .toList();
    }
}
