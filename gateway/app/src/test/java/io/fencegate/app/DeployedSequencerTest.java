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
import io.fencegate.sequencer.SequencerTimings;
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
 * A deployed sequencer, its nodes in processes of their own: all nodes are restarted one after the other; before that, with
 * {@code -Ddeployed.full=true}, the leader is stopped and continued, and killed and restarted. Clients that were
 * there before keep their leases, their place in the queue and their watch. {@code target/failover-processes.txt} tells
 * how long the next grant took each time.
 */
@Timeout(300)
class DeployedSequencerTest {
    private static final boolean FULL = Boolean.getBoolean("deployed.full");
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
    private String endpoints;
    private int gaps;

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
                endpoints = nodes.endpoints();
                ann = first;
                bob = second;
                begin();
                if (FULL) {
                    leaderStopped(nodes);
                    leaderKilled(nodes);
                }
                allRestarted(nodes);
                end();
            }
        }
        Files.write(Path.of("target", "failover-processes.txt"), lines);
    }

    /** SIGSTOP for longer than the others wait for a leader, and SIGCONT. */
    private void leaderStopped(final DeployedNodes nodes) {
        final int leader = nodes.leader();
        nextGrant("stopped", () -> nodes.suspend(leader));
        final boolean restarted = nodes.resume(leader);
        lines.add("the stopped leader " + (restarted ? "ended by itself, and was restarted" : "follows"));
        check();
    }

    /** kill -9. */
    private void leaderKilled(final DeployedNodes nodes) {
        final int leader = nodes.leader();
        nextGrant("killed", () -> nodes.kill(leader));
        nodes.restart(leader);
        check();
    }

    /** SIGTERM, the leader last. */
    private void allRestarted(final DeployedNodes nodes) {
        final int leader = nodes.leader();
        for (int node = 0; node < DeployedNodes.NODES; node++) {
            if (node != leader) {
                nodes.terminate(node);
                nodes.restart(node);
                check();
            }
        }
        nextGrant("terminated", () -> nodes.terminate(leader));
        nodes.restart(leader);
        check();
    }

    private void begin() {
        watch = ann.watch("", new Watcher());
        held = ann.acquire("held", LONG, Duration.ZERO);
        kept = ann.keep(ann.acquire("kept", KEPT, Duration.ZERO), new Holder());
        waiting = bob.offerAcquire("held", LONG, LONG);
        await(() -> waiting.place() == 1, "bob waits");
        ticket = command("acquire", "by-command", "--ttl", "10m");
        tokenHighest = Ticket.parse(ticket).token();
        describe();
        seeAnEvent();
    }

    /** Leases, the place in the queue, what is left of a lease, and the watch are as they should be. */
    private void check() {
        final long askedNs = describedNs;
        final long remainingBeforeMs = remainingMs;
        describe();
        final long passedMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - askedNs);
        final long countedMs = remainingBeforeMs - remainingMs;
        assertTrue(
                countedMs >= 0 && countedMs <= passedMs + ROUNDING_MS,
                "time that counted for the lease, in ms: " + countedMs + " passed=" + passedMs);
        await(() -> waiting.place() == 1, "bob waits where he was");
        assertEquals(
                Ticket.parse(ticket).token(),
                Ticket.parse(command("renew", ticket, "--ttl", "10m")).token());
        assertTrue(kept.isKeeping(), "the kept lease is lost");
        seeAnEvent();
        assertEquals(List.of(), told);
    }

    private void end() {
        ann.release(held.grant());
        await(waiting::isDone, "bob's turn");
        assertTrue(waiting.lease().token() > tokenHighest, waiting.lease()::toString);
        kept.close();
        watch.close();
        assertEquals(List.of(), told);
    }

    private void describe() {
        describedNs = System.nanoTime();
        final LeaseState state = ann.describe("held");
        assertEquals(List.of(held.token(), 1L), List.of(state.token(), (long) state.waiters()));
        remainingMs = state.remainingMs();
    }

    /** Something new is seen by the watch; what comes within a gap may be missed. */
    private void seeAnEvent() {
        while (!seen(tokenHighest)) {
            final int before = gaps;
            tokenHighest =
                    ann.acquire("seen/" + tokenHighest, LONG, Duration.ZERO).token();
            await(() -> seen(tokenHighest) || gaps > before, "an event of token=" + tokenHighest);
        }
    }

    private boolean seen(final long token) {
        return events.stream().anyMatch(event -> event.token() == token);
    }

    private String command(final String... args) {
        final List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--sequencer", endpoints, "--timeout", "60s"));
        all.addAll(List.of("--set", "client.aeron.directory=" + directory.resolve("driver")));
        final InProcess command = InProcess.run(all.toArray(new String[0]));
        assertEquals(0, command.exitCode(), command.err());
        return command.out().strip();
    }

    private void await(final Await.Condition condition, final String what) {
        Await.until(
                () -> {
                    ann.poll();
                    bob.poll();
                    return condition.holds();
                },
                () -> what);
    }

    /** A leader is lost: a lease that is new is asked for until it is granted. */
    private void nextGrant(final String loss, final Runnable fault) {
        final long lostNs = System.nanoTime();
        fault.run();
        final PendingLease next = ann.offerAcquire("next/" + loss, LONG, Duration.ZERO);
        await(next::isDone, "the next grant");
        final long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lostNs);
        assertTrue(next.lease().token() > tokenHighest, next.lease()::toString);
        tokenHighest = next.lease().token();
        lines.add("failover processes=3 leader=" + loss + " heartbeatTimeoutMs="
                + SequencerTimings.deployed().heartbeatTimeoutMs() + " nextGrantMs=" + tookMs);
        System.out.println(lines.get(lines.size() - 1));
    }

    /** A lease that is kept all the time, and never doubtful for longer than it takes to find a leader. */
    private final class Holder implements LeaseListener {
        @Override
        public void onDanger(final Lease lease, final long remainingNs) {
            lines.add("a renewal is overdue: remainingMs=" + TimeUnit.NANOSECONDS.toMillis(remainingNs));
        }

        @Override
        public void onUnconfirmed(final Lease lease) {
            lines.add("a lease is unconfirmed");
        }

        @Override
        public void onLost(final LeaseLoss loss) {
            told.add("lost: " + loss);
        }
    }

    /** Hears what happens to leases, in the order of the log. */
    private final class Watcher implements WatchListener {
        @Override
        public void onEvent(final LeaseEvent event) {
            if (!events.isEmpty()
                    && event.revision() <= events.get(events.size() - 1).revision()) {
                told.add("out of order: " + event);
            }
            events.add(event);
        }

        @Override
        public void onGap() {
            gaps++;
        }

        @Override
        public void onRefused(final LeaseVerdict verdict) {
            told.add("watch refused: " + verdict);
        }
    }
}
