package io.fencegate.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.app.cli.Failures;
import io.fencegate.app.cli.Terminal;
import io.fencegate.benchmarks.measure.Figure;
import io.fencegate.benchmarks.measure.Goal;
import io.fencegate.benchmarks.measure.Measure;
import io.fencegate.benchmarks.measure.Spread;
import io.fencegate.benchmarks.rig.Rig;
import io.fencegate.benchmarks.rig.Run;
import io.fencegate.benchmarks.rig.WrongAnswerException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** {@code bench} with rigs that measure nothing: what it makes of their rows. */
class BenchCommandTest {
    private static final Measure SLOW =
            Measure.value("P1", "slow", Goal.atMost(1), new Figure("ratio", new Spread(2, 2, 2), ""));

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<String> order = new ArrayList<>();
    private final Interruption interruption = new Interruption();

    @Test
    void aGoalThatIsNotMetIsAResult() {
        assertEquals(0, bench(rig("first", "P1", run -> List.of(SLOW))));
        assertTrue(out().contains("not met"), out());
    }

    @Test
    void runsWhatWasChosenInThatOrder() {
        final Rig one = rig("one", "P1", run -> List.of(SLOW));
        final Rig two = rig("two", "P2", run -> List.of(SLOW));
        assertEquals(0, bench(List.of(one, two), "two", "one"));
        assertEquals(List.of("two", "one"), order);
    }

    @Test
    void aRigThatBreaksIsKeptAsFailedAndTheOthersAreMeasured(@TempDir final Path directory) throws IOException {
        final Rig broken = rig("broken", "P9", run -> {
            throw new IOException("no space left on device");
        });
        final Rig wrong = rig("wrong", "P10", run -> {
            throw new WrongAnswerException("number=3 first=4");
        });
        final Path kept = directory.resolve("kept");
        assertEquals(
                4,
                bench(List.of(broken, wrong, rig("good", "P1", run -> List.of(SLOW))), "--results", kept.toString()));
        assertEquals(List.of("broken", "wrong", "good"), order);
        final String table = Files.readString(kept.resolve("table.md"));
        assertTrue(table.contains("| P9 |") && table.contains("no space left on device"), table);
        assertTrue(table.contains("| P10 |") && table.contains("wrong answer: number=3 first=4"), table);
        assertTrue(table.contains("| P1 |"), table);
    }

    @Test
    void whatWasMeasuredBeforeCtrlCIsShownAndMarked() {
        final Rig stopped = rig("stopped", "P1", run -> {
            interruption.stop();
            return run.isStopped() ? List.of(SLOW.partial("stopped after blocks=1 of 12")) : List.of(SLOW);
        });
        assertEquals(130, bench(List.of(stopped, rig("never", "P2", run -> List.of(SLOW)))));
        assertEquals(List.of("stopped"), order);
        assertTrue(out().contains("partial") && out().contains("stopped after blocks=1 of 12"), out());
        assertTrue(out().contains("skipped") && out().contains("stopped before it began"), out());
    }

    @Test
    void programsGetARowALine() {
        assertEquals(0, bench(List.of(rig("first", "P1", run -> List.of(SLOW, SLOW))), "--json"));
        assertEquals(2, out().lines().count(), out());
        assertTrue(out().lines()
                .allMatch(line -> line.startsWith("{\"id\":\"P1\"") && line.contains("\"environment\":{")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "--smoke --full", "--idle sleep", "--nothing"})
    void wrongUsageIsOneSentenceAndExitCodeTwo(final String words) {
        assertEquals(2, bench(List.of(rig("first", "P1", run -> List.of(SLOW))), words.split(" ")));
        assertEquals(1, err().lines().count(), err());
        assertEquals(List.of(), order);
    }

    @Test
    void aFolderThatHoldsSomethingIsRefusedBeforeAnythingIsMeasured(@TempDir final Path folder) throws IOException {
        Files.writeString(folder.resolve("older.md"), "kept");
        assertEquals(2, bench(List.of(rig("first", "P1", run -> List.of(SLOW))), "--results", folder.toString()));
        assertEquals(List.of(), order);
    }

    @Test
    void everyRigIsNamedOnceAndNoRigIsNamedAsACommand() {
        final Set<String> words = new HashSet<>(Bench.commandLine(terminal())
                .getSubcommands()
                .get("bench")
                .getSubcommands()
                .keySet());
        Rigs.all().forEach(rig -> assertTrue(words.add(rig.name()), rig.name()));
    }

    /** A rig of one goal that does what it is told. */
    private Rig rig(final String name, final String goal, final Measuring measuring) {
        return new Rig() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public String description() {
                return "what " + name + " measures";
            }

            @Override
            public List<String> goals() {
                return List.of(goal);
            }

            @Override
            public List<Measure> run(final Run run) throws Exception {
                order.add(name);
                return measuring.measure(run);
            }
        };
    }

    private int bench(final Rig rig) {
        return bench(List.of(rig));
    }

    private int bench(final List<Rig> rigs, final String... words) {
        final Failures failures = new Failures(terminal());
        return new CommandLine(new BenchCommand(terminal(), rigs, interruption))
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures)
                .execute(words);
    }

    private Terminal terminal() {
        return new Terminal(
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of());
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** What a rig does. */
    @FunctionalInterface
    private interface Measuring {
        List<Measure> measure(Run run) throws Exception;
    }
}
