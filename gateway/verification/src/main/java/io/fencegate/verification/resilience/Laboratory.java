package io.fencegate.verification.resilience;

import io.fencegate.app.cli.CommandException;
import io.fencegate.app.process.Stage;
import io.fencegate.verification.cable.CableDriver;
import io.fencegate.verification.history.History;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Does faults to one system, one after the other.
 *
 * <p>One thread.
 */
final class Laboratory implements AutoCloseable {
    private final Topology system;
    private final Times times;
    private boolean clientsAreOver;

    private Laboratory(final Topology system, final Times times) {
        this.system = system;
        this.times = times;
    }

    /** Starts the system. @param stage that ends its processes @param times that things last @return ready */
    static Laboratory open(final Stage stage, final Times times) {
        return new Laboratory(Topology.start(stage, times), times);
    }

    /** Does a fault, and checks what has to hold. @param fault one of {@link Fault#all()} @return its row */
    Row play(final Fault fault) {
        final long fromNs = System.nanoTime();
        final Act act = new Act(system, times, fault.number());
        final List<Property> properties = new ArrayList<>();
        try {
            if (clientsAreOver) {
                heal();
            }
            fault.body().accept(act);
            act.finish();
            final History history = ActHistory.of(act);
            keep(history, fault);
            properties.addAll(Properties.of(act, fault.expected(), history));
            clientsAreOver = fault.endsClients();
        } catch (final TooLateException | CommandException | IllegalStateException failed) {
            properties.add(Property.of("everything that was due happened", false, failed.getMessage()));
            properties.add(Writes.of(act).toldOnce());
            clientsAreOver = true;
        }
        final long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - fromNs);
        keepReports(act, fault);
        final boolean began = act.beganNs() != 0;
        return new Row(
                fault,
                began ? Story.ending(act) : Ending.NONE,
                began ? Story.lines(act) : List.of(),
                began ? Story.time(act) : "never began",
                tookMs,
                properties);
    }

    /** For whoever wants to check it again. */
    private void keep(final History history, final Fault fault) {
        try {
            history.write(log().resolve("fault " + fault.number() + ".history"));
        } catch (final IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Path log() {
        return system.directory().resolve("log");
    }

    /** For whoever asks why: all that the clients reported, beside the logs of the processes. */
    private void keepReports(final Act act, final Fault fault) {
        final List<String> lines = Stream.of(act.a(), system.b(), system.c())
                .flatMap(diary -> diary.since(act.startedNs())
                        .map(report -> String.format(
                                Locale.ROOT,
                                "%s %+.6f %s",
                                diary.clientId(),
                                (report.atNs() - act.beganNs()) / 1e9,
                                report.facts().describe())))
                .toList();
        try {
            Files.write(log().resolve("fault " + fault.number() + ".reports"), lines);
        } catch (final IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Brings back whatever is gone, and starts clients that know nothing of what was. */
    private void heal() {
        system.endClients();
        if (system.clientDriver().isAlive()) {
            system.clientDriver().resume();
            system.cable(CableDriver.MEND);
        } else {
            system.startClientDriver();
        }
        if (system.gateway().isAlive()) {
            system.gateway().resume();
        } else {
            system.startGateway();
        }
        for (int node = 0; node < Topology.NODES; node++) {
            if (system.node(node).isAlive()) {
                system.node(node).resume();
            } else {
                system.startNode(node);
            }
        }
        system.leader();
        system.startClients();
        clientsAreOver = false;
    }

    @Override
    public void close() {
        system.close();
    }
}
