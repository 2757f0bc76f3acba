package io.fencegate.benchmarks;

import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.cli.Terminal;
import io.fencegate.benchmarks.measure.Goal;
import io.fencegate.benchmarks.measure.Measure;
import io.fencegate.benchmarks.measure.Outcome;
import io.fencegate.benchmarks.rig.Effort;
import io.fencegate.benchmarks.rig.Rig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench}: runs the rigs that were chosen, one after the other, and prints the table. */
@Command(
        name = "bench",
        description = "Measure Fencegate beside what its parts cost: ratios of blocks that alternate in one run.",
        footer = {
            "",
            "Without a RIG: all of them. --list names them. Ctrl-C ends the run after the block under way, and the table"
                    + " shows what was measured until then.",
            "Exit codes: 0 measured, whether the goals were met or not; 2 wrong usage; 4 a measure failed or an answer was"
                    + " wrong; 130 stopped by Ctrl-C."
        })
final class BenchCommand implements Callable<Integer> {
    private static final DateTimeFormatter FOLDER_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmm");

    private final Terminal terminal;
    private final List<Rig> rigs;
    private final Interruption interruption;

    @Mixin
    private RunOptions options;

    @Parameters(arity = "0..*", paramLabel = "RIG", description = "What to measure, see --list.")
    private List<String> names = List.of();

    @Option(names = "--list", description = "Name the rigs, and what each measures.")
    private boolean isList;

    @Option(
            names = "--smoke",
            description = "A moment for each rig: shows that it works on this machine; its figures mean nothing.")
    private boolean isSmoke;

    @Option(
            names = "--full",
            description = "As much as is needed for figures that are published, kept in a dated folder under"
                    + " benchmarks/results.")
    private boolean isFull;

    @Mixin
    private IdleOptions idle;

    BenchCommand(final Terminal terminal, final List<Rig> rigs, final Interruption interruption) {
        this.terminal = terminal;
        this.rigs = rigs;
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws IOException {
        final List<Rig> chosen = chosen();
        if (isList) {
            rigs.forEach(rig -> terminal.print(
                    String.format("%-12s %-8s %s", rig.name(), String.join(" ", rig.goals()), rig.description())));
            return ExitCode.DONE.code();
        }
        if (isSmoke && isFull) {
            throw options.wrong("--smoke and --full exclude one another");
        }
        final Effort effort = isSmoke ? Effort.SMOKE : isFull ? Effort.FULL : Effort.QUICK;
        final Sheet sheet = options.begin(
                "Table of goals, effort=" + effort.name().toLowerCase(Locale.ROOT),
                terminal,
                interruption,
                isFull ? dated() : null);
        for (final Rig rig : chosen) {
            sheet.measure(
                    rig.name(),
                    effort,
                    idle.idling(sheet.cores()),
                    rig::run,
                    (outcome, reason) -> broken(rig, outcome, reason));
        }
        return sheet.show();
    }

    private List<Rig> chosen() {
        final List<Rig> chosen = new ArrayList<>();
        for (final String name : names) {
            chosen.add(rigs.stream()
                    .filter(rig -> rig.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> options.wrong("no such rig: " + name + "; choose of: "
                            + rigs.stream().map(Rig::name).collect(Collectors.joining(", ")))));
        }
        return chosen.isEmpty() ? rigs : chosen;
    }

    private static Path dated() {
        return Path.of(System.getProperty("fencegate.home", "."), "benchmarks", "results")
                .resolve(LocalDateTime.now(ZoneOffset.UTC).format(FOLDER_TIME) + "-jdk"
                        + Runtime.version().feature());
    }

    private static List<Measure> broken(final Rig rig, final Outcome outcome, final String reason) {
        final List<String> ids = rig.goals().isEmpty() ? List.of("") : rig.goals();
        return ids.stream()
                .map(id -> new Measure(id, rig.description(), Goal.reported(), outcome, List.of(), List.of(reason)))
                .toList();
    }
}
