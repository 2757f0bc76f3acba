package io.fencegate.benchmarks;

import io.fencegate.app.cli.CommandException;
import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.cli.JsonObject;
import io.fencegate.app.cli.OutputOptions;
import io.fencegate.app.cli.Terminal;
import io.fencegate.benchmarks.ipc.IpcRig;
import io.fencegate.benchmarks.ipc.IpcRig.RunSize;
import io.fencegate.benchmarks.report.Environment;
import io.fencegate.benchmarks.rig.Comparison;
import io.fencegate.benchmarks.rig.Idling;
import io.fencegate.benchmarks.rig.Quantiles;
import io.fencegate.benchmarks.rig.WrongAnswerException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench ipc}: the round trip of a write beside its floor, alternating in one run. */
@Command(
        name = "ipc",
        description = "Measure the round trip of a write over IPC (send, check, journal, reply) beside its floor: Aeron"
                + " IPC ping-pong of the same bytes with one raw Chronicle append in the echoing thread.")
final class IpcCommand implements Callable<Integer> {
    private static final int MESSAGE_LENGTH_MIN = 16;
    private static final int MESSAGE_LENGTH_MAX = 1024;
    private static final String DURABILITY = "process";

    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Mixin
    private OutputOptions output;

    @Option(
            names = "--blocks",
            defaultValue = "12",
            description = "Blocks of each that count (default: ${DEFAULT-VALUE}).")
    private int blocks;

    @Option(
            names = "--warmups",
            defaultValue = "4",
            description = "Blocks of each before them (default: ${DEFAULT-VALUE}).")
    private int warmups;

    @Option(
            names = "--messages",
            defaultValue = "100000",
            description = "Messages in a block (default: ${DEFAULT-VALUE}).")
    private int messages;

    @Option(names = "--length", defaultValue = "64", description = "Bytes of a message (default: ${DEFAULT-VALUE}).")
    private int messageLength;

    @Option(
            names = "--idle",
            description = "What both threads of a subject do while they wait: spin, yield or backoff"
                    + " (default: spin with two cores or more, else yield).")
    private String idle;

    @Option(
            names = "--dir",
            defaultValue = "${sys:java.io.tmpdir}",
            description = "Where both journals lie while it runs (default: ${DEFAULT-VALUE}).")
    private Path directory;

    IpcCommand(final Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        check("--blocks", blocks, 1, 10_000);
        check("--warmups", warmups, 0, 10_000);
        check("--messages", messages, 1, 100_000_000);
        check("--length", messageLength, MESSAGE_LENGTH_MIN, MESSAGE_LENGTH_MAX);
        final Environment environment = Environment.look();
        final Idling idling = idling(environment.cores());
        if (!output.json()) {
            terminal.print("round trip of a write over IPC, closed loop, against the IPC floor; length=" + messageLength
                    + " messages=" + messages + " blocks=" + blocks + " idle=" + idling + " durability=" + DURABILITY);
            terminal.print(environment.toJson().toString());
        }
        try {
            report(
                    IpcRig.run(directory, messageLength, idling, new RunSize(warmups, blocks, messages)),
                    environment,
                    idling);
        } catch (final WrongAnswerException wrong) {
            throw new CommandException(ExitCode.VIOLATION, wrong.getMessage());
        }
        return ExitCode.DONE.code();
    }

    private void check(final String option, final int value, final int min, final int max) {
        if (value < min || value > max) {
            throw new ParameterException(
                    spec.commandLine(), option + "=" + value + " is out of range: " + min + " to " + max);
        }
    }

    private Idling idling(final int cores) {
        if (idle == null) {
            return Idling.fitting(cores);
        }
        try {
            return Idling.valueOf(idle.toUpperCase(Locale.ROOT));
        } catch (final IllegalArgumentException unknown) {
            throw new ParameterException(spec.commandLine(), "--idle=" + idle + " is none of: spin, yield, backoff");
        }
    }

    private void report(final Comparison comparison, final Environment environment, final Idling idling) {
        if (output.json()) {
            terminal.print(new JsonObject()
                    .put("measure", "ipc")
                    .put("loop", "closed")
                    .put("length", messageLength)
                    .put("messages", messages)
                    .put("blocks", blocks)
                    .put("idle", idling.name())
                    .put("durability", DURABILITY)
                    .put("p50", json(comparison, Quantiles::p50))
                    .put("p99", json(comparison, Quantiles::p99))
                    .put("environment", environment.toJson())
                    .toString());
        } else {
            line("p50", comparison, Quantiles::p50);
            line("p99", comparison, Quantiles::p99);
        }
    }

    private void line(final String name, final Comparison comparison, final ToLongFunction<Quantiles> quantile) {
        terminal.print(String.format(
                Locale.ROOT,
                "%s  ratio %s   gateway %s ns   floor %s ns",
                name,
                Figures.text(comparison.ratio(quantile)),
                Figures.whole(Comparison.absolute(comparison.subjects(), quantile)),
                Figures.whole(Comparison.absolute(comparison.floors(), quantile))));
    }

    private static JsonObject json(final Comparison comparison, final ToLongFunction<Quantiles> quantile) {
        return new JsonObject()
                .put("ratio", Figures.json(comparison.ratio(quantile)))
                .put("gatewayNs", Figures.json(Comparison.absolute(comparison.subjects(), quantile)))
                .put("floorNs", Figures.json(Comparison.absolute(comparison.floors(), quantile)));
    }
}
