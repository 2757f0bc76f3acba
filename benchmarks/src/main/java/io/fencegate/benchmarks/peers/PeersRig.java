package io.fencegate.benchmarks.peers;

import io.fencegate.benchmarks.measure.Goal;
import io.fencegate.benchmarks.measure.Measure;
import io.fencegate.benchmarks.peers.server.Libraries;
import io.fencegate.benchmarks.peers.server.Programs;
import io.fencegate.benchmarks.peers.server.ServerProcess;
import io.fencegate.benchmarks.peers.subject.LoadProcess;
import io.fencegate.benchmarks.rig.Rig;
import io.fencegate.benchmarks.rig.Run;
import io.fencegate.benchmarks.rig.Scratch;
import io.fencegate.benchmarks.rig.WrongAnswerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What others pay for a fenced write, beside ours: each peer's server on this machine, its own client library in a process
 * of its own, the same payload, as many writers as ours, in turns with a gateway over UDP on the loopback interface and
 * one over IPC; and what they pay for a lock whose grants are numbered, in turns with a lease of a sequencer of one node.
 * Durability classes are never mixed.
 *
 * <p>Before any figure is taken each subject must refuse a write under a stale token, and afterwards the very writers that
 * were measured must be refused when a newer holder has come. One peer's server runs at a time; what is not measured
 * sleeps. Not in these figures: a network, replication, other sizes of a peer's caches than its defaults.
 */
public final class PeersRig implements Rig {
    /** Name of the table that it leaves, and of its chart. */
    public static final String CHART = "peers";

    private final PeersSize size;
    private final List<PeerSystem> systems;
    private final Libraries libraries;

    /**
     * A rig for all peers.
     *
     * @param home of the sources, where the peers' libraries are below {@code benchmarks/target/peers}
     * @return the rig, whose effort decides how much it measures
     */
    public static PeersRig of(final Path home) {
        return of(home, null);
    }

    /**
     * A rig for some.
     *
     * @param home of the sources
     * @param size what is measured, or null: as the effort says
     * @return the rig
     */
    public static PeersRig of(final Path home, final PeersSize size) {
        final Libraries libraries =
                Libraries.under(home.resolve("benchmarks/target/peers").toAbsolutePath());
        return new PeersRig(size, PeerSystems.all(Programs.ofMachine(), libraries), libraries);
    }

    PeersRig(final PeersSize size, final List<PeerSystem> systems, final Libraries libraries) {
        this.size = size;
        this.systems = List.copyOf(systems);
        this.libraries = libraries;
    }

    @Override
    public String name() {
        return "others";
    }

    @Override
    public String description() {
        return "fenced writes and locks of Redis, PostgreSQL and others beside ours";
    }

    @Override
    public List<String> goals() {
        return List.of();
    }

    @Override
    public List<Measure> run(final Run run) throws Exception {
        final PeersSize wanted = size == null ? PeersSize.of(run.effort()) : size;
        final List<Measure> rows = new ArrayList<>();
        final PeersTable table = new PeersTable();
        for (final PeerSystem system : systems) {
            if (!wanted.names().contains(system.name())) {
                continue;
            }
            final String missing = run.isStopped() ? "stopped before it began" : missing(system, wanted);
            if (missing != null) {
                rows.add(Measure.skipped("", "a fenced write of " + system.title(), Goal.reported(), missing));
                table.skip(system.title(), missing);
            } else {
                measure(run, wanted, system, rows, table);
            }
            run.results().table(CHART, table.markdown());
        }
        return rows;
    }

    private String missing(final PeerSystem system, final PeersSize wanted) {
        if (wanted.isQuickStartsOnly() && !system.isQuickStart()) {
            return "its server takes too long to start for a smoke run; measure: ./fencegate bench peers "
                    + system.name();
        }
        final String server = system.server().missing();
        if (server == null && libraries.classPathOf(system.name()) != null) {
            return null;
        }
        return (server == null ? "no client library in benchmarks/target/peers/" + system.name() : server)
                + "; install: benchmarks/peers/install " + system.name();
    }

    private void measure(
            final Run run,
            final PeersSize wanted,
            final PeerSystem system,
            final List<Measure> rows,
            final PeersTable table)
            throws Exception {
        for (final DurabilityClass durability : system.classes()) {
            final String what = system.title() + ", " + durability;
            try (Scratch scratch = run.scratch()) {
                run.tell("starting " + what);
                final Path data = Files.createDirectories(scratch.directory().resolve("server"));
                final Path clients = Files.createDirectories(scratch.directory().resolve("clients"));
                try (ServerProcess server = system.server().start(data, durability.isSynced());
                        LoadProcess load = new LoadProcess(command(system, server.port()), clients)) {
                    new PeerRun(run, wanted, system, durability, load, scratch).measure(line -> add(line, rows, table));
                }
            } catch (final WrongAnswerException wrong) {
                broken(what, wrong.getMessage(), rows, table);
            } catch (final IOException | RuntimeException broken) {
                broken(what, "broke: " + broken, rows, table);
            }
        }
    }

    private static void add(final PeerLine line, final List<Measure> rows, final PeersTable table) {
        if (line.peer().isEmpty()) {
            final String reason = "stopped before one round was whole";
            rows.add(Measure.skipped("", line.title() + ", " + line.what(), Goal.reported(), reason));
            table.skip(line.title() + ", " + line.what(), reason);
        } else {
            rows.addAll(line.rows());
            table.add(line);
        }
    }

    /** The others are measured all the same; a failed row makes the run a failed one. */
    private static void broken(
            final String what, final String reason, final List<Measure> rows, final PeersTable table) {
        rows.add(Measure.failed("", what, Goal.reported(), reason));
        table.fail(what, reason);
    }

    private List<String> command(final PeerSystem system, final int port) {
        return Programs.java(libraries.classPathOf(system.name()), system.adapter(), Integer.toString(port));
    }
}
