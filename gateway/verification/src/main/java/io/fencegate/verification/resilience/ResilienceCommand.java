package io.fencegate.verification.resilience;

import io.fencegate.app.cli.CommandException;
import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.cli.OutputOptions;
import io.fencegate.app.cli.Terminal;
import io.fencegate.app.process.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code chaos resilience}: what a client comes back from, and how fast. */
@Command(
        name = "resilience",
        description =
                "Run a system of real processes, pause, kill and cut off its parts, and tell for each fault what the"
                        + " client did and how long it took to resume or to report.",
        footer = {
            "",
            "Example:",
            "  $ fencegate chaos resilience --fault 5",
            "  | 5 gateway killed -9, restarted | **RESUMED**: writer: connection lost +0.97 s; ... | writes 4.35 s, ...",
            "",
            "Exit codes: 0 every property held; 2 wrong usage; 3 a process did not start; 4 a property is broken."
        })
public final class ResilienceCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private OutputOptions output;

    @Option(
            names = "--full",
            description =
                    "Aeron's own timeouts, and a network that is gone for a minute; else lowered timeouts and 15 s.")
    private boolean full;

    @Option(
            names = "--fault",
            paramLabel = "N",
            split = ",",
            description = "Only these faults, by number, as 4,5; --list shows them.")
    private List<Integer> numbers = new ArrayList<>();

    @Option(names = "--list", description = "Only list the faults.")
    private boolean list;

    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description = "Run in this new folder and keep it: journals, logs, what the processes said.")
    private Path keep;

    @Option(names = "--profile", hidden = true, description = "Chosen by the launcher.")
    private String profile;

    /**
     * The command.
     *
     * @param terminal that it talks to
     */
    public ResilienceCommand(final Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        final List<Fault> faults = chosen();
        if (list) {
            faults.forEach(
                    fault -> terminal.print(fault.number() + "  " + fault.title() + "  ends: " + fault.expected()));
            return ExitCode.DONE.code();
        }
        terminal.say("starting 3 sequencer nodes, 2 media drivers, a gateway and 3 clients ...");
        final List<Row> rows = new ArrayList<>();
        try (Stage stage = Stage.open(keep, "fencegate-chaos-");
                Laboratory laboratory = Laboratory.open(stage, full ? Times.full() : Times.brief())) {
            for (final Fault fault : faults) {
                terminal.say("fault " + fault.number() + ": " + fault.title() + " ...");
                final Row row = laboratory.play(fault);
                rows.add(row);
                terminal.say(String.format(
                        Locale.ROOT,
                        "fault %d: %s, %s (%.1f s)",
                        fault.number(),
                        row.ending(),
                        row.held() ? row.properties().size() + " properties held" : "BROKEN",
                        row.tookMs() / 1000.0));
            }
        }
        print(rows);
        return (rows.stream().allMatch(Row::held) ? ExitCode.DONE : ExitCode.VIOLATION).code();
    }

    private List<Fault> chosen() {
        if (numbers.isEmpty()) {
            return Fault.all();
        }
        final List<Fault> chosen = Fault.all().stream()
                .filter(fault -> numbers.contains(fault.number()))
                .toList();
        if (chosen.size() != numbers.size()) {
            throw new CommandException(
                    ExitCode.USAGE, "no such fault: --fault " + numbers + "; see: fencegate chaos resilience --list");
        }
        return chosen;
    }

    private void print(final List<Row> rows) {
        if (output.json()) {
            rows.forEach(row -> terminal.print(ResilienceTable.json(row).toString()));
            return;
        }
        ResilienceTable.head().forEach(terminal::print);
        rows.forEach(row -> terminal.print(ResilienceTable.line(row)));
        terminal.print("");
        terminal.print(ResilienceTable.legend());
        if (keep != null) {
            terminal.say("kept dir=" + keep);
        }
    }
}
