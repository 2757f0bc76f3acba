package io.fencegate.benchmarks;

import io.fencegate.app.cli.CommandException;
import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.cli.Terminal;
import io.fencegate.benchmarks.measure.Goal;
import io.fencegate.benchmarks.measure.Measure;
import io.fencegate.benchmarks.peers.PeersRig;
import io.fencegate.benchmarks.peers.PeersSize;
import io.fencegate.benchmarks.rig.Effort;
import io.fencegate.benchmarks.rig.Idling;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench peers}: what others pay for a fenced write, and for a lock, beside ours. */
@Command(
        name = "peers",
        description =
                "Measure fenced writes and locks of other systems beside ours, in turns in one run: same payload, same"
                        + " number of writers, same durability class. A peer that is not installed is skipped, and said"
                        + " to be. A lock is acquired and given back by one client.",
        footer = {
            "",
            "Exit codes: 0 measured or skipped; 2 wrong usage; 4 a peer broke or an answer was wrong; 130 stopped by"
                    + " Ctrl-C."
        })
final class PeersCommand implements Callable<Integer> {
    private static final double SECONDS_MIN = 0.01;
    private static final double SECONDS_MAX = 600;

    private final Terminal terminal;
    private final Interruption interruption;

    @Mixin
    private RunOptions options;

    @Parameters(
            arity = "0..*",
            paramLabel = "NAME",
            description = "Of the peers: redis, postgresql, etcd, zookeeper, hazelcast, bookkeeper (default: all).")
    private List<String> names = List.of();

    @Option(
            names = "--writers",
            split = ",",
            defaultValue = "1,16",
            description = "Writers at a time, each with a connection of its own (default: ${DEFAULT-VALUE}).")
    private List<Integer> writers;

    @Option(names = "--length", defaultValue = "64", description = "Bytes of a payload (default: ${DEFAULT-VALUE}).")
    private int length;

    @Option(
            names = "--seconds",
            defaultValue = "2",
            description = "For each subject of a line, over all its blocks (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = "--install",
            description =
                    "First install the peers: Debian packages with apt-get, which needs root, and libraries from Maven"
                            + " Central.")
    private boolean isInstall;

    PeersCommand(final Terminal terminal, final Interruption interruption) {
        this.terminal = terminal;
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws IOException {
        check();
        final Path home = Path.of(System.getProperty("fencegate.home", "."));
        final List<String> chosen = names.isEmpty() ? PeersSize.allNames() : names;
        if (isInstall) {
            install(home, chosen);
        }
        final Sheet sheet = options.begin("Peers", terminal, interruption);
        final PeersRig rig = PeersRig.of(home, PeersSize.of(chosen, writers, length, seconds));
        sheet.measure(
                "peers",
                Effort.FULL,
                Idling.fitting(sheet.cores()),
                rig::run,
                (outcome, reason) -> List.of(
                        new Measure("", rig.description(), Goal.reported(), outcome, List.of(), List.of(reason))));
        return sheet.show(tables -> tables.get(PeersRig.CHART));
    }

    private void check() {
        for (final String name : names) {
            if (!PeersSize.allNames().contains(name)) {
                throw options.wrong(
                        "no such peer: " + name + "; choose of: " + String.join(", ", PeersSize.allNames()));
            }
        }
        for (final int count : writers) {
            options.check("--writers", count, 1, PeersSize.WRITERS_MAX);
        }
        options.check("--length", length, PeersSize.LENGTH_MIN, PeersSize.LENGTH_MAX);
        if (!(seconds >= SECONDS_MIN && seconds <= SECONDS_MAX)) {
            throw options.wrong("--seconds=" + seconds + " is out of range: " + SECONDS_MIN + " to " + SECONDS_MAX);
        }
    }

    private static void install(final Path home, final List<String> chosen) throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(home.resolve("benchmarks/peers/install").toString());
        command.addAll(chosen);
        // Its words go where errors go: what is printed here is the result.
        final Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new CommandException(
                        ExitCode.USAGE, "the peers could not be installed: " + String.join(" ", command));
            }
        } catch (final InterruptedException stopped) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("stopped while the peers are installed", stopped);
        }
    }
}
