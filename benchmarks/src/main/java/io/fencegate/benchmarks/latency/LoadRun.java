package io.fencegate.benchmarks.latency;

import io.fencegate.benchmarks.latency.loop.ClosedLoop;
import io.fencegate.benchmarks.latency.loop.LoopResult;
import io.fencegate.benchmarks.latency.loop.OpenLoop;
import io.fencegate.benchmarks.latency.subject.GatewaySubject;
import io.fencegate.benchmarks.latency.subject.LatencyDriver;
import io.fencegate.benchmarks.latency.subject.SubjectConfig;
import io.fencegate.benchmarks.measure.Figure;
import io.fencegate.benchmarks.measure.Goal;
import io.fencegate.benchmarks.measure.Measure;
import io.fencegate.benchmarks.measure.Outcome;
import io.fencegate.benchmarks.measure.Spread;
import io.fencegate.benchmarks.rig.Run;
import io.fencegate.benchmarks.rig.Scratch;
import io.fencegate.benchmarks.rig.WrongAnswerException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/**
 * One gateway under one load, closed loop or at stated rates, beside nothing: the latencies themselves. For each rate the
 * warm-up is discarded, and every answer of it is checked all the same.
 *
 * <p>Each writer is a client of its own, with a session and a resource; one thread, the calling one, sends for all and
 * hears all. With many writers it is busy with them in turn, and what it does for one delays the others: that is a part
 * of these figures. A rate is that of all writers together.
 */
public final class LoadRun {
    /** More writers than these have term buffers that take memory only as they are written to. */
    private static final int WRITERS_TOUCHED_MAX = 64;

    private final Run run;
    private final long warmupNs;
    private final long durationNs;

    /**
     * Runs of some length.
     *
     * @param run where, and for whom
     * @param warmupNs that is discarded, before each rate
     * @param durationNs that counts, of each rate
     */
    public LoadRun(final Run run, final long warmupNs, final long durationNs) {
        this.run = run;
        this.warmupNs = warmupNs;
        this.durationNs = durationNs;
    }

    /**
     * Measures. What breaks is a failed row of its own.
     *
     * @param load of the gateway
     * @param rates messages a second, or {@link Load#CLOSED}
     * @return a row for each rate
     */
    public List<Measure> measure(final Load load, final List<Long> rates) {
        final List<Measure> rows = new ArrayList<>();
        try (Scratch scratch = run.scratch();
                LatencyDriver driver = load.writers() > WRITERS_TOUCHED_MAX
                        ? LatencyDriver.sparse(load.transport())
                        : LatencyDriver.launch(load.transport())) {
            scratch.include(driver.directory());
            final SubjectConfig config = SubjectConfig.of(
                            driver, scratch.directory(), load.messageLength(), run.idling())
                    .withWriters(load.writers(), load.durability());
            try (GatewaySubject gateway = new GatewaySubject(config)) {
                driver.take();
                gateway.resume();
                for (final long rate : rates) {
                    run.tell(load.what(rate));
                    rows.add(row(load, rate, measure(gateway, rate)));
                }
            }
        } catch (final WrongAnswerException wrong) {
            fail(load, rates, rows, wrong.getMessage());
        } catch (final Exception broken) {
            fail(load, rates, rows, "it broke: " + broken);
        }
        return rows;
    }

    private static void fail(final Load load, final List<Long> rates, final List<Measure> rows, final String reason) {
        for (int i = rows.size(); i < rates.size(); i++) {
            rows.add(Measure.failed("", load.what(rates.get(i)), Goal.reported(), reason));
        }
    }

    private LoopResult measure(final GatewaySubject gateway, final long rate) {
        if (rate == Load.CLOSED) {
            final ClosedLoop loop = new ClosedLoop(run.idling().strategy(), run::isStopped);
            loop.run(gateway, Long.MAX_VALUE, warmupNs);
            loop.run(gateway, Long.MAX_VALUE, run.isStopped() ? 0 : durationNs);
            return loop.result();
        }
        final OpenLoop loop = new OpenLoop(rate, run.idling().strategy(), run::isStopped);
        loop.run(gateway, warmupNs);
        loop.run(gateway, run.isStopped() ? 0 : durationNs);
        return loop.result();
    }

    private Measure row(final Load load, final long rate, final LoopResult result) {
        final Measure row = judge(load, rate, result, run.isStopped());
        if (result.sent() > 0) {
            final String failed = row.outcome() == Outcome.FAILED ? "-failed" : "";
            run.results().histogram(load.chart(), load.line(rate) + failed, result.histogram());
        }
        return row.withNote("idle=" + run.idling() + ", one thread is the client of all writers");
    }

    /**
     * What is said of a result. A rate that was missed leaves no figure that could be taken for one at that rate.
     *
     * @param load of the gateway
     * @param rate that was stated, or {@link Load#CLOSED}
     * @param result of the loop
     * @param isStopped whether the user has had enough
     * @return the row
     */
    static Measure judge(final Load load, final long rate, final LoopResult result, final boolean isStopped) {
        final List<Figure> figures = figures(result);
        final String what = load.what(rate);
        if (isStopped || !result.isComplete()) {
            return new Measure("", what, Goal.reported(), Outcome.PARTIAL, figures, List.of())
                    .withNote("stopped after messages=" + result.sent());
        }
        final String missed = rate == Load.CLOSED ? "" : result.missed(rate);
        if (!missed.isEmpty()) {
            return Measure.failed("", what, Goal.reported(), missed)
                    .withNote("seen all the same: "
                            + figures.stream().map(LoadRun::text).collect(Collectors.joining(" ")));
        }
        return Measure.value("", what, Goal.reported(), figures.toArray(Figure[]::new));
    }

    private static String text(final Figure figure) {
        return String.format(
                Locale.ROOT, "%s=%.0f%s", figure.name(), figure.spread().median(), figure.unit());
    }

    private static List<Figure> figures(final LoopResult result) {
        final Histogram histogram = result.histogram();
        final List<Figure> figures = new ArrayList<>();
        figures.add(figure("p50", histogram.getValueAtPercentile(50), "ns"));
        figures.add(figure("p90", histogram.getValueAtPercentile(90), "ns"));
        figures.add(figure("p99", histogram.getValueAtPercentile(99), "ns"));
        figures.add(figure("p99.9", histogram.getValueAtPercentile(99.9), "ns"));
        figures.add(figure("p99.99", histogram.getValueAtPercentile(99.99), "ns"));
        figures.add(figure("max", histogram.getMaxValue(), "ns"));
        figures.add(figure("achieved", result.rate(), "writes/s"));
        return figures;
    }

    private static Figure figure(final String name, final double value, final String unit) {
        return new Figure(name, Spread.of(value), unit);
    }
}
