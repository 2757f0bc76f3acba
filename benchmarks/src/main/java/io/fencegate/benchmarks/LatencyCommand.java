package io.fencegate.benchmarks;

import io.fencegate.app.cli.Terminal;
import io.fencegate.benchmarks.latency.Load;
import io.fencegate.benchmarks.latency.LoadRun;
import io.fencegate.benchmarks.latency.subject.Transport;
import io.fencegate.benchmarks.measure.Goal;
import io.fencegate.benchmarks.measure.Measure;
import io.fencegate.benchmarks.rig.Effort;
import io.fencegate.codecs.WireLimits;
import io.fencegate.storage.durability.Durability;
import io.fencegate.storage.session.SessionLimits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench latency}: latencies of writes under whatever load the user names. */
@Command(
        name = "latency",
        description =
                "Measure latencies of writes under loads of your own: every transport with every durability, length,"
                        + " number of writers and rate. Lists are separated by commas.",
        footer = {
            "",
            "With --rate, a latency is counted from the time at which its message should have been sent, whatever the"
                    + " answers before it did; a rate that was not held makes a failed row. Without, each writer waits"
                    + " for its answer (closed loop).",
            "Exit codes: 0 measured; 2 wrong usage; 4 a rate was missed or an answer was wrong; 130 stopped by Ctrl-C."
        })
final class LatencyCommand implements Callable<Integer> {
    private static final int MESSAGE_LENGTH_MIN = 2 * Long.BYTES;
    private static final long RATE_MAX = 100_000_000;
    private static final int SECONDS_MAX = 86_400;

    private final Terminal terminal;
    private final Interruption interruption;

    @Mixin
    private RunOptions options;

    @Mixin
    private IdleOptions idle;

    @Option(names = "--transport", split = ",", defaultValue = "ipc", description = "ipc, udp (default: ipc).")
    private List<Transport> transports;

    @Option(
            names = "--length",
            split = ",",
            defaultValue = "64",
            description = "Bytes of a message (default: ${DEFAULT-VALUE}).")
    private List<Integer> lengths;

    @Option(
            names = "--writers",
            split = ",",
            defaultValue = "1",
            description = "Writers, each with a session and a resource of its own; one thread is the client of all"
                    + " (default: ${DEFAULT-VALUE}).")
    private List<Integer> writers;

    @Option(
            names = "--durability",
            split = ",",
            defaultValue = "process",
            description = "What an answer waits for: process, disk (default: process).")
    private List<Durability> durabilities;

    @Option(
            names = "--rate",
            split = ",",
            description = "Messages a second, of all writers together (default: closed loop).")
    private List<Long> rates;

    @Option(names = "--seconds", defaultValue = "5", description = "That count (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--warmup", defaultValue = "2", description = "Seconds before (default: ${DEFAULT-VALUE}).")
    private int warmup;

    LatencyCommand(final Terminal terminal, final Interruption interruption) {
        this.terminal = terminal;
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws IOException {
        checkAll();
        final Sheet sheet = options.begin("Latencies", terminal, interruption);
        for (final Load load : loads()) {
            sheet.measure(
                    load.what(),
                    Effort.FULL,
                    idle.idling(sheet.cores()),
                    run -> new LoadRun(run, TimeUnit.SECONDS.toNanos(warmup), TimeUnit.SECONDS.toNanos(seconds))
                            .measure(load, rates == null ? List.of(Load.CLOSED) : rates),
                    (outcome, reason) -> List.of(
                            new Measure("", load.what(), Goal.reported(), outcome, List.of(), List.of(reason))));
        }
        return sheet.show();
    }

    private List<Load> loads() {
        final List<Load> loads = new ArrayList<>();
        for (final Transport transport : transports) {
            for (final Durability durability : durabilities) {
                for (final int length : lengths) {
                    writers.forEach(count -> loads.add(new Load(transport, length, count, durability)));
                }
            }
        }
        return loads;
    }

    private void checkAll() {
        final int sessionsMax = SessionLimits.DEFAULT.sessionsMax();
        lengths.forEach(length -> options.check("--length", length, MESSAGE_LENGTH_MIN, WireLimits.PAYLOAD_LENGTH_MAX));
        for (final int count : writers) {
            if (count > sessionsMax) {
                throw options.wrong("--writers=" + count + " are more than the gateway allows sessions: sessionsMax="
                        + sessionsMax);
            }
            options.check("--writers", count, 1, sessionsMax);
        }
        if (rates != null) {
            rates.forEach(rate -> options.check("--rate", rate, 1, RATE_MAX));
        }
        options.check("--seconds", seconds, 1, SECONDS_MAX);
        options.check("--warmup", warmup, 0, SECONDS_MAX);
    }
}
