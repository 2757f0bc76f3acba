package io.fencegate.benchmarks.latency;

import io.fencegate.benchmarks.latency.loop.LoopResult;
import io.fencegate.benchmarks.latency.loop.OpenLoop;
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
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * Writes at a stated rate over IPC, latency from the time at which each should have been sent, while another thread syncs
 * the journal or replays it for an audit, against the same gateway left alone, in turns. 64 bytes, one writer, durability
 * {@code process}. Goal: P12, which is reported and not judged.
 *
 * <p>The disturbing thread wants a core too. Where there are fewer than three, client and line yield instead of spinning,
 * in all blocks alike, so that the figures show what the disturbance does to the journal and the disk, and not only that
 * one core is missing; some of that remains. A block holds few messages above p99.99: at this rate and length one to
 * four. What was disturbed is counted; a disturbance that did nothing fails the rig.
 *
 * <p>Left out: an audit by another process, whose reads are the same; a roll, and a checkpoint.
 */
public final class DisturbedRig implements Rig {
    private static final String ID = "P12";
    private static final long RATE = 20_000;
    private static final long RATE_ASLEEP = 2_000;
    private static final int CORES_WANTED = 3;
    private static final Names NAMES = new Names("disturbed", "undisturbed");

    @Override
    public String name() {
        return "disturbed";
    }

    @Override
    public String description() {
        return "tail of writes at a stated rate while another thread syncs or audits, against the same without";
    }

    @Override
    public List<String> goals() {
        return List.of(ID);
    }

    @Override
    public List<Measure> run(final Run run) throws Exception {
        final Idling idling =
                run.idling() == Idling.SPIN && Runtime.getRuntime().availableProcessors() < CORES_WANTED
                        ? Idling.YIELD
                        : run.idling();
        final List<Measure> rows = new ArrayList<>();
        try (Scratch scratch = run.scratch();
                LatencyDriver driver = LatencyDriver.launch(Transport.IPC)) {
            scratch.include(driver.directory());
            final SubjectConfig config =
                    SubjectConfig.of(driver, scratch.directory(), RoundTripRig.MESSAGE_LENGTH, idling);
            try (GatewaySubject gateway = new GatewaySubject(config)) {
                driver.take();
                gateway.resume();
                rows.addAll(measure(run, idling, gateway, "sync", Disturbance.sync(gateway.journal())));
                rows.addAll(measure(run, idling, gateway, "audit", Disturbance.audit(gateway.journal())));
            }
        }
        rows.add(skipped("roll", "the journal rolls by the day, and nothing can ask it to"));
        rows.add(skipped("checkpoint", "the product has no checkpoint yet"));
        return rows;
    }

    private static List<Measure> measure(
            final Run run,
            final Idling idling,
            final GatewaySubject gateway,
            final String name,
            final Disturbance disturbance)
            throws Exception {
        run.tell(name);
        final long rate = idling == Idling.BACKOFF ? RATE_ASLEEP : RATE;
        // Blocks are short and never cut short; the turns end when the run is stopped.
        final OpenLoop loop = new OpenLoop(rate, idling.strategy(), () -> false);
        final long blockNs = TimeUnit.MILLISECONDS.toNanos(blockMs(run));
        final long[] done = {0};
        final Paired<LoopResult> pairs = run.turns(run.effort() == Effort.SMOKE ? 0 : 1, blocks(run))
                .run(
                        () -> {
                            disturbance.begin();
                            try {
                                loop.run(gateway, blockNs);
                            } finally {
                                done[0] += disturbance.end();
                            }
                            return loop.result();
                        },
                        () -> {
                            loop.run(gateway, blockNs);
                            return loop.result();
                        });
        if (!pairs.isEmpty()) {
            run.results().histogram("disturbed-" + name, "disturbed", merged(pairs.subjects()));
            run.results().histogram("disturbed-" + name, "undisturbed", merged(pairs.floors()));
        }
        return Stream.of(99.9, 99.99)
                .map(percentile -> row(pairs, name, rate, percentile)
                        .withNote("idle=" + idling + " messagesInBlock=" + blockNs * rate / 1_000_000_000L
                                + (name.equals("sync") ? " filesSynced=" : " recordsRead=") + done[0]))
                .toList();
    }

    private static Measure row(
            final Paired<LoopResult> pairs, final String name, final long rate, final double percentile) {
        final String what = "write, IPC, 64 B, open loop at " + rate + "/s, while another thread "
                + (name.equals("sync") ? "syncs" : "audits") + ": p" + percentile;
        final String missed = Stream.concat(pairs.floors().stream(), pairs.subjects().stream())
                .map(result -> result.missed(rate))
                .filter(reason -> !reason.isEmpty())
                .findFirst()
                .orElse("");
        if (!missed.isEmpty()) {
            return Measure.failed(ID, what, Goal.reported(), missed)
                    .withNote("seen all the same, medians in ns: disturbed="
                            + pairs.subject(block -> at(block, percentile)).median() + " undisturbed="
                            + pairs.floor(block -> at(block, percentile)).median());
        }
        return Measure.ratio(ID, what, Goal.reported(), pairs, block -> at(block, percentile), NAMES, "ns");
    }

    private static double at(final LoopResult block, final double percentile) {
        return block.histogram().getValueAtPercentile(percentile);
    }

    private static Measure skipped(final String what, final String reason) {
        return Measure.skipped(ID, "write, IPC, 64 B, across a " + what + ": p99.9", Goal.reported(), reason);
    }

    private static Histogram merged(final List<LoopResult> blocks) {
        final Histogram all = blocks.get(0).histogram().copy();
        blocks.subList(1, blocks.size()).forEach(block -> all.add(block.histogram()));
        return all;
    }

    private static int blocks(final Run run) {
        return switch (run.effort()) {
            case SMOKE -> 1;
            case QUICK -> 10;
            case FULL -> 12;
        };
    }

    private static long blockMs(final Run run) {
        return switch (run.effort()) {
            case SMOKE -> 100;
            case QUICK -> 500;
            case FULL -> 1_500;
        };
    }
}
