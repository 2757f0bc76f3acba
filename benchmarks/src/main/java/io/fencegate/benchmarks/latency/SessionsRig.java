package io.fencegate.benchmarks.latency;

import io.fencegate.benchmarks.latency.loop.ClosedLoop;
import io.fencegate.benchmarks.latency.subject.GatewaySubject;
import io.fencegate.benchmarks.latency.subject.IdleSessions;
import io.fencegate.benchmarks.latency.subject.LatencyDriver;
import io.fencegate.benchmarks.latency.subject.SubjectConfig;
import io.fencegate.benchmarks.latency.subject.Transport;
import io.fencegate.benchmarks.measure.Goal;
import io.fencegate.benchmarks.measure.Measure;
import io.fencegate.benchmarks.measure.Measure.Names;
import io.fencegate.benchmarks.measure.Paired;
import io.fencegate.benchmarks.rig.Rig;
import io.fencegate.benchmarks.rig.Run;
import io.fencegate.benchmarks.rig.Scratch;
import io.fencegate.benchmarks.rig.WrongAnswerException;
import io.fencegate.storage.session.SessionLimits;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * The round trip of a write over IPC beside a thousand idle sessions, against the same write alone: two gateways with one
 * writer each, one of them with the sessions too, each on a media driver of its own and with a journal of its own, in
 * turns; a block ends after so many messages, or half a second. Closed loop, 64 bytes, durability {@code process}. Goal: P13.
 *
 * <p>Each session is one of the client library's, was welcomed by the gateway, and is still there at the end: both sides
 * are asked. Its client is silent while blocks are measured, so its session is never late: the gateway's patience is
 * raised to an hour. The driver of the many has two thousand more streams to look after: that is a part of their cost,
 * and in the ratio. So that memory is bounded, term buffers take it only as they are written to, in both gateways, and
 * warm-up passes through those of the writer.
 */
public final class SessionsRig implements Rig {
    private static final int SESSIONS = 1_000;
    private static final int SESSIONS_SMOKE = 20;
    private static final int WARMUPS = 2;
    private static final long BLOCK_MAX_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long PATIENCE_NS = TimeUnit.HOURS.toNanos(1);
    private static final Names NAMES = new Names("beside sessions", "alone");

    @Override
    public String name() {
        return "sessions";
    }

    @Override
    public String description() {
        return "round trip of one writer over IPC beside 1,000 idle sessions, against alone";
    }

    @Override
    public List<String> goals() {
        return List.of("P13");
    }

    @Override
    public List<Measure> run(final Run run) throws Exception {
        final int count = switch (run.effort()) {
            case SMOKE -> SESSIONS_SMOKE;
            case QUICK, FULL -> SESSIONS;
        };
        final SessionLimits defaults = SessionLimits.DEFAULT;
        final SessionLimits limits = new SessionLimits(
                Math.max(defaults.sessionsMax(), count + 1),
                defaults.answersPendingMax(),
                PATIENCE_NS,
                PATIENCE_NS,
                defaults.refusalsPerSecond());
        try (Scratch scratch = run.scratch();
                LatencyDriver driver = LatencyDriver.sparse(Transport.IPC);
                LatencyDriver other = LatencyDriver.sparse(Transport.IPC)) {
            scratch.include(driver.directory());
            scratch.include(other.directory());
            final SubjectConfig many = SubjectConfig.of(
                            driver, scratch.directory().resolve("many"), RoundTripRig.MESSAGE_LENGTH, run.idling())
                    .withSessions(limits);
            final SubjectConfig one = SubjectConfig.of(
                            other, scratch.directory().resolve("one"), RoundTripRig.MESSAGE_LENGTH, run.idling())
                    .withSessions(limits);
            try (GatewaySubject alone = new GatewaySubject(one);
                    GatewaySubject beside = new GatewaySubject(many)) {
                return measure(run, beside, alone, driver, count);
            }
        }
    }

    private static List<Measure> measure(
            final Run run,
            final GatewaySubject beside,
            final GatewaySubject alone,
            final LatencyDriver driver,
            final int count)
            throws Exception {
        run.tell("beginning sessions");
        beside.resume();
        try (IdleSessions sessions = new IdleSessions(beside, driver, count, run::isStopped)) {
            final boolean isStopped = run.isStopped();
            beside.pause();
            if (!isStopped) {
                check(sessions, beside, count);
            }
            final ClosedLoop loop = new ClosedLoop(run.idling().strategy(), () -> false);
            final int messages = messages(run);
            run.tell("sessions=" + count);
            final Paired<Histogram> pairs = run.turns(WARMUPS, blocks(run))
                    .run(
                            () -> loop.block(beside, messages, BLOCK_MAX_NS).histogram(),
                            () -> loop.block(alone, messages, BLOCK_MAX_NS).histogram());
            if (!pairs.isEmpty()) {
                check(sessions, beside, count);
                run.results().histogram("sessions", "beside", merged(pairs.subjects()));
                run.results().histogram("sessions", "alone", merged(pairs.floors()));
            }
            return List.of(
                    row(pairs, count, 50, Goal.atMost(1.1)).withNote("idle=" + run.idling() + " sessions=" + count),
                    row(pairs, count, 99, Goal.reported()));
        }
    }

    /** Both sides say that they are all there. */
    private static void check(final IdleSessions sessions, final GatewaySubject gateway, final int count) {
        final int alive = sessions.alive();
        final long known = gateway.gateway().counters().sessions();
        if (alive != count || known != count + 1L) {
            throw new WrongAnswerException("sessions are gone: wanted=" + count + " alive=" + alive + " knownToGateway="
                    + known + ", the writer's own among them");
        }
    }

    private static Measure row(
            final Paired<Histogram> pairs, final int count, final double percentile, final Goal goal) {
        final String text = percentile == 50 ? "p50" : "p99";
        return Measure.ratio(
                "P13",
                "write round trip, IPC, 64 B, closed loop, beside idle sessions=" + count + ": " + text,
                goal,
                pairs,
                block -> block.getValueAtPercentile(percentile),
                NAMES,
                "ns");
    }

    private static Histogram merged(final List<Histogram> blocks) {
        final Histogram all = blocks.get(0).copy();
        blocks.subList(1, blocks.size()).forEach(all::add);
        return all;
    }

    private static int blocks(final Run run) {
        return switch (run.effort()) {
            case SMOKE -> 2;
            case QUICK -> 12;
            case FULL -> 20;
        };
    }

    private static int messages(final Run run) {
        return switch (run.effort()) {
            case SMOKE -> 2_000;
            case QUICK -> 60_000;
            case FULL -> 100_000;
        };
    }
}
