package io.fencegate.benchmarks.steps;

import io.fencegate.benchmarks.measure.Goal;
import io.fencegate.benchmarks.measure.Measure;
import io.fencegate.benchmarks.measure.Paired;
import io.fencegate.benchmarks.rig.Effort;
import io.fencegate.benchmarks.rig.Rig;
import io.fencegate.benchmarks.rig.Run;
import io.fencegate.benchmarks.rig.WrongAnswerException;
import java.util.ArrayList;
import java.util.List;

/**
 * The fence check of a write, in tables of several sizes and in random order, beside the floor of memory: one random read
 * of a cache line from a table of as many lines. Both follow the same random cycle through all resources, and in both the
 * next step is known only from what the step before has read, so that neither hides its misses. After each pair of blocks
 * both must have come to the same place; each verdict must be ACCEPTED.
 *
 * <p>One thread, one JVM, both tables at once in memory of their own, taken in the same way. Each block begins with steps
 * that are not counted, so that neither pays for what the other has driven out of the caches. Left out: the checksum of
 * the payload, which is a step of its own.
 */
public final class TableRig implements Rig {
    private static final double GOAL = 1.5;
    private static final Measure.Names NAMES = new Measure.Names("check", "floor");
    private static final int CHUNK = 10_000;

    /** How long a block is, and how many there are. */
    private record Extent(int warmups, int blocks, int steps, int warmSteps) {
        static Extent of(final Effort effort, final int resources) {
            final boolean isCached = resources <= 1_000;
            return switch (effort) {
                case SMOKE -> new Extent(1, 2, 500_000, 20_000);
                case QUICK -> new Extent(2, 10, isCached ? 5_000_000 : 500_000, 100_000);
                case FULL -> new Extent(2, 20, isCached ? 40_000_000 : 4_000_000, 500_000);
            };
        }
    }

    /** One of the two, as a walk that goes on from block to block. */
    @FunctionalInterface
    private interface Walk {
        int walk(int from, int steps);
    }

    /** Measures blocks of one walk. @return nanoseconds a step */
    private static final class Walker {
        private final Walk walk;
        private final Extent extent;
        private int place;

        Walker(final Walk walk, final Extent extent) {
            this.walk = walk;
            this.extent = extent;
        }

        double block() {
            go(extent.warmSteps());
            final long startNs = System.nanoTime();
            go(extent.steps());
            return (System.nanoTime() - startNs) / (double) extent.steps();
        }

        private void go(final int steps) {
            for (int done = 0; done < steps; done += CHUNK) {
                place = walk.walk(place, CHUNK);
            }
        }
    }

    @Override
    public String name() {
        return "table";
    }

    @Override
    public String description() {
        return "fence check in tables of several sizes, random, beside dependent reads of memory";
    }

    @Override
    public List<String> goals() {
        return List.of("P4");
    }

    @Override
    public List<Measure> run(final Run run) throws Exception {
        final List<Integer> sizes =
                run.effort() == Effort.SMOKE ? List.of(1_000) : List.of(1_000, 1_000_000, 10_000_000);
        final List<Measure> rows = new ArrayList<>();
        for (final int size : sizes) {
            if (run.isStopped()) {
                rows.add(Measure.skipped("P4", what(size), Goal.atMost(GOAL), "stopped before it began"));
            } else {
                rows.add(measure(run, size));
            }
        }
        return rows;
    }

    private static String what(final int resources) {
        return String.format("fence check, %,d resources, random order: time", resources);
    }

    private static Measure measure(final Run run, final int resources) throws Exception {
        run.tell(String.format("filling a table of %,d resources", resources));
        final int[] successors = RandomWalk.cycle(resources);
        try (MemoryFloor floor = new MemoryFloor(successors);
                FenceWalk fences = new FenceWalk(successors)) {
            run.tell(String.format("%,d resources", resources));
            final Extent extent = Extent.of(run.effort(), resources);
            final Walker check = new Walker(fences::walk, extent);
            final Walker read = new Walker(floor::walk, extent);
            final Paired<Double> pairs =
                    run.turns(extent.warmups(), extent.blocks()).run(check::block, read::block);
            if (pairs.isComplete() && check.place != read.place) {
                throw new WrongAnswerException("check and floor took different ways: resources=" + resources + " check="
                        + check.place + " floor=" + read.place);
            }
            return Measure.ratio("P4", what(resources), Goal.atMost(GOAL), pairs, Double::doubleValue, NAMES, "ns");
        }
    }
}
