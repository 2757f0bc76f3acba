package io.fencegate.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.fencegate.client.ClientConfig;
import io.fencegate.client.FencegateClient;
import io.fencegate.client.lease.Lease;
import io.fencegate.client.lease.LeaseKeeper;
import io.fencegate.client.lease.LeaseListener;
import io.fencegate.client.lease.LeaseWatch;
import io.fencegate.client.lease.PendingLease;
import io.fencegate.client.lease.WatchListener;
import io.fencegate.client.session.lease.LeaseEvent;
import io.fencegate.client.session.lease.LeaseLoss;
import io.fencegate.client.session.lease.LeaseState;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.grant.Ticket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A deployed sequencer, its nodes in processes of their own: the leader is stopped and continued, killed and restarted,
 * and then all nodes are restarted one after the other. Clients that were there before keep their leases, their place in
 * the queue and their watch. {@code target/failover.txt} tells how long the next grant took each time.
 */
@Timeout(300)
class DeployedSequencerTest {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration KEPT = Duration.ofSeconds(30);
    private static final long ROUNDING_MS = 2;

    @TempDir
    private Path directory;

    private final List<String> told = new ArrayList<>();
    private final List<LeaseEvent> events = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private FencegateClient ann;
    private FencegateClient bob;
    private LeaseWatch watch;
    private LeaseKeeper kept;
    private Lease held;
    private PendingLease waiting;
    private String ticket;
    private long tokenHighest;
    private long describedNs;
    private long remainingMs;

    @Test
    void whatWasGrantedOutlivesItsLeaders() throws IOException {
        final MediaDriver.Context context = new MediaDriver.Context()
                .aeronDirectoryName(directory.resolve("driver").toString())
                .threadingMode(ThreadingMode.SHARED)
                .sharedIdleStrategy(new SleepingMillisIdleStrategy(1))
                .termBufferSparseFile(true)
                .dirDeleteOnShutdown(true);
        try (DeployedNodes nodes = DeployedNodes.start(directory);
                MediaDriver driver = MediaDriver.launch(context)) {
            final ClientConfig config = ClientConfig.of(driver.aeronDirectoryName())
                    .withSequencer(nodes.endpoints())
                    .withTimeouts(
                            TimeUnit.SECONDS.toNanos(60), TimeUnit.SECONDS.toNanos(1), TimeUnit.SECONDS.toNanos(5));
            try (FencegateClient first = FencegateClient.connect(config);
                    FencegateClient second = FencegateClient.connect(config.withClientId(7))) {
                ann = first;
                bob = second;
                begin(driver.aeronDirectoryName(), nodes.endpoints());
                leaderStopped(nodes);
                leaderKilled(nodes);
                allRestarted(nodes);
                end();
            }
        }
        Files.write(Path.of("target", "failover.txt"), lines);
    }

    private void leaderStopped(final DeployedNodes nodes) {
        final int leader = nodes.leader();
        nodes.suspend(leader);
        nextGrant("stopped");
        final boolean restarted = nodes.resume(leader);
        lines.add("the stopped leader " + (restarted ? "ended by itself, and was restarted" : "follows"));
        check();
    }

    private void leaderKilled(final DeployedNodes nodes) {
        final int leader = nodes.leader();
        nodes.kill(leader);
        nextGrant("killed");
        nodes.restart(leader);
        check();
    }

    private void allRestarted(final DeployedNodes nodes) {
        final int leader = nodes.leader();
        for (int node = 0; node < 3; node++) {
            if (node != leader) {
                nodes.terminate(node);
                nodes.restart(node);
                check();
            }
        }
        nodes.terminate(leader);
        nextGrant("terminated");
        nodes.restart(leader);
        check();
    }

    private void begin(final String aeronDirectory, final String endpoints) {
        watch = ann.watch("", new Watcher());
        held = ann.acquire("held", LONG, Duration.ZERO);
        kept = ann.keep(ann.acquire("kept", KEPT, Duration.ZERO), new Holder());
        waiting = bob.offerAcquire("held", LONG, LONG);
        await(() -> waiting.place() == 1, "bob waits");
        final InProcess acquired = InProcess.run(
                "acquire", "by-command", "--ttl", "10m", "--sequencer", endpoints, "--set",
                "client.aeron.directory=" + aeronDirectory);
        assertEquals(0, acquired.exitCode(), acquired.err());
        ticket = acquired.out().strip();
        tokenHighest = Ticket.parse(ticket).token();
        describe();
    }

    /** A leader is gone: a lease that is new is asked for until it is granted. */
    private void nextGrant(final String loss) {
        final long lostNs = System.nanoTime();
        final PendingLease next = ann.offerAcquire("next/" + loss, LONG, Duration.ZERO);
        await(next::isDone, "the next grant");
        final long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lostNs);
        assertTrue(next.lease().token() > tokenHighest, next.lease()::toString);
        tokenHighest = next.lease().token();
        lines.add("failover processes=3 leader=" + loss + " heartbeatTimeoutMs=5000 nextGrantMs=" + tookMs);
        System.out.println(lines.get(lines.size() - 1));
    }
}
