package io.fencegate.sequencer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.core.grant.SealKey;
import io.fencegate.sequencer.TestClient.Answer;
import io.fencegate.sequencer.service.StopListener;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import org.agrona.concurrent.IdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole sequencer in one process, as {@code fencegate up} hosts it. */
class SequencerClusterTest {
    private static final long ANN = 0xA000_0000_0000_0001L;
    private static final long LEADER_TIMEOUT_MS = 30_000;

    @TempDir
    private Path directory;

    private final Queue<String> stops = new ConcurrentLinkedQueue<>();
    private final StopListener listener = (memberId, reason, fact, cause) -> stops.add(fact);

    @Test
    void aClusterGoesOnInItsDirectoryOnOtherPorts() {
        final Path home = directory.resolve("cluster");
        final Path clientDirectory = directory.resolve("client");
        final Answer before;
        try (SequencerCluster cluster = SequencerCluster.launch(3, home, SealKey.Source.of(), listener)) {
            assertTrue(cluster.awaitLeader(LEADER_TIMEOUT_MS));
            try (TestClient client = new TestClient(clientDirectory, cluster.ingressEndpoints())) {
                before = client.call(client.commands.acquire(ANN, 1, 60_000, 0, "orders"), 1);
            }
        }
        try (SequencerCluster cluster = SequencerCluster.launch(3, home, SealKey.Source.of(), listener);
                TestClient client = new TestClient(clientDirectory, cluster.ingressEndpoints())) {
            assertTrue(cluster.awaitLeader(LEADER_TIMEOUT_MS));
            assertEquals(
                    before.token(),
                    client.call(client.commands.acquire(ANN, 1, 60_000, 0, "orders"), 1)
                            .token());
        }
        assertTrue(stops.isEmpty(), stops::toString);
    }

    @Test
    void aSecondClusterInTheSameDirectoryIsRefusedAndTheFirstServesOn() {
        try (SequencerCluster cluster = SequencerCluster.launch(1, directory, SealKey.Source.of(), listener)) {
            assertTrue(cluster.awaitLeader(LEADER_TIMEOUT_MS));

            assertThrows(
                    SequencerInUseException.class,
                    () -> SequencerCluster.launch(1, directory, SealKey.Source.of(), listener)
                            .close());

            assertTrue(cluster.nodes().get(0).isLeader());
        }
        assertTrue(stops.isEmpty(), stops::toString);
    }

    @Test
    void everyThreadOfEveryNodeIdlesAsTheCallerWants() {
        final List<SequencerConfig> configs = SequencerConfig.embedded(
                FreePorts.find("localhost", 1),
                directory.resolve("cluster"),
                directory.resolve("memory"),
                SealKey.Source.of());
        final Set<String> threads = ConcurrentHashMap.newKeySet();
        final UnaryOperator<IdleStrategy> idling = shipped -> new IdleStrategy() {
            @Override
            public void idle(final int workCount) {
                threads.add(Thread.currentThread().getName());
                shipped.idle(workCount);
            }

            @Override
            public void idle() {
                shipped.idle();
            }

            @Override
            public void reset() {
                shipped.reset();
            }
        };
        try (SequencerCluster cluster = SequencerCluster.launch(configs, idling, listener)) {
            assertTrue(cluster.awaitLeader(LEADER_TIMEOUT_MS));
            Await.until(() -> threads.size() == 4 && cluster.nodes().get(0).leadershipTerm() >= 0);
        }
        assertTrue(stops.isEmpty(), stops::toString);
    }
}
