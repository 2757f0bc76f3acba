package io.fencegate.app.roles;

import io.fencegate.app.cli.ConfigurationOptions;
import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.cli.JsonObject;
import io.fencegate.app.cli.OutputOptions;
import io.fencegate.app.cli.Terminal;
import io.fencegate.app.launch.StateDirectory;
import io.fencegate.tuning.Doctor;
import io.fencegate.tuning.Finding;
import io.fencegate.tuning.Health;
import io.fencegate.tuning.Profile;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code doctor}: checks the host. */
@Command(
        name = "doctor",
        description = {
            "Check this machine for what matters most to Fencegate, and name the command that mends each.",
            "Exit code 1 if the profile cannot work here."
        },
        footer = {
            "",
            "Example:",
            "  $ fencegate doctor --profile server",
            "",
            "Exit codes: 0 it can work; 1 it cannot; 2 wrong usage."
        })
public final class DoctorCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private OutputOptions output;

    @Mixin
    private ConfigurationOptions configuration;

    /**
     * The command.
     *
     * @param terminal that it talks to
     */
    public DoctorCommand(final Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        configuration.read(terminal, List.of(), Map.of());
        final List<Finding> findings = Doctor.run(
                Profile.named(configuration.profileName(terminal)),
                StateDirectory.journal(configuration.directory(terminal)));
        boolean failed = false;
        for (final Finding finding : findings) {
            failed |= finding.health() == Health.FAIL;
            if (output.json()) {
                terminal.print(new JsonObject()
                        .put("check", finding.check())
                        .put("health", finding.health().name())
                        .put("found", finding.found())
                        .put("why", finding.why())
                        .put("mend", finding.mend())
                        .toString());
            } else {
                terminal.print(String.format("%-4s  %-16s  %s", finding.health(), finding.check(), finding.found()));
                if (finding.health() != Health.OK) {
                    terminal.print("      why:  " + finding.why());
                    terminal.print("      mend: " + finding.mend());
                }
            }
        }
        return (failed ? ExitCode.REFUSED : ExitCode.DONE).code();
    }
}
