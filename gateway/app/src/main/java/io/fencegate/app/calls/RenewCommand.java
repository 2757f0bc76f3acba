package io.fencegate.app.calls;

import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.cli.JsonObject;
import io.fencegate.app.cli.Shapes;
import io.fencegate.app.cli.Terminal;
import io.fencegate.client.FencegateClient;
import io.fencegate.client.lease.Lease;
import io.fencegate.core.grant.Grant;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code renew TICKET}: prolongs a lease. */
@Command(
        name = "renew",
        description = "Prolong the lease of a ticket, and print its ticket again.",
        footer = {
            "",
            "Example:",
            "  $ T=$(fencegate renew \"$T\" --ttl 1m)",
            "",
            "Exit codes: 0 renewed; 1 LEASE_LOST, with how it ended; 2 wrong usage, or no whole ticket; "
                    + "3 the sequencer was not reached."
        })
public final class RenewCommand extends CallCommand {
    @Parameters(
            paramLabel = "TICKET",
            arity = "0..1",
            description = "The line that acquire printed. Default: $FENCEGATE_TICKET.")
    private String ticket;

    @Option(names = "--ttl", paramLabel = "TIME", description = "New time to live; that of the ticket by default.")
    private String ttl;

    private Grant grant;
    private Duration timeToLive;

    /**
     * The command.
     *
     * @param terminal that it talks to
     */
    public RenewCommand(final Terminal terminal) {
        super(terminal, Side.SEQUENCER);
    }

    @Override
    protected void prepare() {
        grant = ticketOrEnvironment(ticket);
        timeToLive = ttl == null ? Duration.ofMillis(grant.ttlMs()) : Durations.read("--ttl", ttl, 50);
    }

    @Override
    protected Optional<Long> clientId() {
        return Optional.of(grant.clientId());
    }

    @Override
    protected int ask(final FencegateClient client) {
        final long askedNs = System.nanoTime();
        final Lease lease = client.renew(grant, timeToLive);
        warnOfShortTime(timeToLive, askedNs);
        print(
                Shapes.putToken(
                                new JsonObject()
                                        .put("verdict", "RENEWED")
                                        .put("resource", lease.resource())
                                        .put("ticket", lease.ticket()),
                                lease.token())
                        .put("clientId", Shapes.clientId(lease.grant().clientId()))
                        .put("ttlMs", lease.grant().ttlMs())
                        .put("remainingMs", lease.remainingMs()),
                lease.ticket());
        return ExitCode.DONE.code();
    }
}
