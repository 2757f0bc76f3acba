package io.fencegate.benchmarks;

import io.fencegate.benchmarks.rig.Idling;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How threads wait: an option of every command that measures. */
final class IdleOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--idle",
            description = "What threads do that wait for one another: spin, yield or backoff"
                    + " (default: spin with two cores or more, else yield).")
    private String idle;

    /**
     * What the user chose, or else what suits the machine.
     *
     * @param cores of the machine
     * @return the idling
     * @throws ParameterException if there is no such
     */
    Idling idling(final int cores) {
        if (idle == null) {
            return Idling.fitting(cores);
        }
        try {
            return Idling.valueOf(idle.toUpperCase(Locale.ROOT));
        } catch (final IllegalArgumentException unknown) {
            throw new ParameterException(spec.commandLine(), "--idle=" + idle + " is none of: spin, yield, backoff");
        }
    }
}
