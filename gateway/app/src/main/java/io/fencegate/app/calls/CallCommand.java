package io.fencegate.app.calls;

import io.aeron.driver.MediaDriver;
import io.fencegate.app.cli.CommandException;
import io.fencegate.app.cli.ConfigurationOptions;
import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.cli.JsonObject;
import io.fencegate.app.cli.OutputOptions;
import io.fencegate.app.cli.Progress;
import io.fencegate.app.cli.Terminal;
import io.fencegate.app.config.Configuration;
import io.fencegate.app.config.Settings;
import io.fencegate.app.launch.Drivers;
import io.fencegate.app.launch.SealKeyFile;
import io.fencegate.app.launch.StateDirectory;
import io.fencegate.client.ClientConfig;
import io.fencegate.client.FencegateClient;
import io.fencegate.client.error.FencegateException;
import io.fencegate.client.error.NotReachableException;
import io.fencegate.client.lease.Lease;
import io.fencegate.client.lease.PendingLease;
import io.fencegate.client.login.Login;
import io.fencegate.client.login.LoginFile;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.ResourceName;
import io.fencegate.core.grant.Ticket;
import io.fencegate.core.grant.TicketException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
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
        /** Takes writes; the other one is asked only where a grant is refused, and if it is known. */
        GATEWAY,
        /** First the one that grants leases, then the other, where it is known. */
        BOTH
    }

    /** Variable that holds a ticket, as lock sets it. */
    public static final String TICKET_VARIABLE = "FENCEGATE_TICKET";

    private static final long IDLE_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Terminal terminal;
    private final Side side;

    @Mixin
    private OutputOptions output;

    @Mixin
    private CallOptions options;

    private Progress progress;
    private Configuration configuration;

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
        configuration = options.read(terminal);
        if (options.printOnly()) {
            ConfigurationOptions.print(configuration, terminal, output.json());
            return ExitCode.DONE.code();
        }
        prepare();
        final Optional<Path> aeronDirectory = configuration.get(Settings.CLIENT_AERON_DIRECTORY);
        requireEndpoints();
        progress = Progress.begin(terminal, waitingFor());
        try (MediaDriver driver = aeronDirectory.isPresent() ? null : Drivers.launchOwn(configuration);
                FencegateClient client = FencegateClient.connect(clientConfig(
                        aeronDirectory.map(Path::toString).orElseGet(() -> driver.aeronDirectoryName())))) {
            return ask(client);
        } catch (final NotReachableException unreached) {
            Hosts.check(configuration);
            throw Refusals.of(unreached, options.directory(terminal));
        } catch (final FencegateException refused) {
            throw Refusals.of(refused, options.directory(terminal));
        } finally {
            progress.close();
        }
    }

    /** Checks the command's own parameters before anything is connected. */
    protected abstract void prepare();

    /**
     * Asks, and prints the answer.
     *
     * @param client that is connected
     * @return exit code of the process
     */
    protected abstract int ask(FencegateClient client);

    /**
     * What the command waits for, as the user is told when that takes long.
     *
     * @return a wait that the command may tell more about, and closes when it goes on by itself
     */
    protected final Progress progress() {
        return progress;
    }

    /**
     * Acquires a lease, and tells the place in the queue meanwhile.
     *
     * @param client to drive
     * @param resource its name
     * @param ttl how long the lease shall run
     * @param wait how long to stand in the queue
     * @param isOver whether the lease is not wanted any more
     * @return the lease
     */
    protected final Lease acquire(
            final FencegateClient client,
            final String resource,
            final Duration ttl,
            final Duration wait,
            final BooleanSupplier isOver) {
        final long askedNs = System.nanoTime();
        final PendingLease pending = client.offerAcquire(resource, ttl, wait);
        int place = 0;
        boolean isCancelled = false;
        while (!pending.isDone()) {
            if (client.poll() == 0) {
                LockSupport.parkNanos(IDLE_NS);
            }
            if (pending.place() != place) {
                place = pending.place();
                progress.now("waiting for the lease of resource=" + resource + ", place " + place + " in the queue");
            }
            if (isOver.getAsBoolean() && !isCancelled) {
                pending.cancel();
                isCancelled = true;
            }
        }
        final Lease lease = pending.lease();
        if (place == 0) {
            warnOfShortTime(ttl, askedNs);
        }
        return lease;
    }

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
     * @param text for people; null: nothing to say that was not said
     */
    protected final void print(final JsonObject json, final String text) {
        progress.close();
        if (output.json()) {
            terminal.print(json.toString());
        } else if (text != null) {
            terminal.print(text);
        }
    }

    /**
     * Warns of a lease that may be over before anybody can use it.
     *
     * @param ttl of the lease
     * @param askedNs when it was asked for, by {@link System#nanoTime}
     */
    protected final void warnOfShortTime(final Duration ttl, final long askedNs) {
        final long roundTripNs = System.nanoTime() - askedNs;
        if (roundTripNs >= ttl.toNanos()) {
            terminal.say("the lease may be over already: its time to live is shorter than the round trip: ttlMs="
                    + ttl.toMillis() + " roundTripMs=" + TimeUnit.NANOSECONDS.toMillis(roundTripNs)
                    + "; ask for a longer --ttl");
        }
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

    /**
     * Reads a ticket that may be left out where the environment has one.
     *
     * @param given in the command line, or null
     * @return its grant
     * @throws CommandException USAGE if there is none
     */
    protected final Grant ticketOrEnvironment(final String given) {
        final String ticket = given != null ? given : terminal.environment().get(TICKET_VARIABLE);
        if (ticket == null) {
            throw new CommandException(
                    ExitCode.USAGE, "no ticket: give one, or set " + TICKET_VARIABLE + "; acquire prints one");
        }
        return requireTicket(ticket);
    }

    /**
     * The keys of the seals, as this machine has them.
     *
     * @return the configured file, or that of the system's folder; it may be missing
     */
    protected final SealKeyFile keyFile() {
        return SealKeyFile.configured(configuration)
                .orElseGet(() -> new SealKeyFile(StateDirectory.sealKey(options.directory(terminal))));
    }

    /**
     * Whether a gateway is known beside the sequencer.
     *
     * @return true if this command may ask it too
     */
    protected final boolean hasGateway() {
        return !configuration.get(Settings.CLIENT_GATEWAY_CHANNEL).isEmpty();
    }

    /**
     * Whether a sequencer is known beside the gateway.
     *
     * @return true if this command may ask it too
     */
    protected final boolean hasSequencer() {
        return !configuration.get(Settings.CLIENT_SEQUENCER_ENDPOINTS).isEmpty();
    }

    /**
     * How long a command waits for its answer.
     *
     * @return in nanoseconds
     */
    protected final long timeoutNs() {
        return TimeUnit.MILLISECONDS.toNanos(configuration.get(Settings.CLIENT_TIMEOUT));
    }

    /**
     * Ends the command because nobody answers.
     *
     * @param facts as {@code name=value}
     * @return what to throw
     */
    protected final CommandException unreachable(final String facts) {
        Hosts.check(configuration);
        return Refusals.unreachable(facts, options.directory(terminal));
    }

    private String waitingFor() {
        return side == Side.GATEWAY
                ? "waiting for the gateway: channel=" + configuration.get(Settings.CLIENT_GATEWAY_CHANNEL)
                : "waiting for the sequencer: endpoints=" + configuration.get(Settings.CLIENT_SEQUENCER_ENDPOINTS);
    }

    private ClientConfig clientConfig(final String aeronDirectoryName) {
        final long timeoutNs = timeoutNs();
        ClientConfig config = ClientConfig.of(aeronDirectoryName);
        config = config.withTimeouts(
                timeoutNs,
                Math.min(timeoutNs, ClientConfig.ATTEMPT_TIMEOUT_DEFAULT_NS),
                Math.min(timeoutNs, ClientConfig.CONNECT_TIMEOUT_DEFAULT_NS));
        if (clientId().isPresent()) {
            config = config.withClientId(clientId().get());
        }
        if (hasSequencer()) {
            config = config.withSequencer(
                    configuration.get(Settings.CLIENT_SEQUENCER_ENDPOINTS),
                    configuration.get(Settings.CLIENT_SEQUENCER_EGRESS));
            config = config.withLogin(login());
        }
        final String channel = configuration.get(Settings.CLIENT_GATEWAY_CHANNEL);
        return side == Side.SEQUENCER || channel.isEmpty() ? config : config.withGateway(channel);
    }

    private Login login() {
        final Optional<Path> file = configuration.get(Settings.CLIENT_CREDENTIALS_FILE);
        if (file.isEmpty()) {
            return Login.NONE;
        }
        try {
            return LoginFile.read(file.get());
        } catch (final IllegalArgumentException noLogin) {
            throw new CommandException(ExitCode.USAGE, noLogin.getMessage());
        } catch (final IOException unreadable) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "cannot read the credentials: file=" + file.get() + " reason="
                            + unreadable.getClass().getSimpleName() + ": " + unreadable.getMessage());
        }
    }

    private void requireEndpoints() {
        final boolean known = side != Side.GATEWAY
                ? !configuration.get(Settings.CLIENT_SEQUENCER_ENDPOINTS).isEmpty()
                : !configuration.get(Settings.CLIENT_GATEWAY_CHANNEL).isEmpty();
        if (!known) {
            throw new CommandException(
                    ExitCode.NOT_REACHABLE,
                    "no system runs in dir=" + options.directory(terminal)
                            + "; start one with: fencegate up, or name a running one with --dir, --config or "
                            + (side != Side.GATEWAY ? "--sequencer" : "--gateway"));
        }
    }
}
