package io.fencegate.benchmarks.steps.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.benchmarks.measure.Measure;
import io.fencegate.benchmarks.measure.Outcome;
import io.fencegate.benchmarks.rig.Effort;
import io.fencegate.benchmarks.rig.Idling;
import io.fencegate.benchmarks.rig.Results;
import io.fencegate.benchmarks.rig.Run;
import io.fencegate.benchmarks.rig.Scratch;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.annotations.Benchmark;

/** The steps are the benchmarks, no more and no fewer, and what fails is told as failed. */
class StepTest {
    @TempDir
    private Path directory;

    @Test
    void everyBenchmarkIsAStepAndEveryStepABenchmark() {
        final TreeSet<String> benchmarks = new TreeSet<>();
        for (final Class<?> type : List.of(LawSteps.class, LineSteps.class, ClientSteps.class)) {
            Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(Benchmark.class))
                    .map(Method::getName)
                    .forEach(benchmarks::add);
        }
        final TreeSet<String> steps = new TreeSet<>();
        Step.all().forEach(step -> steps.add(step.method()));
        assertEquals(benchmarks, steps);
    }

    @Test
    void aStepIsMeasuredInAProcessOfItsOwnWhichLeavesNothing() throws IOException {
        final Step step = step("AnswerPublisher.onAnswer");
        final List<Measure> rows = measure(step, false);
        assertEquals(Outcome.REPORTED, rows.get(0).outcome(), rows::toString);
        assertTrue(rows.get(0).figures().get(0).spread().min() > 0, rows::toString);
        assertEquals("allocated", rows.get(0).figures().get(1).name());
        try (Stream<Path> left = Files.list(directory)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void aStepThatIsNotThereFails() throws IOException {
        final List<Measure> rows = measure(new Step("line", "none", LineSteps.class, "none", "", ""), false);
        assertEquals(Outcome.FAILED, rows.get(0).outcome(), rows::toString);
    }

    @Test
    void whatWasNotMeasuredIsSkipped() throws IOException {
        final List<Measure> rows = measure(step("whole write"), true);
        assertEquals(Outcome.SKIPPED, rows.get(0).outcome(), rows::toString);
    }

    private List<Measure> measure(final Step step, final boolean isStopped) throws IOException {
        final Run run = new Run(directory, Effort.SMOKE, Idling.YIELD, Results.NONE, () -> isStopped, what -> {});
        try (Scratch scratch = run.scratch()) {
            return StepsRig.measure(run, new StepRuns(scratch, 1, 1, 1, 20), List.of(step));
        }
    }

    private static Step step(final String label) {
        return Step.all().stream()
                .filter(step -> step.label().startsWith(label))
                .findFirst()
                .orElseThrow();
    }
}
