package io.fencegate.benchmarks.throughput;

import io.aeron.driver.MediaDriver;
import io.fencegate.benchmarks.measure.Figure;
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
import io.fencegate.benchmarks.throughput.SyncFloor.Forcing;
import io.fencegate.benchmarks.throughput.SyncFloor.Limit;
import io.fencegate.storage.durability.Durability;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Writes that are on disk when they are answered, beside an append and fdatasync of the same file.
 *
 * <p>The subject is a client thread with one writer, then with 64 of as many resources in one session, each with one
 * write under way: as soon as it is answered, the next is offered. In the same process are the line of a gateway and the
 * agent that syncs, idling as a gateway's does beside a line that has a core of its own. The floor is one thread that
 * appends a record of the user's bytes to a raw Chronicle queue and syncs its file, again and again. Both lie on the same
 * disk, and neither file is preallocated: a sync also brings new blocks to disk.
 *
 * <p>Three threads are on a write's path. They spin only where the machine has three cores; on fewer they yield, for a
 * thread that spins would keep the one that syncs from its core.
 *
 * <p>Syncs are those of the journal's records, as the gateway itself counts them; those of its fences are not on the path.
 */
public final class DiskRig implements Rig {
    private static final String ID = "P7";
    private static final Goal LATENCY = Goal.atMost(1.3);
    private static final Goal WRITES_PER_SYNC = Goal.atLeast(20);
    private static final int MESSAGE_LENGTH = 64;
    private static final int WRITERS = 64;
    private static final int THREADS = 3;
    private static final long BLOCK_NS = TimeUnit.SECONDS.toNanos(2);

    private final Room room;
    private final Forcing forcing;

    /** On the real disk. */
    public DiskRig() {
        this(Room.ofSystem(), Forcing.DATA);
    }

    DiskRig(final Room room, final Forcing forcing) {
        this.room = room;
        this.forcing = forcing;
    }

    @Override
    public String name() {
        return "disk";
    }

    @Override
    public String description() {
        return "durability=disk: latency beside append and fdatasync, and writes that share a sync";
    }

    @Override
    public List<String> goals() {
        return List.of(ID);
    }

    @Override
    public List<Measure> run(final Run run) throws Exception {
        final Size size = Size.of(run.effort());
        final Optional<String> lack = room.lacks(run.directory(), size.length());
        if (lack.isPresent()) {
            return List.of(
                    Measure.failed(ID, latencyOf(1), LATENCY, lack.get()),
                    Measure.failed(ID, sharingOf(WRITERS), WRITES_PER_SYNC, lack.get()));
        }
        final List<Measure> rows = new ArrayList<>();
        try (Scratch scratch = run.scratch();
                MediaDriver driver = FlowGateway.driver();
                SyncFloor floor = new SyncFloor(scratch.directory().resolve("floor"), MESSAGE_LENGTH, forcing)) {
            scratch.include(Path.of(driver.aeronDirectoryName()));
            for (final int writers : List.of(1, WRITERS)) {
                if (rows.isEmpty() || !run.isStopped()) {
                    run.tell(writers + " writers");
                    final FlowGateway.Config config = new FlowGateway.Config(
                            driver.aeronDirectoryName(),
                            scratch.directory().resolve("gateway-" + writers),
                            Durability.DISK,
                            writers,
                            MESSAGE_LENGTH,
                            idling(run.idling(), Runtime.getRuntime().availableProcessors()));
                    rows.addAll(measure(run, size, config, floor));
                }
            }
        }
        return rows;
    }

    private static List<Measure> measure(
            final Run run, final Size size, final FlowGateway.Config config, final SyncFloor floor) throws Exception {
        final Limit limit = new Limit(size.writes(), BLOCK_NS);
        final Paired<SyncedFlow> pairs;
        try (FlowGateway gateway = new FlowGateway(config)) {
            final ClosedWriters writers =
                    new ClosedWriters(gateway, new Patience(config.idling().strategy()));
            pairs = run.turns(size.warmups(), size.blocks())
                    .run(() -> writers.block(limit, run::isStopped), () -> floor.block(limit, run::isStopped));
            gateway.verify();
        }
        final int writers = config.writers();
        keep(run, "gateway-" + writers + "-writers", pairs.subjects());
        keep(run, "floor-beside-" + writers + "-writers", pairs.floors());
        final Measure latency = Measure.ratio(
                        ID,
                        latencyOf(writers),
                        writers == 1 ? LATENCY : Goal.reported(),
                        pairs,
                        SyncedFlow::p50,
                        Names.GATEWAY_AND_FLOOR,
                        "ns")
                .withNote("threads " + config.idling() + "; floor: one append and one fdatasync after the other");
        return List.of(latency, sharing(writers, pairs));
    }

    private static Measure sharing(final int writers, final Paired<SyncedFlow> pairs) {
        final Goal goal = writers == 1 ? Goal.reported() : WRITES_PER_SYNC;
        final String what = sharingOf(writers);
        if (pairs.isEmpty()) {
            return new Measure(ID, what, goal, Outcome.PARTIAL, List.of(), List.of())
                    .withNote("stopped before the first pair of blocks");
        }
        final Measure row = Measure.value(
                ID, what, goal, new Figure("writes per sync", pairs.subject(SyncedFlow::writesPerSync), "writes"));
        return pairs.isComplete()
                ? row
                : row.partial("stopped after blocks=" + pairs.subjects().size() + " of " + pairs.blocksWanted());
    }

    private static void keep(final Run run, final String line, final List<SyncedFlow> blocks) {
        if (!blocks.isEmpty()) {
            final Histogram all = Limit.histogram();
            blocks.forEach(block -> all.add(block.latencies()));
            run.results().histogram("disk", line, all);
        }
    }

    /** Spins only where each of the three threads has a core. */
    static Idling idling(final Idling wanted, final int cores) {
        return wanted == Idling.SPIN && cores < THREADS ? Idling.YIELD : wanted;
    }

    private static String latencyOf(final int writers) {
        return "write on disk when answered, IPC, 64 B, closed loop, " + named(writers) + ": p50";
    }

    private static String sharingOf(final int writers) {
        return "acknowledged writes per sync, " + named(writers);
    }

    private static String named(final int writers) {
        return writers == 1 ? "1 writer" : writers + " writers";
    }

    /**
     * How much is measured. Immutable.
     *
     * @param warmups blocks of each subject that are not counted
     * @param blocks of each that are
     * @param writes in a block, of each writer
     */
    private record Size(int warmups, int blocks, int writes) {
        static Size of(final Effort effort) {
            return switch (effort) {
                case SMOKE -> new Size(0, 2, 20);
                case QUICK -> new Size(1, 10, 200);
                case FULL -> new Size(3, 20, 500);
            };
        }

        /** Bytes of all journals and queues together. */
        long length() {
            final long writers = 2L * (1 + WRITERS);
            return Room.journaled(writers * (warmups + blocks) * (writes + Limit.RUN_IN), MESSAGE_LENGTH);
        }
    }
}
