package io.fencegate.app.stat;

import io.fencegate.app.cli.CommandException;
import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.cli.Paint;
import io.fencegate.app.cli.Terminal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stat}: live counters. */
@Command(
        name = "stat",
        description =
                "Print the live counters of the gateway, media driver and sequencer nodes that run on this machine,"
                        + " by reading their mapped files: they do not notice.",
        footer = {
            "",
            "Example:",
            "  $ fencegate stat gateway",
            "  ROLE             COUNTER                       VALUE",
            "  gateway          state                       SERVING",
            "  gateway          sessions                          1",
            "  gateway          answers ACCEPTED                 12",
            "",
            "Exit codes: 0 done; 2 wrong usage, or the counters cannot be read; 3 nothing runs here."
        })
public final class StatCommand implements Callable<Integer> {
    private static final String ROW = "%-16s  %-40s  %24s";
    private static final List<String> ROLES = List.of("gateway", "driver", "sequencer");

    private final Terminal terminal;

    @Mixin
    private StatOptions options;

    @Parameters(
            paramLabel = "ROLE",
            arity = "0..1",
            description = "Only this role: gateway, driver or sequencer. Default: all.")
    private String role;

    @Option(names = "--all", description = "Print counters that stand at zero too.")
    private boolean zeros;

    /**
     * The command.
     *
     * @param terminal that it talks to
     */
    public StatCommand(final Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (role != null && !ROLES.contains(role)) {
            throw new CommandException(
                    ExitCode.USAGE, "no such role: " + role + "; expected one of " + String.join(", ", ROLES));
        }
        return options.run(terminal, this::read, this::print);
    }

    private List<RoleStat> read(final RunningRoles running) {
        return running.read().stream()
                .filter(found -> role == null || found.role().equals(role))
                .toList();
    }

    private ExitCode print(final List<RoleStat> roles) {
        final String time = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
        if (options.json()) {
            roles.forEach(found -> terminal.print(found.json().put("time", time).toString()));
            return ExitCode.DONE;
        }
        terminal.print(terminal.screen().out(Paint.BOLD, String.format(ROW, "ROLE", "COUNTER", "VALUE")));
        for (final RoleStat found : roles) {
            final String who = (found.role() + " " + found.name()).strip();
            found.lines(zeros).forEach((counter, value) -> terminal.print(String.format(ROW, who, counter, value)));
        }
        return ExitCode.DONE;
    }
}
