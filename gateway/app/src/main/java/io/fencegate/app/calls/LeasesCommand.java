package io.fencegate.app.calls;

import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.cli.JsonObject;
import io.fencegate.app.cli.Shapes;
import io.fencegate.app.cli.Terminal;
import io.fencegate.client.FencegateClient;
import io.fencegate.client.session.lease.HeldLease;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code leases [PREFIX]}: who holds what. */
@Command(
        name = "leases",
        description = "List the live leases: who holds what, and how many wait for it.",
        footer = {
            "",
            "Example:",
            "  $ fencegate leases orders",
            "  $ fencegate leases orders/ --json",
            "",
            "Exit codes: 0 listed; 1 refused; 2 wrong usage; 3 the sequencer was not reached."
        })
public final class LeasesCommand extends CallCommand {
    private static final String ROW = "%-32s  %-16s  %-28s  %11s  %7s";

    @Parameters(paramLabel = "PREFIX", arity = "0..1", defaultValue = "", description = "Only names that begin so.")
    private String prefix;

    /**
     * The command.
     *
     * @param terminal that it talks to
     */
    public LeasesCommand(final Terminal terminal) {
        super(terminal, Side.SEQUENCER);
    }

    @Override
    protected void prepare() {
        if (!prefix.isEmpty()) {
            requireName(prefix);
        }
    }

    @Override
    protected int ask(final FencegateClient client) {
        if (!json()) {
            terminal().print(String.format(ROW, "RESOURCE", "HOLDER", "TOKEN", "REMAINING", "WAITERS"));
        }
        for (final HeldLease lease : client.leases(prefix)) {
            print(
                    Shapes.putToken(new JsonObject().put("resource", lease.resource()), lease.token())
                            .put("clientId", Shapes.clientId(lease.holder()))
                            .put("remainingMs", lease.remainingMs())
                            .put("waiters", lease.waiters()),
                    String.format(
                            ROW,
                            lease.resource(),
                            Shapes.clientId(lease.holder()),
                            Shapes.token(lease.token()),
                            lease.remainingMs() + " ms",
                            lease.waiters()));
        }
        return ExitCode.DONE.code();
    }
}
