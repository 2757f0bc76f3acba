package io.fencegate.app.stat;

import io.fencegate.app.calls.Durations;
import io.fencegate.app.cli.CommandException;
import io.fencegate.app.cli.ConfigurationOptions;
import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.cli.OutputClosedException;
import io.fencegate.app.cli.OutputOptions;
import io.fencegate.app.cli.Terminal;
import io.fencegate.app.config.Configuration;
import io.fencegate.app.config.Source;
import io.fencegate.app.launch.Lifetime;
import io.fencegate.app.launch.StateDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of the commands that read counters: of which system, and how often. */
final class StatOptions {
    @Mixin
    private OutputOptions output;

    @Mixin
    private ConfigurationOptions configuration;

    @Option(
            names = "--watch",
            paramLabel = "TIME",
            arity = "0..1",
            fallbackValue = "1s",
            description = "Read again after this time (1s), until Ctrl-C.")
    private String interval;

    /** Whether a program reads the output. @return true with --json */
    boolean json() {
        return output.json();
    }

    /**
     * Reads and prints once, or again and again.
     *
     * @param terminal that shows it
     * @param reader what to read
     * @param printer prints what was read, and tells the exit code if that was all
     * @return exit code of the process
     * @throws CommandException NOT_REACHABLE if nothing lives
     */
    int run(
            final Terminal terminal,
            final Function<RunningRoles, List<RoleStat>> reader,
            final Function<List<RoleStat>, ExitCode> printer) {
        final Path directory = configuration.directory(terminal);
        final Path endpoints = StateDirectory.endpointsFile(directory);
        final Configuration settings = configuration.read(
                terminal, Files.isRegularFile(endpoints) ? List.of(Source.file(endpoints)) : List.of(), Map.of());
        if (configuration.printOnly()) {
            ConfigurationOptions.print(settings, terminal, output.json());
            return ExitCode.DONE.code();
        }
        final long intervalMs =
                interval == null ? 0 : Durations.read("--watch", interval, 50).toMillis();
        if (interval == null) {
            return printer.apply(living(reader, settings, directory)).code();
        }
        try (Lifetime lifetime = Lifetime.begin()) {
            do {
                printer.apply(living(reader, settings, directory));
            } while (!lifetime.await(intervalMs));
        } catch (final OutputClosedException unread) {
            return ExitCode.DONE.code();
        }
        return ExitCode.DONE.code();
    }

    private static List<RoleStat> living(
            final Function<RunningRoles, List<RoleStat>> reader, final Configuration settings, final Path directory) {
        final List<RoleStat> roles = reader.apply(RunningRoles.of(settings, directory));
        if (roles.isEmpty()) {
            throw new CommandException(
                    ExitCode.NOT_REACHABLE,
                    "nothing of this system runs on this machine: dir=" + directory
                            + "; start it with: fencegate up, or name a running one with --dir or --config");
        }
        return roles;
    }
}
