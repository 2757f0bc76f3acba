package io.fencegate.verification.capacity;

import io.fencegate.app.cli.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * How figures look: for people as a table in Markdown, for programs as JSON.
 *
 * <p>Pure functions; any thread.
 */
final class CapacityTable {
    private static final double MEGA = 1e6;
    private static final double NS_PER_MS = 1e6;

    private CapacityTable() {}

    /** One row. */
    record Row(String name, String what, double value, String unit) {
        String line() {
            return "| " + what + " | " + number() + " " + unit + " |";
        }

        JsonObject json() {
            return new JsonObject()
                    .put("figure", name)
                    .put("what", what)
                    .put("value", value)
                    .put("unit", unit);
        }

        private String number() {
            return String.format(Locale.ROOT, value >= 100 || value == Math.rint(value) ? "%,.0f" : "%.2f", value);
        }
    }

    /** What the service alone did. */
    static List<Row> rows(final Load load, final ServiceFigures figures) {
        final List<Row> rows = new ArrayList<>();
        final Stopwatch ticks = figures.ticks();
        final Stopwatch commands = figures.commands();
        final double endingNs = ticks.totalNs() + commands.totalNs();
        rows.add(new Row("leases", "leases", load.leases(), "of " + load.clients() + " clients"));
        rows.add(new Row("heapPerLease", "heap per lease, with its client", perLease(load, figures.heapBytes()), "B"));
        rows.add(
                ms("grantLongest", "longest callback of a grant", figures.fill().longestNs()));
        rows.add(ms(
                "grantLongestCpu",
                "the same, of a processor's time",
                figures.fill().longestCpuNs()));
        rows.add(ms("tickLongest", "longest callback of a tick while all end", ticks.longestNs()));
        rows.add(ms("tickLongestCpu", "the same, of a processor's time", ticks.longestCpuNs()));
        rows.add(new Row("tickWork", "most leases ended in one tick", ticks.workMost(), ""));
        rows.add(ms("commandLongest", "longest callback of a command meanwhile", commands.longestNs()));
        rows.add(ms("commandLongestCpu", "the same, of a processor's time", commands.longestCpuNs()));
        rows.add(new Row("commandWork", "most lease events in one command", commands.workMost(), ""));
        rows.add(ms(
                "listLongest",
                "a page of leases when all are over and none is ended, of a processor's time",
                figures.listNs()));
        rows.add(new Row("sweepRate", "leases ended", load.leases() / endingNs * NS_PER_MS, "per ms of the service"));
        rows.add(new Row("snapshotSize", "snapshot", figures.snapshotBytes() / MEGA, "MB"));
        rows.add(ms("snapshotTell", "to encode it", figures.tellNs()));
        return rows;
    }

    /** What a cluster did. */
    static List<Row> rows(final int nodes, final Load load, final ClusterFigures figures) {
        final List<Row> rows = new ArrayList<>();
        rows.add(new Row("nodes", "nodes", nodes, ""));
        rows.add(new Row(
                "grantRate", "grants", load.leases() / (double) figures.fillNs() * TimeUnit.SECONDS.toNanos(1), "/s"));
        rows.add(ms("snapshotTook", "snapshot of all nodes", figures.snapshot().tookNs()));
        rows.add(ms(
                "snapshotWait",
                "longest wait of a command meanwhile",
                figures.snapshot().longestNs()));
        rows.add(new Row("termsLost", "elections that it caused", figures.termsLost(), ""));
        rows.add(ms("startEmpty", "start without leases, to the first answer", figures.emptyStartNs()));
        rows.add(ms("startLoaded", "start from that snapshot, to the first answer", figures.loadedStartNs()));
        rows.add(new Row("leasesLoaded", "leases loaded", figures.leasesLoaded(), ""));
        return rows;
    }

    /** How a cluster's commands fared while all leases ended. */
    static List<Row> rows(final LoadedCluster.Pause expiry) {
        return List.of(
                ms("expiryTook", "from the common end of all leases until all are ended", expiry.tookNs()),
                ms("expiryWait", "longest wait of a command meanwhile", expiry.longestNs()));
    }

    private static double perLease(final Load load, final long bytes) {
        return bytes / (double) load.leases();
    }

    private static Row ms(final String name, final String what, final long ns) {
        return new Row(name, what, ns / NS_PER_MS, "ms");
    }
}
