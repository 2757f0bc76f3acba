package io.fencegate.benchmarks.latency;

import io.fencegate.benchmarks.latency.loop.ClosedLoop;
import io.fencegate.benchmarks.latency.loop.LoopResult;
import io.fencegate.benchmarks.latency.loop.Subject;
import io.fencegate.benchmarks.latency.subject.EchoFloor;
import io.fencegate.benchmarks.latency.subject.GatewaySubject;
import io.fencegate.benchmarks.latency.subject.LatencyDriver;
import io.fencegate.benchmarks.latency.subject.SubjectConfig;
import io.fencegate.benchmarks.latency.subject.Transport;
import io.fencegate.benchmarks.measure.Goal;
import io.fencegate.benchmarks.measure.Measure;
import io.fencegate.benchmarks.measure.Measure.Names;
import io.fencegate.benchmarks.measure.Paired;
import io.fencegate.benchmarks.rig.Effort;
import io.fencegate.benchmarks.rig.Idling;
import io.fencegate.benchmarks.rig.Rig;
import io.fencegate.benchmarks.rig.Run;
import io.fencegate.benchmarks.rig.Scratch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;

/**
 * The round trip of a write of 64 bytes (send, check, journal, answer) beside its floor ({@link EchoFloor}), closed loop,
 * one writer, durability {@code process}, over one transport. Goals: P1 over IPC, P2 over UDP; over IPC the bytes
 * allocated by each write too, P5.
 *
 * <p>Two threads work in each block: the client's, which is the rig's own, and the other one of the subject whose block
 * it is; that of the other subject sleeps behind a gate. Who drives the media driver, {@link LatencyDriver} says. Both
 * subjects stand on the same driver, idle in the same way, check their answers, and journal to the same directory.
 *
 * <p>Allocation is counted by the JVM, on exactly these two threads, in the blocks that count, between the awakening of
 * the subject and the last answer: so it includes whatever the loop itself would allocate, and excludes the housekeeping
 * of other threads. Warm-up goes on, in turns with the floor's, until a block of the gateway allocates nothing, but not
 * for ever: code that is not compiled yet makes garbage that it does not make later. Which blocks count is decided before
 * they are measured.
 *
 * <p>Left out: other lengths, rates and numbers of writers, synced writes, hand-overs to a driver on cores of its own, and
 * the network. New pages of a journal are paid for by the message that needs them, in both subjects.
 */
public final class RoundTripRig implements Rig {
    /** Bytes of a message. */
    static final int MESSAGE_LENGTH = 64;

    private static final int CORES_SPINNING = 2;
    private static final int WARMUPS_UNTIL_CLEAN_MAX = 20;
    private static final long BLOCK_MAX_NS = TimeUnit.SECONDS.toNanos(1);

    private final Transport transport;
    private final String name;
    private final String goal;
    private final double p50RatioMax;
    private final double p99RatioMax;

    private RoundTripRig(
            final Transport transport,
            final String name,
            final String goal,
            final double p50RatioMax,
            final double p99RatioMax) {
        this.transport = transport;
        this.name = name;
        this.goal = goal;
        this.p50RatioMax = p50RatioMax;
        this.p99RatioMax = p99RatioMax;
    }

    /** Over shared memory. @return the rig of P1 and P5 */
    public static RoundTripRig ipc() {
        return new RoundTripRig(Transport.IPC, "ipc", "P1", 1.15, 1.3);
    }

    /** Over the loopback interface. @return the rig of P2 */
    public static RoundTripRig udp() {
        return new RoundTripRig(Transport.UDP, "udp", "P2", 1.10, 1.3);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return "round trip of a write over " + label() + ", closed loop, beside a ping-pong with one raw append";
    }

    @Override
    public List<String> goals() {
        return transport == Transport.IPC ? List.of(goal, "P5") : List.of(goal);
    }

    private String label() {
        return transport.name();
    }

    @Override
    public List<Measure> run(final Run run) throws Exception {
        run.tell("starting");
        try (Scratch scratch = run.scratch();
                LatencyDriver driver = LatencyDriver.launch(transport)) {
            scratch.include(driver.directory());
            final SubjectConfig config = SubjectConfig.of(driver, scratch.directory(), MESSAGE_LENGTH, run.idling());
            try (EchoFloor floor = new EchoFloor(config);
                    GatewaySubject gateway = new GatewaySubject(config)) {
                driver.take();
                return measure(run, gateway, floor);
            }
        }
    }

    private List<Measure> measure(final Run run, final GatewaySubject gateway, final EchoFloor floor) throws Exception {
        final int messages = messages(run);
        // A block takes a second at most: it is not cut short, and the turns end behind it.
        final ClosedLoop loop = new ClosedLoop(run.idling().strategy(), () -> false);
        final Allocations allocations = new Allocations(gateway.line());
        warmUp(run, loop, gateway, floor, allocations);
        final Paired<Block> pairs = run.turns(warmups(run.effort()), blocks(run.effort()))
                .run(
                        () -> {
                            run.tell("gateway");
                            return block(loop, gateway, messages, allocations);
                        },
                        () -> {
                            run.tell("floor");
                            return block(loop, floor, messages, allocations);
                        });
        keep(run, pairs);
        final List<Measure> rows = new ArrayList<>();
        rows.add(row(pairs, "p50", 50, Goal.atMost(p50RatioMax)).withNote(threads(run.idling())));
        rows.add(row(pairs, "p99", 99, Goal.atMost(p99RatioMax)));
        rows.add(row(pairs, "p99.9", 99.9, Goal.reported()));
        if (transport == Transport.IPC) {
            rows.add(allocated(pairs, "the gateway's line", Block::lineBytes));
            rows.add(allocated(pairs, "the client's thread", Block::clientBytes));
        }
        return rows;
    }

    /** Until a block of the gateway has allocated nothing: when the JVM's compilers are done, only they know. */
    private void warmUp(
            final Run run,
            final ClosedLoop loop,
            final GatewaySubject gateway,
            final EchoFloor floor,
            final Allocations allocations) {
        final int blocksMax = run.effort() == Effort.SMOKE ? 1 : WARMUPS_UNTIL_CLEAN_MAX;
        boolean isClean = false;
        for (int i = 0; i < blocksMax && !isClean && !run.isStopped(); i++) {
            run.tell("warming up");
            block(loop, floor, messages(run), allocations);
            final Block block = block(loop, gateway, messages(run), allocations);
            isClean = block.lineBytes() == 0 && block.clientBytes() == 0;
        }
    }

    private static Block block(
            final ClosedLoop loop, final Subject subject, final int messages, final Allocations allocations) {
        subject.resume();
        loop.run(subject, Math.min(messages, ClosedLoop.AWAKENING), BLOCK_MAX_NS);
        allocations.begin();
        loop.run(subject, messages, BLOCK_MAX_NS);
        allocations.end();
        subject.pause();
        final LoopResult result = loop.result();
        return new Block(result.histogram(), result.sent(), allocations.ofOther(), allocations.ofThisThread());
    }

    private void keep(final Run run, final Paired<Block> pairs) {
        if (!pairs.isEmpty()) {
            run.results().histogram("round-trip-" + name, "gateway", merged(pairs.subjects()));
            run.results().histogram("round-trip-" + name, "floor", merged(pairs.floors()));
        }
    }

    private static Histogram merged(final List<Block> blocks) {
        final Histogram all = blocks.get(0).histogram().copy();
        blocks.subList(1, blocks.size()).forEach(block -> all.add(block.histogram()));
        return all;
    }

    private Measure row(final Paired<Block> pairs, final String percentile, final double at, final Goal limit) {
        return Measure.ratio(
                goal,
                "write round trip, " + label() + ", " + MESSAGE_LENGTH + " B, closed loop: " + percentile,
                limit,
                pairs,
                block -> block.histogram().getValueAtPercentile(at),
                Names.GATEWAY_AND_FLOOR,
                "ns");
    }

    private Measure allocated(final Paired<Block> pairs, final String whose, final ToLongFunction<Block> bytes) {
        return Allocations.row(
                "bytes allocated per write, " + label() + ", closed loop: " + whose, pairs, bytes, Block::messages);
    }

    private String threads(final Idling idling) {
        final String driver = transport == Transport.IPC
                ? "the driver has a thread that sleeps"
                : "the driver works in the client's thread, no third one spins";
        return "idle=" + idling + ", threads=" + CORES_SPINNING + " (client, and line or echo) on cores="
                + Runtime.getRuntime().availableProcessors() + "; " + driver;
    }

    private static int warmups(final Effort effort) {
        return switch (effort) {
            case SMOKE -> 1;
            case QUICK -> 4;
            case FULL -> 8;
        };
    }

    private static int blocks(final Effort effort) {
        return switch (effort) {
            case SMOKE -> 2;
            case QUICK -> 12;
            case FULL -> 30;
        };
    }

    private int messages(final Run run) {
        return switch (run.effort()) {
            case SMOKE -> 2_000;
            case QUICK -> transport == Transport.IPC ? 100_000 : 20_000;
            case FULL -> transport == Transport.IPC ? 250_000 : 40_000;
        };
    }

    /**
     * One block.
     *
     * @param histogram of its round trips, in nanoseconds
     * @param messages that it counted
     * @param lineBytes allocated meanwhile by the line's thread
     * @param clientBytes allocated meanwhile by the client's thread
     */
    private record Block(Histogram histogram, long messages, long lineBytes, long clientBytes) {}
}
