package io.fencegate.app.calls;

import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.cli.JsonObject;
import io.fencegate.app.cli.Shapes;
import io.fencegate.app.cli.Terminal;
import io.fencegate.client.FencegateClient;
import io.fencegate.client.lease.Lease;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code acquire NAME}: prints the ticket of a new lease. */
@Command(
        name = "acquire",
        description = {
            "Acquire the lease of a resource and print its ticket.",
            "The lease stays until its time to live ends or it is released."
        },
        footer = {
            "",
            "Example:",
            "  $ T=$(fencegate acquire orders --ttl 20s --wait 1m)",
            "  $ echo hello | fencegate write orders --ticket \"$T\"",
            "",
            "Exit codes: 0 granted; 1 refused: DENIED, WAIT_TIMED_OUT or a limit; 2 wrong usage; 3 the "
                    + "sequencer was not reached. A wait that takes longer than two seconds tells its place in the "
                    + "queue on standard error."
        })
public final class AcquireCommand extends CallCommand {
    @Parameters(paramLabel = "NAME", description = "Name of the resource: UTF-8, 1 to 128 bytes.")
    private String name;

    @Option(names = "--ttl", paramLabel = "TIME", defaultValue = "30s", description = "Time to live, 50ms to 24h.")
    private String ttl;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            defaultValue = "10s",
            description = "How long to wait for the lease while somebody else holds it; 0s: not at all.")
    private String wait;

    private Duration timeToLive;
    private Duration patience;

    /**
     * The command.
     *
     * @param terminal that it talks to
     */
    public AcquireCommand(final Terminal terminal) {
        super(terminal, Side.SEQUENCER);
    }

    @Override
    protected void prepare() {
        requireName(name);
        timeToLive = Durations.read("--ttl", ttl, 50);
        patience = Durations.read("--wait", wait, 0);
    }

    @Override
    protected int ask(final FencegateClient client) {
        final Lease lease = acquire(client, name, timeToLive, patience, () -> false);
        print(
                Shapes.putToken(
                                new JsonObject()
                                        .put("verdict", "GRANTED")
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
