package io.fencegate.benchmarks.sequencer;

import io.fencegate.benchmarks.measure.Goal;
import io.fencegate.benchmarks.measure.Measure;
import io.fencegate.benchmarks.measure.Measure.Names;
import io.fencegate.benchmarks.measure.Outcome;
import io.fencegate.benchmarks.measure.Paired;
import io.fencegate.benchmarks.rig.Effort;
import io.fencegate.benchmarks.rig.Idling;
import io.fencegate.benchmarks.rig.Rig;
import io.fencegate.benchmarks.rig.Run;
import io.fencegate.benchmarks.rig.Scratch;
import io.fencegate.benchmarks.sequencer.ClusterPair.Shape;
import io.fencegate.benchmarks.sequencer.LeaseCycle.Times;
import io.fencegate.client.FencegateClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.HdrHistogram.Histogram;

/**
 * Round trips of leases (acquire, renew, release) by the shipped client at the shipped sequencer beside the cluster floor
 * ({@link ClusterPair}): a cluster of as many nodes that is assembled by the same code and echoes a message of an
 * Acquire's length, asked by Aeron's own client. Closed loop, one client, one thread. Goal: P8. Reported beside it: one
 * node, logs that are synced, the hand-over to a waiter ({@link HandOver}) beside two messages of the floor, and many
 * leases at once ({@link LeasePipeline}).
 *
 * <p>All nodes of both clusters run in this process, four threads each, and so does the clients' media driver. Threads of
 * the cluster whose block it is yield, in both subjects: three nodes have more threads than most machines have cores, so
 * none may spin; and as they are shipped, by backoff, each sleeps up to a millisecond, which would hide what the product
 * adds. The same as shipped is reported beside it. Clients wait as the library's blocking calls do: spin, yield, then
 * sleep, up to a millisecond. The cluster that waits for its turn stays up behind a {@link Gate}, heartbeats and all; what it takes of a core is measured and told
 * beside the figures. An election within a block ends the run. No two pairs of clusters live at the same time.
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
    private static final Shape MAIN = new Shape(3, 0, Idling.YIELD);
    private static final List<Shape> OTHERS =
            List.of(new Shape(3, 0, Idling.BACKOFF), new Shape(3, 1, Idling.YIELD), new Shape(1, 0, Idling.YIELD));
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
        final Size size = Size.of(run.effort());
        final List<Measure> rows = new ArrayList<>(measure(run, MAIN, size, true));
        for (final Shape shape : run.effort() == Effort.SMOKE ? OTHERS.subList(2, 3) : OTHERS) {
            rows.addAll(measure(run, shape, shape.fileSyncLevel() == 0 ? size : size.ofSynced(), false));
        }
        return rows;
    }

    /**
     * Leases on clusters of the user's choice; nothing of it is judged.
     *
     * @param run what a rig is told; its idling is that of every thread
     * @param nodes of each cluster: 1, 3 or 5
     * @param fileSyncLevel of its logs: 0 or 1
     * @param messages acquires that count
     * @return acquire, renew, release and hand-over beside the floor
     * @throws Exception whatever breaks
     */
    public static List<Measure> measure(final Run run, final int nodes, final int fileSyncLevel, final int messages)
            throws Exception {
        return measure(run, new Shape(nodes, fileSyncLevel, run.idling()), Size.of(messages), true).stream()
                .map(row -> row.outcome() == Outcome.MET || row.outcome() == Outcome.NOT_MET
                        ? new Measure(
                                row.id(), row.what(), Goal.reported(), Outcome.REPORTED, row.figures(), row.notes())
                        : row)
                .toList();
    }

    /** One pair of clusters, which is gone before the next one comes. */
    private static List<Measure> measure(final Run run, final Shape shape, final Size size, final boolean isWhole)
            throws Exception {
        if (run.isStopped()) {
            return List.of(
                    Measure.skipped(GOAL, what(shape, "acquire: p50"), Goal.reported(), "stopped before it began"));
        }
        run.tell("starting " + shape);
        final Path memory = Files.isWritable(MEMORY) ? MEMORY : run.directory();
        try (Scratch scratch = run.scratch();
                Scratch buffers = new Scratch(memory);
                ClusterPair pair =
                        new ClusterPair(shape, scratch.directory(), buffers.directory(), RESOURCE, EchoService::new)) {
            return measure(run, shape, pair, size, isWhole);
        }
    }

    static List<Measure> measure(
            final Run run, final Shape shape, final ClusterPair pair, final Size size, final boolean isWhole)
            throws Exception {
        final List<Measure> rows = new ArrayList<>(cycles(run, shape, pair, size, isWhole));
        if (isWhole && !run.isStopped()) {
            rows.addAll(handOvers(run, shape, pair, size));
        }
        if (isWhole && !run.isStopped()) {
            rows.add(pipelined(run, shape, pair, size));
        }
        rows.set(0, rows.get(0).withNote(conditions(shape, pair)));
        return rows;
    }

    private static List<Measure> cycles(
            final Run run, final Shape shape, final ClusterPair pair, final Size size, final boolean isWhole)
            throws Exception {
        final LeaseCycle cycle = new LeaseCycle(pair.client(), RESOURCE);
        run.tell("leases, nodes=" + shape.nodes());
        final Paired<Times> pairs = run.turns(size.warmups(), size.blocks())
                .run(
                        () -> pair.ofSubject(() -> cycle.run(Times.empty()), () -> {
                            final Times times = Times.empty();
                            for (int i = 0; i < size.cycles(); i++) {
                                cycle.run(times);
                            }
                            return times;
                        }),
                        () -> Times.same(echoes(pair, CALLS_OF_A_CYCLE * size.cycles(), 1)));
        keep(run, shape, "sequencer", pairs.subjects(), Times::acquire);
        keep(run, shape, "floor", pairs.floors(), Times::acquire);
        final Goal goal = shape.equals(MAIN) ? Goal.atMost(RATIO_MAX) : Goal.reported();
        final List<Measure> rows = new ArrayList<>();
        rows.add(row(what(shape, "acquire: p50"), goal, pairs, times -> times.acquire(), 50));
        rows.add(row(what(shape, "acquire: p90"), Goal.reported(), pairs, times -> times.acquire(), 90));
        if (isWhole) {
            rows.add(row(what(shape, "renew: p50"), Goal.reported(), pairs, times -> times.renew(), 50));
            rows.add(row(what(shape, "release: p50"), Goal.reported(), pairs, times -> times.release(), 50));
        }
        return rows;
    }

    private static List<Measure> handOvers(final Run run, final Shape shape, final ClusterPair pair, final Size size)
            throws Exception {
        run.tell("hand-over, nodes=" + shape.nodes());
        try (FencegateClient first = pair.newClient();
                FencegateClient second = pair.newClient()) {
            final HandOver handOver = new HandOver(first, second, RESOURCE);
            final Paired<Histogram> pairs = run.turns(size.warmups(), size.blocks())
                    .run(
                            () -> pair.ofSubject(() -> handOver.run(ClusterPair.histogram()), () -> {
                                final Histogram times = ClusterPair.histogram();
                                for (int i = 0; i < size.handOvers(); i++) {
                                    handOver.run(times);
                                }
                                return times;
                            }),
                            () -> {
                                first.poll();
                                second.poll();
                                return echoes(pair, size.handOvers(), 2);
                            });
            final String what = "hand-over, release to the waiter's renewed grant, beside 2 messages: ";
            return List.of(
                    row(what(shape, what + "p50"), Goal.reported(), pairs, Function.identity(), 50),
                    row(what(shape, what + "p90"), Goal.reported(), pairs, Function.identity(), 90));
        }
    }

    private static Measure pipelined(final Run run, final Shape shape, final ClusterPair pair, final Size size)
            throws Exception {
        run.tell("pipelined, nodes=" + shape.nodes());
        final LeasePipeline pipeline = new LeasePipeline(pair.client(), "benchmarks/pipelined-", WINDOW);
        final int commands = COMMANDS_OF_A_LEASE * size.pipelined();
        final Paired<Double> pairs = run.turns(size.warmups(), size.blocks())
                .run(
                        () -> pair.ofSubject(
                                () -> pipeline.run(1), () -> rate(commands, pipeline.run(size.pipelined()))),
                        () -> pair.ofFloor(() -> {
                            final long begunNs = System.nanoTime();
                            pair.echo().pipeline(commands, WINDOW);
                            return rate(commands, System.nanoTime() - begunNs);
                        }));
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
        return pair.ofFloor(() -> {
            final Histogram times = ClusterPair.histogram();
            for (int i = 0; i < count; i++) {
                final long begunNs = System.nanoTime();
                for (int j = 0; j < messages; j++) {
                    pair.echo().exchange();
                }
                times.recordValue(System.nanoTime() - begunNs);
            }
            return times;
        });
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
            run.results().histogram("sequencer", line + suffix(shape), all);
        }
    }

    private static String suffix(final Shape shape) {
        return ("-" + shape.nodes() + "-sync" + shape.fileSyncLevel() + "-" + shape.idling()).toLowerCase(Locale.ROOT);
    }

    private static String what(final Shape shape, final String what) {
        return "nodes=" + shape.nodes() + ", sync level " + shape.fileSyncLevel() + ", "
                + (shape.idling() == Idling.BACKOFF ? "idle as shipped, " : "") + what;
    }

    private static String conditions(final Shape shape, final ClusterPair pair) {
        return String.format(
                Locale.ROOT,
                "all nodes of both clusters in one process, idle=%s, 2 x %d threads on cores=%d; the cluster whose"
                        + " block it is not sleeps %d ms a turn and took %.1f %% of a core; same leaders and terms"
                        + " before and after each block; the floor echoes %d bytes",
                shape.idling(),
                shape.nodes() * 4,
                Runtime.getRuntime().availableProcessors(),
                TimeUnit.NANOSECONDS.toMillis(Gate.PARK_NS),
                pair.gatedPercent(),
                pair.echo().messageLength());
    }

    /**
     * How much is measured.
     *
     * @param warmups blocks of each subject that are not counted
     * @param blocks of each that are
     * @param cycles of acquire, renew and release in a block
     * @param handOvers in a block
     * @param pipelined leases in a block
     */
    record Size(int warmups, int blocks, int cycles, int handOvers, int pipelined) {
        private static final int BLOCKS_MIN = 10;
        private static final int SYNCED = 3;

        static Size of(final Effort effort) {
            return switch (effort) {
                case SMOKE -> new Size(1, 2, 10, 10, 128);
                case QUICK -> new Size(3, 12, 40, 30, 1_000);
                case FULL -> new Size(6, 30, 80, 60, 2_000);
            };
        }

        /** So many acquires, in blocks as short as those of a quick run. */
        static Size of(final int messages) {
            final Size quick = of(Effort.QUICK);
            final int cycles = Math.min(quick.cycles, (messages + BLOCKS_MIN - 1) / BLOCKS_MIN);
            return new Size(
                    quick.warmups,
                    (messages + cycles - 1) / cycles,
                    cycles,
                    Math.min(cycles, quick.handOvers),
                    quick.pipelined);
        }

        /** Where each message waits for disks, blocks have fewer of them. */
        Size ofSynced() {
            return new Size(warmups, blocks, Math.max(1, cycles / SYNCED), handOvers, pipelined);
        }
    }
}
