package io.fencegate.verification.house;

import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.conditions.ArchConditions.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The import graph of the house, what purity means, and that packages form no cycles: as rules over class files. */
final class HouseRules {
    private static final String ROOT = "io.fencegate.";

    /** Each module, and the packages of other modules that it may name. */
    static final Map<String, Set<String>> MODULES = new TreeMap<>(Map.of(
            "codecs", Set.of(),
            "core", Set.of(),
            "tuning", Set.of(),
            "journal", Set.of("codecs"),
            "sequencer", Set.of("core", "codecs"),
            "storage", Set.of("core", "journal", "codecs"),
            "client", Set.of("core.access", "core.grant", "core.login", "codecs"),
            "app", Set.of("core", "codecs", "journal", "sequencer", "storage", "client", "tuning"),
            "benchmarks", Set.of("core", "codecs", "journal", "sequencer", "storage", "client", "tuning", "app"),
            "verification",
                    Set.of(
                            "core",
                            "codecs",
                            "journal",
                            "sequencer",
                            "storage",
                            "client",
                            "tuning",
                            "app",
                            "benchmarks")));

    /** Packages that hold law: what is decided there depends on arguments alone. */
    static final List<String> PURE = List.of(
            "core", "storage.session", "storage.flow", "storage.recovery", "client.session", "journal.recovery");

    /** What pure code may name: values, collections, and memory. Everything else needs a port. */
    private static final Pattern PLAIN =
            Pattern.compile("java\\.lang\\.(?:annotation\\.|invoke\\.|runtime\\.)?\\w+(?:\\$\\w+)?"
                    + "|java\\.util\\.\\w+(?:\\$\\w+)?"
                    + "|java\\.util\\.(?:function|stream)\\.\\w+"
                    + "|java\\.nio\\.(?:ByteBuffer|ByteOrder|MappedByteBuffer)"
                    + "|java\\.nio\\.charset\\.\\w+"
                    + "|java\\.util\\.concurrent\\.TimeUnit"
                    + "|java\\.util\\.zip\\.(?:CRC32|CRC32C|Checksum)"
                    + "|org\\.agrona\\.\\w+"
                    + "|org\\.agrona\\.(?:collections|checksum)\\.\\w+(?:\\$\\w+)?"
                    + "|org\\.agrona\\.concurrent\\.UnsafeBuffer"
                    + "|org\\.bouncycastle\\.crypto\\..+"
                    + "|boolean|byte|short|char|int|long|float|double|void");

    /** Of those, what smuggles in time, threads, chance, or the outside. */
    private static final Pattern IMPURE = Pattern.compile(
            "java\\.lang\\.(?:Thread|ThreadLocal|ThreadGroup|Runtime|Process|ProcessBuilder|ProcessHandle|ClassLoader)"
                    + "|java\\.util\\.(?:Random|SplittableRandom|UUID|Date|Calendar|GregorianCalendar|Timer|TimerTask"
                    + "|TimeZone|Scanner|ServiceLoader|WeakHashMap)"
                    + "|org\\.agrona\\.(?:IoUtil|SystemUtil|MarkFile|ErrorHandler|CloseHelper|DeadlineTimerWheel)");

    /** Methods of plain types that wait, or draw lots. */
    private static final Set<String> FICKLE = Set.of(
            "java.lang.Math.random",
            "java.lang.Object.wait",
            "java.util.concurrent.TimeUnit.sleep",
            "java.util.concurrent.TimeUnit.timedJoin",
            "java.util.concurrent.TimeUnit.timedWait",
            "java.util.Collections.shuffle");

    /** Methods of {@link System} that answer the same to everybody at any time. */
    private static final Set<String> TIMELESS = Set.of("arraycopy", "identityHashCode", "lineSeparator");

    private HouseRules() {}

    /** A module names only itself, and what it may know of its neighbours. */
    static ArchRule importsOf(final String module) {
        final Set<String> known = MODULES.get(module);
        final DescribedPredicate<JavaClass> foreign = DescribedPredicate.describe(
                "other modules than " + known,
                target -> target.getPackageName().startsWith(ROOT)
                        && !within(target, module)
                        && known.stream().noneMatch(name -> within(target, name)));
        return classes()
                .that(resideIn(module))
                .should(not(dependOnClassesThat(foreign)))
                .as("imports of " + module + " flow one way")
                .allowEmptyShould(true);
    }

    /** Law names no clock, thread, random source, I/O, logging, Aeron, SBE or Chronicle. */
    static ArchRule purityOf(final String name) {
        return classes()
                .that(resideIn(name))
                .should(namePlainThingsOnly(name))
                .as("the law is pure: " + name)
                .allowEmptyShould(true);
    }

    /** Packages of one module do not form a cycle. */
    static ArchRule noCyclesIn(final String module) {
        return slices().matching(ROOT + module + ".(**)")
                .should()
                .beFreeOfCycles()
                .as("no cycles in " + module)
                .allowEmptyShould(true);
    }

    private static ArchCondition<JavaClass> namePlainThingsOnly(final String name) {
        return new ArchCondition<>("name values, collections and memory only") {
            @Override
            public void check(final JavaClass subject, final ConditionEvents events) {
                for (final Dependency dependency : subject.getDirectDependenciesFromSelf()) {
                    final JavaClass target = dependency.getTargetClass().getBaseComponentType();
                    if (!plain(target, name)) {
                        events.add(SimpleConditionEvent.violated(subject, dependency.getDescription()));
                    }
                }
                for (final JavaAccess<?> access : subject.getAccessesFromSelf()) {
                    final String owner = access.getTargetOwner().getName();
                    final boolean system = owner.equals("java.lang.System") && !TIMELESS.contains(access.getName());
                    if (system
                            || owner.equals("java.lang.Math")
                                    && access.getName().equals("random")) {
                        events.add(SimpleConditionEvent.violated(subject, access.getDescription()));
                    }
                }
            }
        };
    }

    private static boolean plain(final JavaClass target, final String name) {
        final String type = target.getName();
        if (type.startsWith(ROOT)) {
            // The limits of messages are numbers; the flyweights beside them are SBE. Other pure packages are pure.
            return within(target, name)
                    || PURE.stream().anyMatch(pure -> within(target, pure))
                    || target.getPackageName().equals(ROOT + "codecs");
        }
        return PLAIN.matcher(type).matches() && !IMPURE.matcher(type).matches();
    }

    private static DescribedPredicate<JavaClass> resideIn(final String name) {
        return DescribedPredicate.describe("reside in " + ROOT + name, target -> within(target, name));
    }

    private static boolean within(final JavaClass target, final String name) {
        final String packageName = target.getPackageName();
        return packageName.equals(ROOT + name) || packageName.startsWith(ROOT + name + ".");
    }
}
