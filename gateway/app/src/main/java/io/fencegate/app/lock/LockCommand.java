package io.fencegate.app.lock;

import io.fencegate.app.calls.CallCommand;
import io.fencegate.app.calls.Durations;
import io.fencegate.app.cli.CommandException;
import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.cli.JsonObject;
import io.fencegate.app.cli.Shapes;
import io.fencegate.app.cli.Terminal;
import io.fencegate.client.FencedWriter;
import io.fencegate.client.FencegateClient;
import io.fencegate.client.error.FencedException;
import io.fencegate.client.error.FencegateException;
import io.fencegate.client.error.LeaseLostException;
import io.fencegate.client.error.LeaseRefusedException;
import io.fencegate.client.error.NotReachableException;
import io.fencegate.client.error.WaitCancelledException;
import io.fencegate.client.lease.Lease;
import io.fencegate.client.lease.LeaseKeeper;
import io.fencegate.client.lease.LeaseListener;
import io.fencegate.client.lease.PendingRelease;
import io.fencegate.client.session.lease.LeaseLoss;
import io.fencegate.client.session.writer.WriterState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lock NAME -- CMD ARGS…}: runs a program while the lease is held. */
@Command(
        name = "lock",
        customSynopsis = "fencegate lock NAME [OPTIONS] -- CMD [ARGS...]",
        description = {
            "Acquire the lease of a resource, run CMD while holding and renewing it, and release it when CMD ends.",
            "",
            "CMD has this command's standard streams, and FENCEGATE_TICKET and FENCEGATE_TOKEN in its environment: write"
                    + " takes the ticket from there. If the lease is lost, or could not be confirmed for its whole time to"
                    + " live, CMD and everything that it started get SIGTERM, and SIGKILL after --grace.",
            "",
            "SIGTERM, SIGINT and SIGHUP to this command are passed on to CMD (Ctrl-C reaches it by itself, since both"
                    + " are of one process group). The lease ends with CMD: what it leaves running in the background"
                    + " is not waited for. If this command is killed with SIGKILL, CMD runs on and the lease expires."
        },
        footer = {
            "",
            "Example:",
            "  $ fencegate lock orders --ttl 30s -- sh -c 'date | fencegate write orders'",
            "  ACCEPTED resource=orders token=3 (0/3) sequence=1 generation=1 position=7",
            "",
            "Exit codes: that of CMD, or 128 and the signal that ended it; 126 CMD is not executable; "
                    + "127 CMD was not found; 1 the lease was refused or lost; 2 wrong usage; 3 the sequencer was "
                    + "not reached, or could not confirm the lease. A sentence on standard error tells the last "
                    + "three from an exit code of CMD."
        })
public final class LockCommand extends CallCommand implements LeaseListener {
    /** CMD does without a gateway that takes longer to answer: it may have nothing to write there. */
    private static final long GATEWAY_PATIENCE_NS = TimeUnit.SECONDS.toNanos(2);

    private static final long IDLE_NS = TimeUnit.MILLISECONDS.toNanos(1);

    @Parameters(index = "0", paramLabel = "NAME", description = "Name of the resource: UTF-8, 1 to 128 bytes.")
    private String name;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "CMD", description = "Program and its arguments.")
    private List<String> command;

    @Option(names = "--ttl", paramLabel = "TIME", defaultValue = "30s", description = "Time to live, 50ms to 24h.")
    private String ttl;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            defaultValue = "10s",
            description = "How long to wait for the lease while somebody else holds it; 0s: not at all.")
    private String wait;

    @Option(
            names = "--grace",
            paramLabel = "TIME",
            defaultValue = "5s",
            description = "How long CMD has between SIGTERM and SIGKILL when the lease is lost.")
    private String grace;

    private Duration timeToLive;
    private Duration patience;
    private Duration graceTime;
    private LeaseLoss loss;
    private boolean isConfirmed;
    private boolean isUnconfirmed;

    /**
     * The command.
     *
     * @param terminal that it talks to
     */
    public LockCommand(final Terminal terminal) {
        super(terminal, Side.BOTH);
    }

    @Override
    protected void prepare() {
        requireName(name);
        timeToLive = Durations.read("--ttl", ttl, 50);
        patience = Durations.read("--wait", wait, 0);
        graceTime = Durations.read("--grace", grace, 0);
        CommandFile.check(command.get(0), terminal().environment().getOrDefault("PATH", ""));
    }

    @Override
    protected int ask(final FencegateClient client) {
        final PassedSignals signals = PassedSignals.begin();
        final Lease lease;
        try {
            lease = acquire(client, name, timeToLive, patience, signals::isAny);
        } catch (final WaitCancelledException cancelled) {
            return endedBySignal(signals);
        } catch (final NotReachableException unanswered) {
            if (signals.isAny()) {
                return endedBySignal(signals);
            }
            throw unanswered;
        }
        if (signals.isAny()) {
            client.release(lease.grant());
            return endedBySignal(signals);
        }
        final LeaseKeeper keeper = keepOpened(client, lease, signals);
        awaitConfirmation(client, keeper, signals);
        progress().close();
        return run(client, keeper, signals);
    }

    /**
     * Where a gateway is known, CMD is going to write there with the ticket. If a grant from another life of the sequencer
     * fences it, the lease is healed before CMD learns of it.
     */
    private LeaseKeeper keepOpened(final FencegateClient client, final Lease lease, final PassedSignals signals) {
        LeaseKeeper keeper = client.keep(lease, this);
        if (!hasGateway()) {
            return keeper;
        }
        FencegateException unopened = tryOpen(client, lease, signals);
        if (unopened instanceof FencedException fenced && fenced.fenceToken() != 0) {
            keeper.close();
            final Lease healed = healed(client, lease, fenced);
            keeper = client.keep(healed, this);
            unopened = healed.equals(lease) ? null : tryOpen(client, healed, signals);
        }
        if (unopened != null) {
            terminal().say("the gateway did not open the resource before CMD starts: " + unopened.getMessage());
        }
        return keeper;
    }

    private FencegateException tryOpen(final FencegateClient client, final Lease lease, final PassedSignals signals) {
        final long askedNs = System.nanoTime();
        final long patienceNs = Math.min(timeoutNs(), GATEWAY_PATIENCE_NS);
        try (FencedWriter writer = client.openAsync(lease.grant())) {
            while (writer.state() == WriterState.OPENING && loss == null && !signals.isAny()) {
                if (System.nanoTime() - askedNs > patienceNs) {
                    return new NotReachableException("unreachable=gateway resource=" + name, null);
                }
                if (client.poll() == 0) {
                    LockSupport.parkNanos(IDLE_NS);
                }
            }
            return writer.stopCause();
        }
    }

    private Lease healed(final FencegateClient client, final Lease lease, final FencedException fenced) {
        try {
            final Lease healed = client.healer().heal(lease.grant(), fenced);
            terminal()
                    .say(
                            "the sequencer was built anew and had forgotten its tokens; the lease was released and acquired"
                                    + " again: resource=" + name + " token=" + Shapes.token(healed.token()));
            return healed;
        } catch (final LeaseLostException lost) {
            throw lost;
        } catch (final LeaseRefusedException unproven) {
            terminal()
                    .say("the gateway refuses this lease's token, and the lease could not be healed: "
                            + fenced.getMessage() + "; reason: " + unproven.getMessage()
                            + "; an operator tells the sequencer, with fencegate raise-floor " + fenced.fenceToken());
            return lease;
        }
    }

    @Override
    public void onRenewed(final Lease lease) {
        isConfirmed = true;
        isUnconfirmed = false;
    }

    @Override
    public void onDanger(final Lease lease, final long remainingNs) {
        terminal()
                .say("the lease is in danger: resource=" + name + " remainingMs="
                        + TimeUnit.NANOSECONDS.toMillis(remainingNs)
                        + "; the sequencer has not confirmed it, and is asked again");
    }

    @Override
    public void onUnconfirmed(final Lease lease) {
        isUnconfirmed = true;
    }

    @Override
    public void onLost(final LeaseLoss lost) {
        loss = lost;
    }

    /**
     * CMD starts under a lease that was confirmed less than its time to live ago: a keeper renews it at once. A lease that
     * was got so slowly that it is unconfirmed already may be confirmed yet.
     */
    private void awaitConfirmation(
            final FencegateClient client, final LeaseKeeper keeper, final PassedSignals signals) {
        final long askedNs = System.nanoTime();
        final long patienceNs = Math.min(timeoutNs(), timeToLive.toNanos());
        while (!isConfirmed && loss == null && !signals.isAny() && System.nanoTime() - askedNs < patienceNs) {
            if (client.poll() == 0) {
                LockSupport.parkNanos(IDLE_NS);
            }
        }
        final long roundTripNs = System.nanoTime() - askedNs;
        if (signals.isAny() || (loss == null && isConfirmed && !isUnconfirmed)) {
            return;
        }
        if (loss != null) {
            throw lost("before CMD was started");
        }
        // Nobody else knows the ticket: a lease that was not released would block the resource for its whole TTL.
        release(client, keeper);
        throw new CommandException(
                ExitCode.NOT_REACHABLE,
                "CMD was not started, because the sequencer took too long to confirm the lease: resource=" + name
                        + " ttlMs=" + timeToLive.toMillis() + " roundTripMs="
                        + TimeUnit.NANOSECONDS.toMillis(roundTripNs)
                        + "; give a --ttl that is longer than a round trip",
                new JsonObject().put("verdict", "UNCONFIRMED").put("resource", name));
    }

    private int run(final FencegateClient client, final LeaseKeeper keeper, final PassedSignals signals) {
        final Map<String, String> variables = Map.of(
                TICKET_VARIABLE,
                keeper.lease().ticket(),
                "FENCEGATE_TOKEN",
                Long.toString(keeper.lease().token()));
        final GuardedProcess process;
        try {
            process = signals.start(() -> GuardedProcess.start(command, variables));
        } catch (final CommandException unstarted) {
            release(client, keeper);
            throw unstarted;
        }
        if (process == null) {
            release(client, keeper);
            return endedBySignal(signals);
        }
        boolean hasEnded = false;
        try {
            while (!hasEnded && loss == null && !isUnconfirmed) {
                while (client.poll() > 0) {
                    Thread.onSpinWait();
                }
                hasEnded = process.await();
            }
        } finally {
            if (!hasEnded) {
                final boolean wasEnough = process.stop(graceTime.toMillis());
                keeper.close();
                terminal()
                        .say("CMD was ended with "
                                + (wasEnough ? "SIGTERM" : "SIGTERM and, after " + grace + ", SIGKILL"));
            }
        }
        if (hasEnded) {
            release(client, keeper);
        }
        if (loss != null) {
            throw lost(hasEnded ? "before CMD did" : "while CMD ran");
        }
        if (!hasEnded) {
            throw unconfirmed();
        }
        return process.exitCode();
    }

    /** A release that is not answered does no harm: the lease ends with its time. */
    private void release(final FencegateClient client, final LeaseKeeper keeper) {
        if (!keeper.isKeeping()) {
            return;
        }
        final PendingRelease release = keeper.release();
        while (!release.isDone()) {
            if (client.poll() == 0) {
                LockSupport.parkNanos(IDLE_NS);
            }
        }
        try {
            release.check();
        } catch (final LeaseLostException late) {
            loss = new LeaseLoss(name, late.ourToken(), late.end(), late.currentToken(), late.currentHolder());
        } catch (final NotReachableException | LeaseRefusedException unanswered) {
            terminal()
                    .say("the lease was not released, and ends with its time: ttl=" + ttl + " "
                            + unanswered.getMessage());
        }
    }

    private int endedBySignal(final PassedSignals signals) {
        terminal().say("ended by a signal before CMD was started");
        return signals.exitCode();
    }

    private CommandException lost(final String when) {
        final String now = loss.currentToken() == 0
                ? "nobody holds it now"
                : "token " + Shapes.token(loss.currentToken()) + " of clientId=" + Shapes.clientId(loss.currentHolder())
                        + " holds it now";
        final JsonObject details = new JsonObject().put("verdict", "LEASE_LOST").put("resource", name);
        Shapes.putToken(details, loss.token()).put("end", loss.end().name());
        if (loss.currentToken() != 0) {
            details.put("currentToken", loss.currentToken())
                    .put("currentClientId", Shapes.clientId(loss.currentHolder()));
        }
        return new CommandException(
                ExitCode.REFUSED,
                "LEASE_LOST: the lease ended " + when + ": resource=" + name + " token=" + Shapes.token(loss.token())
                        + " end=" + loss.end() + "; " + now,
                details);
    }

    private CommandException unconfirmed() {
        return new CommandException(
                ExitCode.NOT_REACHABLE,
                "the lease could not be confirmed for its whole time to live, and somebody else may hold it: resource="
                        + name + " ttl=" + ttl + "; is the sequencer reachable?",
                new JsonObject().put("verdict", "UNCONFIRMED").put("resource", name));
    }
}
