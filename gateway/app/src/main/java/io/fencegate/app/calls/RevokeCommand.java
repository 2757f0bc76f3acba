package io.fencegate.app.calls;

import io.fencegate.app.cli.CommandException;
import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.cli.JsonObject;
import io.fencegate.app.cli.Shapes;
import io.fencegate.app.cli.Terminal;
import io.fencegate.client.FencegateClient;
import io.fencegate.client.error.FencegateException;
import io.fencegate.client.error.RefusedException;
import io.fencegate.client.error.StaleTokenException;
import io.fencegate.client.lease.Revocation;
import io.fencegate.core.grant.Ticket;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code revoke NAME}: ends a lease whoever holds it, and fences its holder. */
@Command(
        name = "revoke",
        description = "End the lease of a resource, whoever holds it, and fence the holder at once: the sequencer hands"
                + " out a fresh token, and this command opens the resource at its gateway with it. Who waits for the"
                + " lease is granted it next.",
        footer = {
            "",
            "Example:",
            "  $ fencegate revoke orders",
            "  REVOKED resource=orders token=1 (0/1) clientId=60259f1227e82f3a",
            "  FENCED resource=orders by token=2 (0/2): no older token is accepted any more",
            "",
            "Exit codes: 0 revoked, and fenced where a gateway is known; 1 refused, as when nobody holds "
                    + "the lease; 2 wrong usage; 3 the sequencer was not reached, or the lease was revoked and the "
                    + "gateway not reached."
        })
public final class RevokeCommand extends CallCommand {
    @Parameters(paramLabel = "NAME", description = "Name of the resource.")
    private String name;

    /**
     * The command.
     *
     * @param terminal that it talks to
     */
    public RevokeCommand(final Terminal terminal) {
        super(terminal, Side.BOTH);
    }

    @Override
    protected void prepare() {
        requireName(name);
    }

    @Override
    protected int ask(final FencegateClient client) {
        final Revocation revocation = client.revoke(name);
        final JsonObject json = new JsonObject()
                .put("verdict", "REVOKED")
                .put("resource", name)
                .put("revokedToken", revocation.revokedToken())
                .put("revokedClientId", Shapes.clientId(revocation.revokedHolder()));
        Shapes.putToken(json, revocation.grant().token()).put("ticket", Ticket.format(revocation.grant()));
        if (!json()) {
            terminal()
                    .print("REVOKED resource=" + name + " token=" + Shapes.token(revocation.revokedToken())
                            + " clientId=" + Shapes.clientId(revocation.revokedHolder()));
        }
        if (!hasGateway()) {
            print(json.put("fenced", false), null);
            terminal()
                    .say("the gateway was not told, because none is known here (client.gateway.channel): the old holder"
                            + " can write until a newer grant is opened" + fenceYourself(revocation));
            return ExitCode.DONE.code();
        }
        final long fencedBy = fence(client, revocation);
        print(
                json.put("fenced", true).put("fenceToken", fencedBy),
                "FENCED resource=" + name + " by token=" + Shapes.token(fencedBy)
                        + ": no older token is accepted any more");
        return ExitCode.DONE.code();
    }

    /** Opens the resource; a newer grant that was opened before has fenced the old holder as well. */
    private long fence(final FencegateClient client, final Revocation revocation) {
        progress().now("revoked at the sequencer; waiting for the gateway");
        try {
            client.open(revocation.grant()).close();
            return revocation.grant().token();
        } catch (final StaleTokenException newer) {
            return newer.fenceToken();
        } catch (final FencegateException failure) {
            throw new CommandException(
                    failure instanceof RefusedException ? ExitCode.REFUSED : ExitCode.NOT_REACHABLE,
                    "revoked at the sequencer, but not fenced at the gateway: resource=" + name + " reason="
                            + failure.getMessage() + "; the old holder can write until a newer grant is opened"
                            + fenceYourself(revocation),
                    new JsonObject()
                            .put("verdict", "REVOKED")
                            .put("resource", name)
                            .put("revokedToken", revocation.revokedToken())
                            .put("token", revocation.grant().token())
                            .put("ticket", Ticket.format(revocation.grant()))
                            .put("fenced", false));
        }
    }

    private String fenceYourself(final Revocation revocation) {
        return "; to fence it: fencegate write " + name + " --ticket " + Ticket.format(revocation.grant())
                + " </dev/null";
    }
}
