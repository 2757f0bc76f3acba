package io.fencegate.benchmarks.steps;

import io.fencegate.benchmarks.measure.Figure;
import io.fencegate.benchmarks.measure.Goal;
import io.fencegate.benchmarks.measure.Measure;
import io.fencegate.benchmarks.measure.Spread;
import io.fencegate.benchmarks.rig.Rig;
import io.fencegate.benchmarks.rig.Run;
import io.fencegate.benchmarks.rig.WrongAnswerException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What a resource takes in a full fence table, with a name of 24 bytes: outside the heap as Linux counts it (the growth
 * of the process's anonymous memory), held to what the table itself accounts for; and on the heap in use after
 * collections, against a small table. Each sample is a process of its own that does nothing else, see {@link TableMemory}.
 *
 * <p>A table takes its memory at the start, for as many resources as it may hold: one that is half empty takes twice as
 * much for each.
 */
public final class MemoryRig implements Rig {
    private static final double GOAL_OFF_HEAP = 128;
    private static final double TOLERANCE = 0.05;
    /** Memory of a process beside its table that comes and goes: compiled code, the collector. */
    private static final long TOLERANCE_BYTES = 4L << 20;

    /**
     * What one process told. Immutable.
     *
     * @param resources in the table
     * @param accounted bytes outside the heap, as the table says
     * @param anonymous bytes by which the process grew
     * @param heap bytes by which the heap in use grew
     */
    record Sample(long resources, long accounted, long anonymous, long heap) {
        static Sample parse(final String line) {
            final long[] values = new long[4];
            final String[] names = {"resources=", "accounted=", "anonymous=", "heap="};
            final String[] facts = line.split(" ");
            for (int i = 0; i < names.length; i++) {
                if (facts.length != names.length || !facts[i].startsWith(names[i])) {
                    throw new WrongAnswerException("the table's process said: " + line);
                }
                values[i] = Long.parseLong(facts[i].substring(names[i].length()));
            }
            return new Sample(values[0], values[1], values[2], values[3]);
        }

        /** The table must have told the truth about itself. */
        Sample checked(final long resourcesExpected) {
            if (resources != resourcesExpected
                    || Math.abs(anonymous - accounted) > TOLERANCE * accounted + TOLERANCE_BYTES) {
                throw new WrongAnswerException("resources=" + resources + " of " + resourcesExpected + " accounted="
                        + accounted + " anonymous=" + anonymous);
            }
            return this;
        }
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String description() {
        return "memory of a full fence table for each resource, outside the heap and on it";
    }

    @Override
    public List<String> goals() {
        return List.of("P11");
    }

    @Override
    public List<Measure> run(final Run run) throws Exception {
        final int resources = switch (run.effort()) {
            case SMOKE -> 100_000;
            case QUICK -> 1_000_000;
            case FULL -> 10_000_000;
        };
        final int samplesWanted = switch (run.effort()) {
            case SMOKE -> 1;
            case QUICK, FULL -> 3;
        };
        final List<Sample> samples = new ArrayList<>();
        while (samples.size() < samplesWanted && !run.isStopped()) {
            run.tell(String.format("a table of %,d resources in a process of its own", resources));
            sample(resources, run).ifPresent(samples::add);
        }
        return rows(resources, samples, samplesWanted);
    }

    private static Optional<Sample> sample(final int resources, final Run run)
            throws IOException, InterruptedException {
        final List<String> arguments = List.of("-Xms32m", "-Xmx32m", "-XX:+UseSerialGC", "-XX:+AlwaysPreTouch");
        final String line = OwnProcess.lineOf(arguments, TableMemory.class, List.of(Integer.toString(resources)), run);
        return Optional.ofNullable(line).map(Sample::parse).map(sample -> sample.checked(resources));
    }

    static List<Measure> rows(final int resources, final List<Sample> samples, final int samplesWanted) {
        final String table = String.format("fence table, %,d resources, names of 24 B: ", resources);
        final String offHeap = table + "bytes a resource outside the heap";
        final String onHeap = table + "bytes a resource on the heap";
        if (samples.isEmpty()) {
            return List.of(
                    Measure.skipped("P11", offHeap, Goal.atMost(GOAL_OFF_HEAP), "stopped before it began"),
                    Measure.skipped("P11", onHeap, Goal.atMost(0), "stopped before it began"));
        }
        final Measure outside = Measure.value(
                        "P11",
                        offHeap,
                        Goal.atMost(GOAL_OFF_HEAP),
                        each("process", samples, Sample::anonymous),
                        each("accounted", samples, Sample::accounted))
                .withNote("of a full table; its memory is taken at the start, for all that it may hold");
        final Measure inside = Measure.value("P11", onHeap, Goal.atMost(0), each("heap", samples, Sample::heap))
                .withNote("in use after collections, against a small table; to a hundredth of a byte");
        if (samples.size() < samplesWanted) {
            final String stopped = "stopped after samples=" + samples.size() + " of " + samplesWanted;
            return List.of(outside.partial(stopped), inside.partial(stopped));
        }
        return List.of(outside, inside);
    }

    private static Figure each(final String name, final List<Sample> samples, final ToDoubleFunction<Sample> bytes) {
        final double[] values = samples.stream()
                .mapToDouble(sample -> Math.round(100 * bytes.applyAsDouble(sample) / sample.resources()) / 100.0)
                .toArray();
        return new Figure(name, Spread.of(values), "B");
    }
}
