package io.fencegate.sequencer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.cluster.service.ClientSession;
import io.aeron.logbuffer.Header;
import io.fencegate.core.grant.SealKey;
import io.fencegate.core.lease.command.LeaseLimits;
import io.fencegate.sequencer.charter.LeaseSettings;
import io.fencegate.sequencer.counters.SequencerCounters;
import io.fencegate.sequencer.service.StopListener;
import io.fencegate.sequencer.upkeep.Readiness;
import io.fencegate.sequencer.upkeep.UpkeepConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts and stops one node, in good order and otherwise. */
class SequencerNodeTest {
    @TempDir
    private Path directory;

    private final ConcurrentLinkedQueue<String> stops = new ConcurrentLinkedQueue<>();
    private final SequencerCounters counters = new SequencerCounters();
    private final StopListener listener = (memberId, reason, fact, cause) -> stops.add(reason + " " + fact);

    @Test
    void aNodeAloneLeadsAndLeavesNothingBehindButItsDirectory() throws IOException {
        final SequencerConfig config = config();
        try (SequencerNode node =
                SequencerNode.launch(config, new EchoService(), counters, UnaryOperator.identity(), listener)) {
            Await.until(node::isLeader);
            assertEquals(0, node.errors());
        }

        assertTrue(stops.isEmpty(), stops::toString);
        assertFalse(Files.exists(config.aeronDirectory()));
        try (Stream<Path> files = Files.list(config.directory())) {
            assertEquals(
                    List.of("archive", "cluster", "node.lock", "run"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
        assertEquals(
                0,
                Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().startsWith("sequencer-0-"))
                        .filter(Thread::isAlive)
                        .count());
    }

    @Test
    void aSecondNodeOnTheSameDirectoryIsRefusedAndDoesNotHurtTheFirst() {
        final SequencerConfig config = config();
        try (SequencerNode node =
                SequencerNode.launch(config, new EchoService(), counters, UnaryOperator.identity(), listener)) {
            Await.until(node::isLeader);

            assertThrows(
                    SequencerInUseException.class,
                    () -> SequencerNode.launch(config, new EchoService(), counters, UnaryOperator.identity(), listener)
                            .close());

            assertTrue(node.isLeader());
        }
    }

    @Test
    void anAeronDirectoryOfALivingDriverIsRefused() {
        final SequencerConfig config = config();
        final SequencerConfig thief = new SequencerConfig(
                0,
                FreePorts.find("localhost", 1),
                NodeStorage.of(directory.resolve("thief"), config.aeronDirectory(), 0),
                config.timings(),
                config.load(),
                config.leases(),
                config.upkeep());
        try (SequencerNode node =
                SequencerNode.launch(config, new EchoService(), counters, UnaryOperator.identity(), listener)) {
            Await.until(node::isLeader);

            assertThrows(
                    SequencerInUseException.class,
                    () -> SequencerNode.launch(thief, new EchoService(), counters, UnaryOperator.identity(), listener)
                            .close());

            assertTrue(node.isLeader());
        }
    }

    @Test
    void anAeronDirectoryThatHoldsSomethingElseIsNotEmptied() throws IOException {
        final SequencerConfig config = config();
        final Path precious = Files.createDirectories(config.aeronDirectory()).resolve("thesis.txt");
        Files.writeString(precious, "years of work");

        assertThrows(
                IllegalArgumentException.class,
                () -> SequencerNode.launch(config, new EchoService(), counters, UnaryOperator.identity(), listener)
                        .close());

        assertEquals("years of work", Files.readString(precious));
    }

    @Test
    void anErrorInTheServiceStopsTheNodeAndIsToldOnce() {
        final EchoService broken = new EchoService() {
            @Override
            public void onSessionMessage(
                    final ClientSession session,
                    final long timestamp,
                    final DirectBuffer buffer,
                    final int offset,
                    final int length,
                    final Header header) {
                throw new AssertionError("broken");
            }
        };
        final SequencerConfig config = config();
        try (SequencerNode node = SequencerNode.launch(config, broken, counters, UnaryOperator.identity(), listener);
                TestClient client = new TestClient(
                        directory.resolve("client"), MemberEndpoints.ingressEndpoints(config.members()))) {
            Await.until(node::isLeader);

            client.send(client.commands.acquire(7, 1, 1000, 0, "orders"));

            Await.until(() -> !stops.isEmpty());
            Await.until(() -> !node.isLeader());
        }
        assertEquals(
                List.of("IMPOSSIBLE_STATE the sequencer's state machine broke: member=0 callback=onSessionMessage"
                        + " cause=java.lang.AssertionError: broken"),
                List.copyOf(stops));
    }

    @Test
    void aNodeThatBreaksWhileItStartsIsTold() {
        final EchoService broken = new EchoService() {
            @Override
            public void onStart(final io.aeron.cluster.service.Cluster cluster, final io.aeron.Image snapshotImage) {
                throw new IllegalStateException("foreign snapshot");
            }
        };
        try (SequencerNode node =
                SequencerNode.launch(config(), broken, counters, UnaryOperator.identity(), listener)) {
            Await.until(() -> !stops.isEmpty());
            assertFalse(node.isLeader());
        }
        assertEquals(1, stops.size(), stops::toString);
        assertTrue(stops.peek().startsWith("IMPOSSIBLE_STATE"), stops::toString);
    }

    @Test
    void aServiceThatStandsStillIsStuckAndReadyAgainWhenItGoesOn() {
        final CountDownLatch mayGoOn = new CountDownLatch(1);
        final EchoService slow = new EchoService() {
            @Override
            public void onSessionMessage(
                    final ClientSession session,
                    final long timestamp,
                    final DirectBuffer buffer,
                    final int offset,
                    final int length,
                    final Header header) {
                Await.until(() -> mayGoOn.getCount() == 0);
            }
        };
        counters.onFounded();
        final SequencerConfig config = config().withUpkeep(new UpkeepConfig(1 << 20, 1 << 20, 1000, 200, 2000));
        try (SequencerNode node = SequencerNode.launch(config, slow, counters, UnaryOperator.identity(), listener);
                TestClient client = new TestClient(
                        directory.resolve("client"), MemberEndpoints.ingressEndpoints(config.members()))) {
            Await.until(() -> node.readiness() == Readiness.READY);

            client.send(client.commands.acquire(7, 1, 1000, 0, "orders"));

            Await.until(() -> node.readiness() == Readiness.STUCK);
            assertTrue(node.isLeader());
            mayGoOn.countDown();
            Await.until(() -> node.readiness() == Readiness.READY);
        }
        assertTrue(stops.isEmpty(), stops::toString);
    }

    private SequencerConfig config() {
        return new SequencerConfig(
                0,
                FreePorts.find("localhost", 1),
                NodeStorage.of(directory.resolve("node"), directory.resolve("aeron"), 0),
                SequencerTimings.embedded(),
                new SequencerConfig.Load(IdleMode.SLEEP, 10),
                new LeaseSettings(LeaseLimits.DEFAULT, SealKey.Source.of()),
                UpkeepConfig.DEFAULT);
    }
}
