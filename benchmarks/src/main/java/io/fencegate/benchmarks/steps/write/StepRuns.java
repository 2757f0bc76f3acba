package io.fencegate.benchmarks.steps.write;

import io.fencegate.benchmarks.measure.Spread;
import io.fencegate.benchmarks.rig.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.UUID;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs steps by JMH, each in JVMs of its own. JMH times batches of {@link Step#BATCH} steps; an iteration's figure is the
 * median of its batches, for one step: so a batch during which the system took the core away does not count, and neither
 * does one that met the mapping of a new block of the journal. Takes the spread over the iterations, and the bytes
 * allocated for one step: by all threads of that JVM, and between batches too. The rig's thread.
 */
public final class StepRuns {
    /** System property that tells the JVM of a step where its journals may lie. */
    static final String DIRECTORY = "fencegate.bench.steps.directory";

    /** System property that tells the JVM of a step where its media driver may lie. */
    static final String AERON_DIRECTORY = "fencegate.bench.steps.aeron";

    private static final String ALLOCATION = "gc.alloc.rate.norm";
    private static final double MEDIAN = 50;
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private final Scratch scratch;
    private final int forks;
    private final int warmups;
    private final int iterations;
    private final int iterationMs;

    /**
     * Steps of one length.
     *
     * @param scratch where their files lie
     * @param forks JVMs for each step, at least 1
     * @param warmups iterations that are not counted; some steps need several times as many
     * @param iterations that are, at least 1
     * @param iterationMs milliseconds of each
     */
    public StepRuns(
            final Scratch scratch, final int forks, final int warmups, final int iterations, final int iterationMs) {
        this.scratch = scratch;
        this.forks = forks;
        this.warmups = warmups;
        this.iterations = iterations;
        this.iterationMs = iterationMs;
    }

    /**
     * Runs one step.
     *
     * @param step to be run
     * @return what it cost
     * @throws IOException if it fails: a wrong answer too
     */
    public StepCost run(final Step step) throws IOException {
        // Two builds on one machine may measure at once.
        System.setProperty("jmh.ignoreLock", "true");
        final Path aeron = (Files.isDirectory(SHARED_MEMORY) ? SHARED_MEMORY : scratch.directory())
                .resolve("fencegate-bench-" + UUID.randomUUID());
        scratch.include(aeron);
        final ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + step.type().getName().replace(".", "\\.") + "\\." + step.method() + "$")
                .forks(forks)
                .warmupIterations(warmups * step.warmupFactor())
                .warmupTime(TimeValue.milliseconds(iterationMs))
                .measurementIterations(iterations)
                .measurementTime(TimeValue.milliseconds(iterationMs))
                .addProfiler(GCProfiler.class)
                .jvmArgsAppend(
                        "-D" + DIRECTORY + "=" + scratch.directory().toAbsolutePath(),
                        "-D" + AERON_DIRECTORY + "=" + aeron)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        if (!step.parameter().isEmpty()) {
            options.param(step.parameter(), step.value());
        }
        try {
            return cost(step, new Runner(options.build()).run());
        } catch (final RunnerException failed) {
            throw new IOException("the step failed: step=" + step.label() + " cause=" + failed.getMessage(), failed);
        }
    }

    private StepCost cost(final Step step, final Collection<RunResult> results) throws IOException {
        if (results.size() != 1) {
            throw new IOException(
                    "no such step, or more than one: step=" + step.label() + " results=" + results.size());
        }
        final RunResult result = results.iterator().next();
        final double[] nanos = result.getBenchmarkResults().stream()
                .map(BenchmarkResult::getIterationResults)
                .flatMap(Collection::stream)
                .mapToDouble(iteration ->
                        iteration.getPrimaryResult().getStatistics().getPercentile(MEDIAN) / Step.BATCH)
                .toArray();
        final Result<?> allocation = result.getSecondaryResults().get(ALLOCATION);
        if (nanos.length != forks * iterations || allocation == null) {
            throw new IOException("the step was not measured as asked: step=" + step.label() + " iterations="
                    + nanos.length + " allocation=" + allocation);
        }
        return new StepCost(step, Spread.of(nanos), Math.round(allocation.getScore() / Step.BATCH * 10) / 10.0);
    }
}
