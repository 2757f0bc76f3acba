package io.fencegate.app.calls;

import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.cli.JsonObject;
import io.fencegate.app.cli.OutputClosedException;
import io.fencegate.app.cli.Paint;
import io.fencegate.app.cli.Progress;
import io.fencegate.app.cli.Shapes;
import io.fencegate.app.cli.Terminal;
import io.fencegate.app.launch.Lifetime;
import io.fencegate.client.FencegateClient;
import io.fencegate.client.error.LeaseRefusedException;
import io.fencegate.client.lease.LeaseWatch;
import io.fencegate.client.lease.WatchListener;
import io.fencegate.client.session.lease.LeaseEvent;
import io.fencegate.core.grant.LeaseEventKind;
import io.fencegate.core.grant.LeaseVerdict;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code watch [PREFIX]}: live events. */
@Command(
        name = "watch",
        description = {
            "Print what happens to leases, an event a line, until Ctrl-C.",
            "A line GAP tells that events may have been missed: the connection was lost, or this command "
                    + "was too slow; leases tells what holds now."
        },
        footer = {
            "",
            "Example:",
            "  $ fencegate watch orders/",
            "  WATCHING revision=12",
            "  2026-01-31T09:30:00.125Z  RELEASED  orders/shard-7  token=7 (0/7) ...",
            "",
            "Exit codes: 0 ended by Ctrl-C, SIGTERM, or because nobody reads its output any more; 1 "
                    + "refused; 2 wrong usage; 3 the sequencer was never reached."
        })
public final class WatchCommand extends CallCommand implements WatchListener {
    private static final long IDLE_NS = TimeUnit.MILLISECONDS.toNanos(1);

    @Parameters(paramLabel = "PREFIX", arity = "0..1", defaultValue = "", description = "Only names that begin so.")
    private String prefix;

    private Progress interruption;
    private LeaseVerdict refused;
    private boolean hasWatched;

    /**
     * The command.
     *
     * @param terminal that it talks to
     */
    public WatchCommand(final Terminal terminal) {
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
        final Lifetime lifetime = Lifetime.begin();
        final LeaseWatch watch = client.watch(prefix, this);
        try {
            final long deadlineNs = System.nanoTime() + timeoutNs();
            while (!lifetime.isOver() && refused == null) {
                if (client.poll() == 0) {
                    LockSupport.parkNanos(IDLE_NS);
                }
                if (!hasWatched && client.loginRefusal() != null) {
                    throw client.loginRefusal();
                }
                if (!hasWatched && deadlineNs - System.nanoTime() < 0) {
                    throw unreachable("unreachable=sequencer prefix=" + prefix);
                }
            }
        } catch (final OutputClosedException unread) {
            return ExitCode.DONE.code();
        } finally {
            resumed();
            watch.close();
            lifetime.close();
        }
        if (refused != null) {
            throw new LeaseRefusedException(refused, prefix, 0);
        }
        return ExitCode.DONE.code();
    }

    @Override
    public void onWatching(final long revision) {
        resumed();
        hasWatched = true;
        print(new JsonObject().put("kind", "WATCHING").put("revision", revision), "WATCHING revision=" + revision);
    }

    @Override
    public void onEvent(final LeaseEvent event) {
        final String time = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
        final JsonObject json = new JsonObject()
                .put("kind", event.kind().name())
                .put("time", time)
                .put("revision", event.revision())
                .put("resource", event.resource());
        print(
                Shapes.putToken(json, event.token())
                        .put("clientId", Shapes.clientId(event.holder()))
                        .put("remainingMs", event.remainingMs()),
                time + "  " + kind(event.kind()) + "  " + event.resource() + "  token=" + Shapes.token(event.token())
                        + "  clientId=" + Shapes.clientId(event.holder())
                        + (event.remainingMs() == 0 ? "" : "  remaining=" + event.remainingMs() + "ms"));
    }

    @Override
    public void onGap() {
        print(
                new JsonObject().put("kind", "GAP"),
                terminal().screen().out(Paint.YELLOW, "GAP") + " events may have been missed; see: fencegate leases");
        if (interruption == null) {
            interruption = Progress.begin(terminal(), "the sequencer is not reached; trying again");
        }
    }

    @Override
    public void onRefused(final LeaseVerdict verdict) {
        refused = verdict;
    }

    private void resumed() {
        if (interruption != null) {
            interruption.close();
            interruption = null;
        }
    }

    private String kind(final LeaseEventKind kind) {
        final String padded = String.format("%-8s", kind.name());
        return switch (kind) {
            case GRANTED -> terminal().screen().out(Paint.GREEN, padded);
            case RENEWED -> terminal().screen().out(Paint.FAINT, padded);
            case RELEASED -> padded;
            case EXPIRED -> terminal().screen().out(Paint.YELLOW, padded);
            case REVOKED -> terminal().screen().out(Paint.RED, padded);
        };
    }
}
