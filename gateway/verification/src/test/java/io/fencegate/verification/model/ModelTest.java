package io.fencegate.verification.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.storage.durability.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The model in {@code gateway/verification/model} holds what it says in every state of these bounds, and holds it no more as
 * soon as one rule is left out. TLC looks at two of them at a time.
 */
class ModelTest {
    static final String MODULE = "CheckFencing";
    private static final Duration TIME_LIMIT = Duration.ofMinutes(3);

    @TempDir
    private static Path directory;

    private static ExecutorService runs;
    private static final Map<Bounded, Future<TlcResult>> HOLDING = new EnumMap<>(Bounded.class);
    private static final Map<BrokenRule, Future<TlcResult>> BREAKING = new EnumMap<>(BrokenRule.class);

    /** Configurations that hold, and how many distinct states each has: not fewer tomorrow. */
    private enum Bounded {
        /** Amnesia, a raised floor, more than one write and more than one crash. */
        SMALL(Durability.DISK, new Bounds(0, 1, 1, 2, 2, 2), 7_035),
        /** Lost suffixes beside crashes. */
        ELECTIONS(Durability.DISK, new Bounds(1, 1, 0, 1, 2, 1), 4_708),
        /** Lost suffixes, then amnesia. */
        AMNESIA(Durability.DISK, new Bounds(1, 1, 0, 2, 1, 0), 19_966),
        /** One holder after the other. */
        HOLDERS(Durability.DISK, new Bounds(0, 2, 0, 1, 2, 2), 6_989),
        /** Power loss beyond what the level promises: fences hold all the same. */
        PROCESS(Durability.PROCESS, new Bounds(0, 2, 0, 1, 1, 2), 4_085);

        private final Durability durability;
        private final Bounds bounds;
        private final long states;

        Bounded(final Durability durability, final Bounds bounds, final long states) {
            this.durability = durability;
            this.bounds = bounds;
            this.states = states;
        }

        private TlcResult check() throws IOException, InterruptedException {
            return Tlc.steady(own(name()), TIME_LIMIT, 1, "1g").check(MODULE, Configuration.of(durability, bounds));
        }
    }

    @BeforeAll
    static void start() {
        runs = Executors.newFixedThreadPool(2);
        for (final Bounded bounded : Bounded.values()) {
            HOLDING.put(bounded, runs.submit((Callable<TlcResult>) bounded::check));
        }
        for (final BrokenRule broken : BrokenRule.values()) {
            BREAKING.put(
                    broken,
                    runs.submit(
                            () -> Tlc.quick(own(broken.name()), TIME_LIMIT).check(MODULE, Configuration.of(broken))));
        }
    }

    @AfterAll
    static void stop() throws InterruptedException {
        runs.shutdownNow();
        assertTrue(runs.awaitTermination(30, TimeUnit.SECONDS), "TLC still runs");
    }

    @ParameterizedTest
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    @EnumSource(Bounded.class)
    void whatIsSaidHoldsInEveryState(final Bounded bounded) throws ExecutionException, InterruptedException {
        final TlcResult result = HOLDING.get(bounded).get();
        assertEquals(TlcResult.HOLDS, result.exitCode(), result.output());
        assertEquals(bounded.states, result.distinctStates(), result.output());
    }

    @ParameterizedTest
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    @EnumSource(BrokenRule.class)
    void withoutOneRuleItBreaks(final BrokenRule broken) throws ExecutionException, InterruptedException {
        final TlcResult result = BREAKING.get(broken).get();
        assertEquals(broken.broken().name(), result.violated(), result.output());
        assertEquals(TlcResult.VIOLATED, result.exitCode(), result.output());
    }

    @Test
    void everyInvariantCanBreakAlone() {
        final EnumSet<Invariant> alone = EnumSet.noneOf(Invariant.class);
        Arrays.stream(BrokenRule.values()).filter(BrokenRule::isAlone).forEach(rule -> alone.add(rule.broken()));
        assertEquals(EnumSet.allOf(Invariant.class), alone);
    }

    @Test
    void everyRuleThatTheModelCanLeaveOutIsTried() throws IOException {
        final String model = Files.readString(Tlc.MODULES.resolve("Fencing.tla"));
        final long named = model.lines()
                .filter(line -> line.contains("Broken = \""))
                .map(line -> line.replaceAll(".*Broken = \"([^\"]*)\".*", "$1"))
                .peek(rule -> assertTrue(
                        Arrays.stream(BrokenRule.values())
                                .anyMatch(broken -> broken.rule().equals(rule)),
                        rule))
                .distinct()
                .count();
        assertEquals(BrokenRule.values().length, named);
    }

    private static Path own(final String name) throws IOException {
        return Files.createDirectory(directory.resolve(name));
    }
}
