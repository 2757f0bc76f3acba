package io.fencegate.benchmarks.recovery;

import io.fencegate.benchmarks.latency.subject.LatencyDriver;
import io.fencegate.benchmarks.latency.subject.Transport;
import io.fencegate.benchmarks.measure.Goal;
import io.fencegate.benchmarks.measure.Measure;
import io.fencegate.benchmarks.measure.Paired;
import io.fencegate.benchmarks.rig.Effort;
import io.fencegate.benchmarks.rig.Rig;
import io.fencegate.benchmarks.rig.Run;
import io.fencegate.benchmarks.rig.Scratch;
import java.util.List;

/**
 * From the start of a gateway to its first answered open, with journals of two lengths and the same live resources: a
 * long journal beside a short one, in turns. What is opened must be told with the last sequence that was written to it.
 *
 * <p>In this process: the gateway with its own threads, its media driver, and the client whose connection is part of the
 * time. A process that starts pays for its JVM besides, and runs recovery cold. Journals are read from the page cache.
 * Each start begins a generation and appends what starts append, so that both journals grow alike by some records a
 * block. The figure is the long start's time over the short one's. Journals are written once.
 */
public final class RestartRig implements Rig {
    private static final String TODAY =
            "there is no checkpoint: every start replays the whole journal, and searches the"
                    + " unwritten rest of its newest file for lost records";

    private static final double GOAL = 1.2;
    private static final int RESOURCES = 100;

    private record Lengths(long shortest, long longest) {
        static Lengths of(final Effort effort) {
            return switch (effort) {
                case SMOKE -> new Lengths(2_000, 20_000);
                case QUICK -> new Lengths(100_000, 1_000_000);
                case FULL -> new Lengths(1_000_000, 20_000_000);
            };
        }
    }

    @Override
    public String name() {
        return "restart";
    }

    @Override
    public String description() {
        return "start of a gateway to its first answer, with a long journal beside a short one";
    }

    @Override
    public List<String> goals() {
        return List.of("P10");
    }

    @Override
    public List<Measure> run(final Run run) throws Exception {
        final Lengths lengths = Lengths.of(run.effort());
        // The goal speaks of these lengths; shorter journals hide behind what every start costs.
        final Goal goal = run.effort() == Effort.FULL ? Goal.atMost(GOAL) : Goal.reported();
        final String what = String.format(
                "start to first answer, %,d records against %,d, %,d live resources: time",
                lengths.longest(), lengths.shortest(), RESOURCES);
        try (Scratch scratch = run.scratch();
                LatencyDriver driver = LatencyDriver.launch(Transport.IPC)) {
            scratch.include(driver.directory());
            run.tell("writing two journals");
            final FilledJournal shortest = FilledJournal.fill(
                    scratch.directory().resolve("short"), RESOURCES, lengths.shortest(), run.stopped());
            final FilledJournal longest = FilledJournal.fill(
                    scratch.directory().resolve("long"), RESOURCES, lengths.longest(), run.stopped());
            if (shortest == null || longest == null) {
                return List.of(Measure.skipped("P10", what, goal, "stopped before it began"));
            }
            run.tell("starting gateways");
            final GatewayStart longStart = new GatewayStart(driver.aeronDirectory(), longest);
            final GatewayStart shortStart = new GatewayStart(driver.aeronDirectory(), shortest);
            final Paired<Double> pairs = turns(run, longStart, shortStart);
            final Measure row = Measure.ratio(
                            "P10", what, goal, pairs, Double::doubleValue, new Measure.Names("long", "short"), "ms")
                    .withNote(TODAY)
                    .withNote("gateway, driver and client in one process, journals in the page cache");
            return List.of(
                    run.effort() == Effort.FULL
                            ? row
                            : row.withNote(
                                    "not judged: too short to rise above what every start costs; the goal is for 1 M"
                                            + " and 20 M records (--full)"));
        }
    }

    private static Paired<Double> turns(final Run run, final GatewayStart longStart, final GatewayStart shortStart)
            throws Exception {
        return switch (run.effort()) {
            case SMOKE -> run.turns(0, 1).run(longStart, shortStart);
            case QUICK, FULL -> run.turns(1, 10).run(longStart, shortStart);
        };
    }
}
