package io.fencegate.verification.simulator.seeds;

import io.fencegate.app.cli.CommandException;
import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.cli.JsonObject;
import io.fencegate.app.cli.OutputOptions;
import io.fencegate.app.cli.Terminal;
import io.fencegate.verification.checker.fact.Property;
import io.fencegate.verification.simulator.world.FaultKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code verify}: lives through the worlds of many seeds, and holds each to the properties. */
@Command(
        name = "verify",
        description =
                "Drive the shipped state machines through simulated worlds, one a seed, with faults of every kind, and"
                        + " check S1 to S6, L1 and L2 in each. A property that breaks is told with its seed, the"
                        + " shortest list of what has to be done to the world, and a timeline.",
        footer = {
            "",
            "Example:",
            "  $ fencegate verify --seeds 10000 --from 1",
            "",
            "Exit codes: 0 every property held; 2 wrong usage; 4 a property is broken."
        })
public final class VerifyCommand implements Callable<Integer> {
    private static final long PROGRESS_MS = 5000;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_HOUR = 3.6e12;

    private final Terminal terminal;

    @Mixin
    private OutputOptions output;

    @Option(names = "--seeds", paramLabel = "N", defaultValue = "2000", description = "How many worlds. Default: 2000.")
    private long seeds;

    @Option(names = "--from", paramLabel = "SEED", defaultValue = "1", description = "The first seed. Default: 1.")
    private long from;

    @Option(names = "--threads", paramLabel = "N", description = "Worlds at a time. Default: one for each processor.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--keep",
            paramLabel = "FILE",
            description = "Write the history of the last seed, or of the one that broke a property, as text.")
    private Path keep;

    @Option(names = "--profile", hidden = true, description = "Chosen by the launcher.")
    private String profile;

    /**
     * The command.
     *
     * @param terminal that it talks to
     */
    public VerifyCommand(final Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (seeds < 1 || threads < 1 || from > Long.MAX_VALUE - seeds) {
            throw new CommandException(
                    ExitCode.USAGE, "no such seeds: --seeds " + seeds + " --from " + from + " --threads " + threads);
        }
        final long beginNs = System.nanoTime();
        final SeedRun run = new SeedRun(from, seeds);
        run.start(threads);
        while (!run.await(PROGRESS_MS)) {
            terminal.say(rate(run.tally(), beginNs));
        }
        terminal.say(rate(run.tally(), beginNs));
        final Judgement broken = run.broken();
        keep(broken);
        print(run.tally(), broken);
        return (broken == null ? ExitCode.DONE : ExitCode.VIOLATION).code();
    }

    private String rate(final SeedTally tally, final long beginNs) {
        final double seconds = Math.max(1, System.nanoTime() - beginNs) / NANOS_PER_SECOND;
        final double hours = tally.virtualNs() / NANOS_PER_HOUR;
        return String.format(
                Locale.ROOT,
                "%d of %d seeds, %.1f simulated hours in %.0f s: %.0f seeds and %.2f simulated hours a second",
                tally.seeds(),
                seeds,
                hours,
                seconds,
                tally.seeds() / seconds,
                hours / seconds);
    }

    private void keep(final Judgement broken) {
        if (keep == null) {
            return;
        }
        final Judgement kept = broken == null
                ? Judgement.of(io.fencegate.verification.simulator.plan.Plan.of(from + seeds - 1))
                : broken;
        try {
            kept.outcome().history().write(keep);
        } catch (final IOException e) {
            throw new UncheckedIOException("history cannot be written: file=" + keep, e);
        }
        terminal.say("kept file=" + keep);
    }

    private void print(final SeedTally tally, final Judgement broken) {
        if (output.json()) {
            final JsonObject json = new JsonObject()
                    .put("seeds", tally.seeds())
                    .put("from", from)
                    .put("simulatedSeconds", TimeUnit.NANOSECONDS.toSeconds(tally.virtualNs()))
                    .put("events", tally.events());
            for (final Property property : Property.values()) {
                json.put("checked" + property, tally.checked(property));
            }
            for (final FaultKind fault : FaultKind.values()) {
                json.put(fault.name(), tally.faults().of(fault));
            }
            terminal.print(
                    json.put("broken", broken == null ? "" : broken.breach().property())
                            .toString());
        } else {
            table(tally).forEach(terminal::print);
        }
        if (broken != null) {
            BreachReport.of(broken).forEach(output.json() ? terminal::complain : terminal::print);
        }
    }

    private static List<String> table(final SeedTally tally) {
        final List<String> lines = new java.util.ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%d seeds, %.1f simulated hours, %d events, %d faults",
                tally.seeds(),
                tally.virtualNs() / NANOS_PER_HOUR,
                tally.events(),
                tally.faults().total()));
        for (final Property property : Property.values()) {
            if (tally.checked(property) > 0) {
                lines.add(String.format(Locale.ROOT, "  %-36s %12d facts checked", property, tally.checked(property)));
            }
        }
        for (final FaultKind fault : FaultKind.values()) {
            lines.add(String.format(
                    Locale.ROOT, "  %-36s %12d", fault.text(), tally.faults().of(fault)));
        }
        return lines;
    }
}
