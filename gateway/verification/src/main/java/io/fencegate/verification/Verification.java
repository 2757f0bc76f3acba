package io.fencegate.verification;

import io.fencegate.app.Program;
import io.fencegate.app.cli.Terminal;
import io.fencegate.verification.capacity.CapacityCommand;
import io.fencegate.verification.resilience.ResilienceCommand;
import io.fencegate.verification.simulator.seeds.VerifyCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Fault lab and simulator: {@code ./fencegate chaos} and {@code ./fencegate verify}, as the launcher starts them. */
@Command(name = "fencegate", description = "Breaks Fencegate, and proves it.")
public final class Verification extends Program {
    private Verification() {}

    /**
     * Runs a command and ends the process with its exit code.
     *
     * @param args of the command line
     */
    public static void main(final String[] args) {
        System.exit(run(Terminal.ofProcess(), args));
    }

    /**
     * Runs a command.
     *
     * @param terminal that it talks to
     * @param args {@code chaos} or {@code verify}, and what follows
     * @return the exit code
     */
    public static int run(final Terminal terminal, final String... args) {
        return run(
                () -> new CommandLine(new Verification())
                        .addSubcommand(
                                "chaos",
                                new CommandLine(new ChaosCommand())
                                        .addSubcommand(new CapacityCommand(terminal))
                                        .addSubcommand(new ResilienceCommand(terminal)))
                        .addSubcommand(new VerifyCommand(terminal)),
                terminal,
                args);
    }
}
