package io.fencegate.app;

import io.fencegate.app.audit.AuditCommand;
import io.fencegate.app.calls.AccessCommand;
import io.fencegate.app.calls.AcquireCommand;
import io.fencegate.app.calls.KeysCommand;
import io.fencegate.app.calls.LeasesCommand;
import io.fencegate.app.calls.RaiseFloorCommand;
import io.fencegate.app.calls.ReadCommand;
import io.fencegate.app.calls.ReleaseCommand;
import io.fencegate.app.calls.RenewCommand;
import io.fencegate.app.calls.RevokeCommand;
import io.fencegate.app.calls.WatchCommand;
import io.fencegate.app.calls.WriteCommand;
import io.fencegate.app.cli.ColorChoice;
import io.fencegate.app.cli.Terminal;
import io.fencegate.app.demo.DemoCommand;
import io.fencegate.app.launch.FailStop;
import io.fencegate.app.lock.LockCommand;
import io.fencegate.app.roles.CredentialsCommand;
import io.fencegate.app.roles.DoctorCommand;
import io.fencegate.app.roles.DriverCommand;
import io.fencegate.app.roles.GatewayCommand;
import io.fencegate.app.roles.KeygenCommand;
import io.fencegate.app.roles.SequencerCommand;
import io.fencegate.app.roles.UpCommand;
import io.fencegate.app.stat.StatCommand;
import io.fencegate.app.stat.StatusCommand;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;

/**
 * The door: every command of Fencegate.
 *
 * <p>The main thread.
 */
@Command(
        name = "fencegate",
        description = "Grants leases, fences writes with their tokens, and proves it from a journal.",
        footer = {
            "",
            "Exit codes: 0 done; 1 refused by the system; 2 wrong usage or configuration, a directory in "
                    + "use; 3 not reachable or timed out; 4 verification found a violation or damage; 5 stopped by "
                    + "an impossible state or a failed sync; 6 its media driver or cluster was lost; "
                    + "126 and 127 CMD of lock cannot be run; 141 nobody reads the output any more."
        })
public final class Fencegate extends Program {
    /**
     * Every command by its name, in the order of the help. Only the one that is called is built: building all of them
     * takes longer than most of them run.
     */
    private static final Map<String, Function<Terminal, Object>> COMMANDS = commands();

    private Fencegate() {}

    /**
     * Runs one command and ends the process with its exit code.
     *
     * @param args of the command line
     */
    public static void main(final String[] args) {
        FailStop.guardThreads();
        System.exit(run(Terminal.ofProcess(), args));
    }

    /**
     * Runs one command.
     *
     * @param terminal that it talks to
     * @param args of the command line
     * @return the exit code
     */
    public static int run(final Terminal terminal, final String... args) {
        final Terminal painted = terminal.with(ColorChoice.in(args));
        return run(() -> commandLine(painted, args), painted, args);
    }

    private static CommandLine commandLine(final Terminal terminal, final String... args) {
        final CommandLine commandLine = new CommandLine(new Fencegate());
        if (args.length > 0 && COMMANDS.containsKey(args[0])) {
            commandLine.addSubcommand(args[0], COMMANDS.get(args[0]).apply(terminal));
        } else {
            COMMANDS.forEach((name, command) -> commandLine.addSubcommand(name, command.apply(terminal)));
            commandLine.addSubcommand("completion", new GenerateCompletion());
        }
        return commandLine
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setColorScheme(Help.defaultColorScheme(terminal.screen().outHasColors() ? Ansi.ON : Ansi.OFF));
    }

    private static Map<String, Function<Terminal, Object>> commands() {
        final Map<String, Function<Terminal, Object>> commands = new LinkedHashMap<>();
        commands.put("demo", DemoCommand::new);
        commands.put("up", UpCommand::new);
        commands.put("driver", DriverCommand::new);
        commands.put(
                "sequencer",
                terminal -> new CommandLine(new SequencerCommand(terminal))
                        .addSubcommand(new StatusCommand(terminal))
                        .addSubcommand(new KeysCommand(terminal))
                        .addSubcommand(new AccessCommand(terminal)));
        commands.put("gateway", GatewayCommand::new);
        commands.put("acquire", AcquireCommand::new);
        commands.put("renew", RenewCommand::new);
        commands.put("release", ReleaseCommand::new);
        commands.put("revoke", RevokeCommand::new);
        commands.put("raise-floor", RaiseFloorCommand::new);
        commands.put("lock", LockCommand::new);
        commands.put("write", WriteCommand::new);
        commands.put("read", ReadCommand::new);
        commands.put("leases", LeasesCommand::new);
        commands.put("watch", WatchCommand::new);
        commands.put("stat", StatCommand::new);
        commands.put("audit", AuditCommand::new);
        commands.put("keygen", KeygenCommand::new);
        commands.put("credentials", CredentialsCommand::new);
        commands.put("doctor", DoctorCommand::new);
        return commands;
    }
}
