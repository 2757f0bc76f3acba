package io.fencegate.app.calls;

import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.fencegate.app.cli.CommandException;
import io.fencegate.app.cli.ConfigurationOptions;
import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.cli.JsonObject;
import io.fencegate.app.cli.OutputOptions;
import io.fencegate.app.cli.Terminal;
import io.fencegate.app.config.AeronSettings;
import io.fencegate.app.config.Configuration;
import io.fencegate.app.config.Settings;
import io.fencegate.client.ClientConfig;
import io.fencegate.client.FencegateClient;
import io.fencegate.client.error.FencegateException;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.ResourceName;
import io.fencegate.core.grant.Ticket;
import io.fencegate.core.grant.TicketException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Mixin;

/**
 * A command that calls a running system: connects, asks once, prints the answer, and leaves.
 *
 * <p>The command's thread.
 */
public abstract class CallCommand implements Callable<Integer> {
    /** The side of the system that a command talks to. */
    protected enum Side {
        /** Grants leases. */
        SEQUENCER,
        /** Takes writes. */
        GATEWAY
    }

    private final Terminal terminal;
    private final Side side;

    @Mixin
    private OutputOptions output;

    @Mixin
    private CallOptions options;

    /**
     * The command.
     *
     * @param terminal that it talks to
     * @param side that it calls
     */
    protected CallCommand(final Terminal terminal, final Side side) {
        this.terminal = terminal;
        this.side = side;
    }

    @Override
    public final Integer call() {
        final Configuration configuration = options.read(terminal);
        if (options.printOnly()) {
            ConfigurationOptions.print(configuration, terminal, output.json());
            return ExitCode.DONE.code();
        }
        prepare();
        AeronSettings.apply(configuration);
        final Optional<Path> aeronDirectory = configuration.get(Settings.CLIENT_AERON_DIRECTORY);
        requireEndpoints(configuration);
        try (MediaDriver driver = aeronDirectory.isPresent() ? null : ownDriver();
                FencegateClient client = FencegateClient.connect(clientConfig(
                        configuration,
                        aeronDirectory.map(Path::toString).orElseGet(() -> driver.aeronDirectoryName())))) {
            ask(client);
        } catch (final FencegateException refused) {
            throw Refusals.of(refused, options.directory(terminal));
        }
        return ExitCode.DONE.code();
    }

    /** Checks the command's own parameters before anything is connected. */
    protected abstract void prepare();

    /**
     * Asks, and prints the answer.
     *
     * @param client that is connected
     */
    protected abstract void ask(FencegateClient client);

    /**
     * The identity with which to call.
     *
     * @return the clientId of the ticket, or empty for a new one
     */
    protected Optional<Long> clientId() {
        return Optional.empty();
    }

    /**
     * The terminal.
     *
     * @return that which this command talks to
     */
    protected final Terminal terminal() {
        return terminal;
    }

    /**
     * Prints an answer.
     *
     * @param json for programs
     * @param text for people
     */
    protected final void print(final JsonObject json, final String text) {
        terminal.print(output.json() ? json.toString() : text);
    }

    /**
     * Whether a program reads the output.
     *
     * @return true with {@code --json}
     */
    protected final boolean json() {
        return output.json();
    }

    /**
     * Checks the name of a resource.
     *
     * @param name as given
     * @return the name
     * @throws CommandException USAGE if it is none
     */
    protected static String requireName(final String name) {
        if (!ResourceName.isValid(name)) {
            throw new CommandException(ExitCode.USAGE, "no such resource name: " + ResourceName.RULE);
        }
        return name;
    }

    /**
     * Reads a ticket.
     *
     * @param ticket as given
     * @return its grant
     * @throws CommandException USAGE if it is none
     */
    protected static Grant requireTicket(final String ticket) {
        try {
            return Ticket.parse(ticket);
        } catch (final TicketException noTicket) {
            throw new CommandException(
                    ExitCode.USAGE, noTicket.getMessage() + "; give the line that acquire printed, whole");
        }
    }

    private ClientConfig clientConfig(final Configuration configuration, final String aeronDirectoryName) {
        final long timeoutNs = TimeUnit.MILLISECONDS.toNanos(configuration.get(Settings.CLIENT_TIMEOUT));
        ClientConfig config = ClientConfig.of(aeronDirectoryName);
        config = config.withTimeouts(
                timeoutNs,
                Math.min(timeoutNs, ClientConfig.ATTEMPT_TIMEOUT_DEFAULT_NS),
                Math.min(timeoutNs, ClientConfig.CONNECT_TIMEOUT_DEFAULT_NS));
        if (clientId().isPresent()) {
            config = config.withClientId(clientId().get());
        }
        return side == Side.SEQUENCER
                ? config.withSequencer(
                        configuration.get(Settings.CLIENT_SEQUENCER_ENDPOINTS),
                        configuration.get(Settings.CLIENT_SEQUENCER_EGRESS))
                : config.withGateway(configuration.get(Settings.CLIENT_GATEWAY_CHANNEL));
    }

    private void requireEndpoints(final Configuration configuration) {
        final boolean known = side == Side.SEQUENCER
                ? !configuration.get(Settings.CLIENT_SEQUENCER_ENDPOINTS).isEmpty()
                : !configuration.get(Settings.CLIENT_GATEWAY_CHANNEL).isEmpty();
        if (!known) {
            throw new CommandException(
                    ExitCode.NOT_REACHABLE,
                    "no system runs in dir=" + options.directory(terminal)
                            + "; start one with: fencegate up, or name a running one with --dir, --config or "
                            + (side == Side.SEQUENCER ? "--sequencer" : "--gateway"));
        }
    }

    private static MediaDriver ownDriver() {
        return MediaDriver.launchEmbedded(new MediaDriver.Context()
                .threadingMode(ThreadingMode.SHARED)
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true));
    }
}
