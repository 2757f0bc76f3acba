package io.fencegate.verification;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code chaos}: lists its laboratories with {@code --help}. */
@Command(
        name = "chaos",
        description =
                "Break a system of real processes on this machine, and show what its clients do. Name a laboratory.")
final class ChaosCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(),
                "no laboratory was named: one of "
                        + String.join(", ", spec.subcommands().keySet()));
    }
}
