package io.fencegate.benchmarks.latency;

import io.fencegate.benchmarks.latency.subject.Transport;
import io.fencegate.benchmarks.measure.Figure;
import io.fencegate.benchmarks.measure.Goal;
import io.fencegate.benchmarks.measure.Measure;
import io.fencegate.benchmarks.measure.Outcome;
import io.fencegate.benchmarks.measure.Spread;
import io.fencegate.benchmarks.rig.Effort;
import io.fencegate.benchmarks.rig.Rig;
import io.fencegate.benchmarks.rig.Run;
import io.fencegate.storage.durability.Durability;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Latencies of writes over the whole matrix of loads: both transports, both durabilities, four lengths, 1 to 64 writers,
 * each closed loop and at two stated rates, see {@link LoadRun}. They stand beside nothing, so they are true for this
 * machine only, and nothing is judged by them; a rate that was missed is a failed line of the table.
 *
 * <p>Only a full run measures all of it, some ten minutes long, and its table is kept with the results; others measure one
 * writer of 64 bytes, closed loop, over both transports.
 */
public final class MatrixRig implements Rig {
    private static final List<Integer> LENGTHS = List.of(64, 256, 1024, 8192);
    private static final List<Integer> WRITERS = List.of(1, 4, 16, 64);
    private static final List<Long> RATES = List.of(Load.CLOSED, 5_000L, 20_000L);
    private static final String TABLE = "matrix";

    @Override
    public String name() {
        return "matrix";
    }

    @Override
    public String description() {
        return "latencies of writes over transports, durabilities, lengths, writers and rates, beside nothing";
    }

    @Override
    public List<String> goals() {
        return List.of();
    }

    @Override
    public List<Measure> run(final Run run) {
        final boolean isFull = run.effort() == Effort.FULL;
        final long durationNs = TimeUnit.MILLISECONDS.toNanos(run.effort() == Effort.SMOKE ? 200 : 1_500);
        final LoadRun loads = new LoadRun(run, durationNs / 2, durationNs);
        final List<Measure> rows = new ArrayList<>();
        for (final Load load : isFull ? all() : few()) {
            if (run.isStopped()) {
                break;
            }
            rows.addAll(loads.measure(load, isFull ? RATES : List.of(Load.CLOSED)));
        }
        run.results().table(TABLE, LoadTable.markdown(rows));
        return isFull ? List.of(summary(rows, all().size() * RATES.size())) : rows;
    }

    private static Measure summary(final List<Measure> rows, final int wanted) {
        final long measured =
                rows.stream().filter(row -> row.outcome() == Outcome.REPORTED).count();
        final long failed =
                rows.stream().filter(row -> row.outcome() == Outcome.FAILED).count();
        final Measure row = Measure.value(
                        "",
                        "latencies over the matrix of loads",
                        Goal.reported(),
                        new Figure("loads measured", Spread.of(measured), ""))
                .withNote("table=" + TABLE + ".md, loads that failed or missed their rate=" + failed);
        return rows.size() == wanted ? row : row.partial("stopped after loads=" + rows.size() + " of " + wanted);
    }

    private static List<Load> few() {
        return List.of(
                new Load(Transport.IPC, LENGTHS.get(0), 1, Durability.PROCESS),
                new Load(Transport.UDP, LENGTHS.get(0), 1, Durability.PROCESS));
    }

    private static List<Load> all() {
        final List<Load> loads = new ArrayList<>();
        for (final Transport transport : Transport.values()) {
            for (final Durability durability : Durability.values()) {
                for (final int length : LENGTHS) {
                    WRITERS.forEach(writers -> loads.add(new Load(transport, length, writers, durability)));
                }
            }
        }
        return loads;
    }
}
