package io.fencegate.benchmarks;

import io.fencegate.app.cli.OutputOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bench}: with no word behind it, the round trip of a write beside its floor. */
@Command(
        name = "bench",
        description = "Measure Fencegate beside what its parts cost: ratios of blocks that alternate in one run."
                + " Without a further word: ipc, with its defaults.")
final class BenchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() {
        final String[] words = output.json() ? new String[] {"--json"} : new String[0];
        return spec.subcommands().get("ipc").execute(words);
    }
}
