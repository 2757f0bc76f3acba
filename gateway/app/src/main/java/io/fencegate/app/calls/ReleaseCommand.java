package io.fencegate.app.calls;

import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.cli.JsonObject;
import io.fencegate.app.cli.Shapes;
import io.fencegate.app.cli.Terminal;
import io.fencegate.client.FencegateClient;
import io.fencegate.core.grant.Grant;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code release TICKET}: ends a lease. */
@Command(
        name = "release",
        description = "End the lease of a ticket.",
        footer = {
            "",
            "Example:",
            "  $ fencegate release \"$T\"",
            "  RELEASED resource=orders token=1 (0/1)",
            "",
            "Exit codes: 0 released; 1 LEASE_LOST, with how it ended; 2 wrong usage, or no whole ticket; "
                    + "3 the sequencer was not reached."
        })
public final class ReleaseCommand extends CallCommand {
    @Parameters(
            paramLabel = "TICKET",
            arity = "0..1",
            description = "The line that acquire printed. Default: $FENCEGATE_TICKET.")
    private String ticket;

    private Grant grant;

    /**
     * The command.
     *
     * @param terminal that it talks to
     */
    public ReleaseCommand(final Terminal terminal) {
        super(terminal, Side.SEQUENCER);
    }

    @Override
    protected void prepare() {
        grant = ticketOrEnvironment(ticket);
    }

    @Override
    protected Optional<Long> clientId() {
        return Optional.of(grant.clientId());
    }

    @Override
    protected int ask(final FencegateClient client) {
        client.release(grant);
        print(
                Shapes.putToken(
                        new JsonObject().put("verdict", "RELEASED").put("resource", grant.resource()), grant.token()),
                "RELEASED resource=" + grant.resource() + " token=" + Shapes.token(grant.token()));
        return ExitCode.DONE.code();
    }
}
