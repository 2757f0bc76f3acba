package io.fencegate.benchmarks.sequencer;

import io.fencegate.benchmarks.measure.Goal;
import io.fencegate.benchmarks.measure.Measure;
import io.fencegate.benchmarks.measure.Measure.Names;
import io.fencegate.benchmarks.measure.Paired;
import io.fencegate.benchmarks.rig.Effort;
import io.fencegate.benchmarks.rig.Rig;
import io.fencegate.benchmarks.rig.Run;
import io.fencegate.benchmarks.rig.Scratch;
import io.fencegate.benchmarks.sequencer.ClusterPair.Shape;
import io.fencegate.benchmarks.sequencer.LeaseCycle.Times;
import io.fencegate.client.FencegateClient;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.HdrHistogram.Histogram;

/**
 * Round trips of leases (acquire, renew, release) by the shipped client at the shipped sequencer beside the cluster floor
 * ({@link ClusterPair}): a cluster of as many nodes that is assembled by the same code and echoes a message of an
 * Acquire's length, asked by Aeron's own client. Closed loop, one client, one thread. Goal: P8. Reported beside it: one
 * node, logs that are synced, the hand-over to a waiter ({@link HandOver}) beside two messages of the floor, and many
 * leases at once ({@link LeasePipeline}).
 *
 * <p>All nodes of both clusters run in this process, four threads each, and so does the clients' media driver. Nodes and
 * clients idle by backoff (spin, yield, then sleep up to a millisecond), as they are shipped: three nodes have more
 * threads than most machines have cores, and none may spin. So sleeps are in the figures of both subjects, and make up
 * most of them where cores are scarce; on such a machine the ratio hides part of what the product adds. The cluster that
 * waits for its turn stays up, heartbeats and all; what both cost at rest is measured and told beside the figures.
 *
 * <p>Left out: the network, nodes on hosts of their own, elections, snapshots, a table full of leases, and the answer's
 * length: a Granted is longer than the Acquire that the floor echoes.
 */
public final class AcquireRig implements Rig {
    private static final String GOAL = "P8";
    private static final double RATIO_MAX = 1.2;
    private static final String RESOURCE = "benchmarks/lease-00000001";
    private static final Names NAMES = new Names("sequencer", "floor");
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final int AWAKENING = 3;
    private static final int WINDOW = 64;
    private static final int COMMANDS_OF_A_LEASE = 2;
    private static final int CALLS_OF_A_CYCLE = 3;

    @Override
    public String name() {
        return "acquire";
    }

    @Override
    public String description() {
        return "round trip of a lease's commands at a sequencer of 3 nodes, beside a cluster that echoes";
    }

    @Override
    public List<String> goals() {
        return List.of(GOAL);
    }

    @Override
    public List<Measure> run(final Run run) throws Exception {
        final List<Measure> rows = new ArrayList<>(measure(run, new Shape(3, 0)));
        final List<Shape> others =
                run.effort() == Effort.SMOKE ? List.of(new Shape(1, 0)) : List.of(new Shape(1, 0), new Shape(3, 1));
        for (final Shape shape : others) {
            rows.addAll(
                    run.isStopped()
                            ? List.of(Measure.skipped(
                                    GOAL, what(shape, "acquire: p50"), Goal.reported(), "stopped before it began"))
                            : measure(run, shape));
        }
        return rows;
    }

    /** Everything on 3 nodes with the logs of the embedded mode, the acquire alone on other clusters. */
    private static List<Measure> measure(final Run run, final Shape shape) throws Exception {
        run.tell("starting nodes=" + shape.nodes() + " fileSyncLevel=" + shape.fileSyncLevel());
        final Path memory = Files.isWritable(MEMORY) ? MEMORY : run.directory();
        try (Scratch scratch = run.scratch();
                Scratch buffers = new Scratch(memory);
                ClusterPair pair =
                        new ClusterPair(shape, scratch.directory(), buffers.directory(), RESOURCE, EchoService::new)) {
            return measure(run, shape, pair, Size.of(run.effort()));
        }
    }

    static List<Measure> measure(final Run run, final Shape shape, final ClusterPair pair, final Size size)
            throws Exception {
        final boolean isMain = shape.equals(new Shape(3, 0));
        final List<Measure> rows = new ArrayList<>(cycles(run, shape, pair, size, isMain));
        if (isMain && !run.isStopped()) {
            rows.addAll(handOvers(run, shape, pair, size));
        }
        if (isMain && !run.isStopped()) {
            rows.add(pipelined(run, shape, pair, size));
        }
        // At the end, when nothing is compiled any more.
        rows.set(0, rows.get(0).withNote(conditions(shape, pair, size)));
        return rows;
    }

    private static List<Measure> cycles(
            final Run run, final Shape shape, final ClusterPair pair, final Size size, final boolean isMain)
            throws Exception {
        final LeaseCycle cycle = new LeaseCycle(pair.client(), RESOURCE);
        final Paired<Times> pairs = run.turns(size.warmups(), size.blocks())
                .run(
                        () -> {
                            run.tell("sequencer nodes=" + shape.nodes());
                            pair.stayAlive();
                            for (int i = 0; i < AWAKENING; i++) {
                                cycle.run(Times.empty());
                            }
                            final Times times = Times.empty();
                            for (int i = 0; i < size.cycles(); i++) {
                                cycle.run(times);
                            }
                            return times;
                        },
                        () -> {
                            run.tell("floor nodes=" + shape.nodes());
                            return Times.same(echoes(pair, CALLS_OF_A_CYCLE * size.cycles(), 1));
                        });
        keep(run, shape, "sequencer", pairs.subjects(), Times::acquire);
        keep(run, shape, "floor", pairs.floors(), Times::acquire);
        final Goal goal = isMain ? Goal.atMost(RATIO_MAX) : Goal.reported();
        final List<Measure> rows = new ArrayList<>();
        rows.add(row(what(shape, "acquire: p50"), goal, pairs, times -> times.acquire(), 50));
        rows.add(row(what(shape, "acquire: p99"), Goal.reported(), pairs, times -> times.acquire(), 99));
        if (isMain) {
            rows.add(row(what(shape, "renew: p50"), Goal.reported(), pairs, times -> times.renew(), 50));
            rows.add(row(what(shape, "release: p50"), Goal.reported(), pairs, times -> times.release(), 50));
        }
        return rows;
    }

    private static List<Measure> handOvers(final Run run, final Shape shape, final ClusterPair pair, final Size size)
            throws Exception {
        try (FencegateClient first = pair.newClient();
                FencegateClient second = pair.newClient()) {
            final HandOver handOver = new HandOver(first, second, RESOURCE);
            final Paired<Histogram> pairs = run.turns(size.warmups(), size.blocks())
                    .run(
                            () -> {
                                run.tell("hand-over");
                                pair.stayAlive();
                                for (int i = 0; i < AWAKENING; i++) {
                                    handOver.run(ClusterPair.histogram());
                                }
                                final Histogram times = ClusterPair.histogram();
                                for (int i = 0; i < size.handOvers(); i++) {
                                    handOver.run(times);
                                }
                                return times;
                            },
                            () -> {
                                run.tell("floor of the hand-over");
                                first.poll();
                                second.poll();
                                return echoes(pair, size.handOvers(), 2);
                            });
            final String what = "hand-over, release to the waiter's renewed grant, beside 2 messages: ";
            return List.of(
                    row(what(shape, what + "p50"), Goal.reported(), pairs, Function.identity(), 50),
                    row(what(shape, what + "p99"), Goal.reported(), pairs, Function.identity(), 99));
        }
    }

    private static Measure pipelined(final Run run, final Shape shape, final ClusterPair pair, final Size size)
            throws Exception {
        final LeasePipeline pipeline = new LeasePipeline(pair.client(), "benchmarks/pipelined-", WINDOW);
        final int commands = COMMANDS_OF_A_LEASE * size.pipelined();
        final Paired<Double> pairs = run.turns(size.warmups(), size.blocks())
                .run(
                        () -> {
                            run.tell("pipelined");
                            pair.stayAlive();
                            return rate(commands, pipeline.run(size.pipelined()));
                        },
                        () -> {
                            run.tell("floor, pipelined");
                            pair.stayAlive();
                            final long begunNs = System.nanoTime();
                            pair.echo().pipeline(commands, WINDOW);
                            return rate(commands, System.nanoTime() - begunNs);
                        });
        return Measure.ratio(
                        GOAL,
                        what(shape, "pipelined acquires and releases, " + WINDOW + " under way"),
                        Goal.reported(),
                        pairs,
                        rate -> rate,
                        NAMES,
                        "commands/s")
                .withNote("a grant is two commands: grants/s are half of it; the floor has as many messages under way");
    }

    private static double rate(final int commands, final long tookNs) {
        return commands * (double) TimeUnit.SECONDS.toNanos(1) / tookNs;
    }

    /** A block of the floor: each time is that of some messages one after the other. */
    private static Histogram echoes(final ClusterPair pair, final int count, final int messages) {
        pair.stayAlive();
        for (int i = 0; i < AWAKENING; i++) {
            pair.echo().exchange();
        }
        final Histogram times = ClusterPair.histogram();
        for (int i = 0; i < count; i++) {
            final long begunNs = System.nanoTime();
            for (int j = 0; j < messages; j++) {
                pair.echo().exchange();
            }
            times.recordValue(System.nanoTime() - begunNs);
        }
        return times;
    }

    private static <T> Measure row(
            final String what,
            final Goal goal,
            final Paired<T> pairs,
            final Function<T, Histogram> times,
            final double percentile) {
        return Measure.ratio(
                GOAL, what, goal, pairs, block -> times.apply(block).getValueAtPercentile(percentile), NAMES, "ns");
    }

    private static void keep(
            final Run run,
            final Shape shape,
            final String line,
            final List<Times> blocks,
            final Function<Times, Histogram> times) {
        if (!blocks.isEmpty()) {
            final Histogram all = ClusterPair.histogram();
            blocks.forEach(block -> all.add(times.apply(block)));
            run.results().histogram("sequencer", line + "-" + shape.nodes() + "-sync" + shape.fileSyncLevel(), all);
        }
    }

    private static String what(final Shape shape, final String what) {
        return "nodes=" + shape.nodes() + ", sync level " + shape.fileSyncLevel() + ", " + what;
    }

    private static String conditions(final Shape shape, final ClusterPair pair, final Size size) {
        return String.format(
                Locale.ROOT,
                "all nodes of both clusters in one process, idle=backoff, 2 x %d threads on cores=%d; both clusters at rest"
                        + " take %.0f %% of a core; the floor echoes %d bytes",
                shape.nodes() * 4,
                Runtime.getRuntime().availableProcessors(),
                restPercent(size.restMs()),
                pair.echo().messageLength());
    }

    /** What this process takes of one core while nobody asks for anything. */
    private static double restPercent(final long restMs) {
        if (!(ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.OperatingSystemMXBean system)) {
            return Double.NaN;
        }
        final long cpuNs = system.getProcessCpuTime();
        final long begunNs = System.nanoTime();
        final long endNs = begunNs + TimeUnit.MILLISECONDS.toNanos(restMs);
        for (long leftNs = endNs - begunNs; leftNs > 0; leftNs = endNs - System.nanoTime()) {
            LockSupport.parkNanos(leftNs);
        }
        return 100.0 * (system.getProcessCpuTime() - cpuNs) / (System.nanoTime() - begunNs);
    }

    /**
     * How much is measured.
     *
     * @param warmups blocks of each subject that are not counted
     * @param blocks of each that are
     * @param cycles of acquire, renew and release in a block
     * @param handOvers in a block
     * @param pipelined leases in a block
     * @param restMs for which the cost at rest is looked at
     */
    record Size(int warmups, int blocks, int cycles, int handOvers, int pipelined, long restMs) {
        static Size of(final Effort effort) {
            return switch (effort) {
                case SMOKE -> new Size(1, 2, 10, 10, 128, 100);
                case QUICK -> new Size(3, 12, 60, 40, 1_000, 500);
                case FULL -> new Size(6, 30, 100, 80, 2_000, 2_000);
            };
        }
    }
}
