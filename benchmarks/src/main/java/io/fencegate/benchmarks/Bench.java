package io.fencegate.benchmarks;

import io.fencegate.app.Program;
import io.fencegate.app.cli.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The clock: {@code ./fencegate bench}. The launcher starts it with {@code bench} as the first word. */
@Command(name = "fencegate", description = "Measures Fencegate.")
public final class Bench extends Program {
    private Bench() {}

    /**
     * Runs a benchmark and ends the process with its exit code.
     *
     * @param args of the command line
     */
    public static void main(final String[] args) {
        System.exit(run(Terminal.ofProcess(), args));
    }

    /**
     * Runs a benchmark.
     *
     * @param terminal that it talks to
     * @param args {@code bench} and what follows
     * @return the exit code
     */
    public static int run(final Terminal terminal, final String... args) {
        return run(() -> commandLine(terminal), terminal, args);
    }

    /** Every command of the clock. */
    static CommandLine commandLine(final Terminal terminal) {
        final Interruption interruption = new Interruption();
        return new CommandLine(new Bench())
                .addSubcommand(
                        "bench",
                        new CommandLine(new BenchCommand(terminal, Rigs.all(), interruption))
                                .addSubcommand(new JmhCommand(terminal, interruption))
                                .addSubcommand(new CommandLine(new LatencyCommand(terminal, interruption))
                                        .setCaseInsensitiveEnumValuesAllowed(true))
                                .addSubcommand(new SequencerCommand(terminal, interruption))
                                .addSubcommand(new PeersCommand(terminal, interruption)));
    }
}
