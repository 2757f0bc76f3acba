package io.fencegate.sequencer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.core.grant.SealKey;
import io.fencegate.core.lease.command.LeaseLimits;
import io.fencegate.sequencer.charter.LeaseSettings;
import io.fencegate.sequencer.service.StopListener.StopReason;
import io.fencegate.sequencer.upkeep.UpkeepConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that are set up otherwise than their cluster, in a real one. */
class FoundingClusterTest {
    private static final long ANN = 0xA000_0000_0000_0001L;
    private static final long LEADER_TIMEOUT_MS = 20_000;
    private static final LeaseLimits OTHERS = new LeaseLimits(77, 10, 50, 20, 5, 4, 8, 60_000);

    @TempDir
    private Path directory;

    private record Stop(int member, StopReason reason, String fact) {}

    private final Queue<Stop> stops = new ConcurrentLinkedQueue<>();

    @Test
    void theNodeWhoseLimitsAreNotTheLeadersStopsAndSaysItsOwn() {
        final List<SequencerConfig> configs = configs(3);
        configs.forEach(config -> assertEquals(configs.get(0).charter(), config.charter()));
        final List<SequencerConfig> mixed =
                List.of(configs.get(0), configs.get(1), configs.get(2).withLimits(OTHERS));
        try (SequencerCluster cluster = SequencerCluster.launch(mixed, this::onStopped)) {
            assertTrue(cluster.awaitLeader(LEADER_TIMEOUT_MS));
            final boolean isOddOneFounder = cluster.nodes().get(2).counters().isFounded();
            Await.until(() -> stops.size() == (isOddOneFounder ? 2 : 1));

            for (final Stop stop : stops) {
                assertEquals(StopReason.CONFIGURATION, stop.reason);
                assertEquals(!isOddOneFounder, stop.member == 2, stop::toString);
                final String own =
                        " leases=" + mixed.get(stop.member).leases().limits().leases() + " ";
                assertTrue(stop.fact.contains("differ from those that the cluster was founded with: members=3"));
                assertTrue(stop.fact.contains(own), stop::toString);
            }
        }
    }

    @Test
    void aNodeThatReplaysItsLogWithOtherLimitsStopsAndServesAgainWithTheOldOnes() {
        final SequencerConfig config = configs(1).get(0);
        final long token;
        try (SequencerCluster cluster = SequencerCluster.launch(List.of(config), this::onStopped);
                TestClient client = new TestClient(directory.resolve("client"), cluster.ingressEndpoints())) {
            token = client.call(client.commands.acquire(ANN, 1, 60_000, 0, "orders"), 1)
                    .token();
        }
        try (SequencerCluster cluster = SequencerCluster.launch(List.of(config.withLimits(OTHERS)), this::onStopped)) {
            Await.until(() -> !stops.isEmpty());
            assertEquals(StopReason.CONFIGURATION, stops.remove().reason);
            assertEquals(0, cluster.nodes().get(0).counters().leases());
        }
        try (SequencerCluster cluster = SequencerCluster.launch(List.of(config), this::onStopped);
                TestClient client = new TestClient(directory.resolve("client"), cluster.ingressEndpoints())) {
            assertEquals(
                    token,
                    client.call(client.commands.acquire(ANN, 1, 60_000, 0, "orders"), 1)
                            .token());
            assertEquals(0, cluster.nodes().get(0).counters().foundingsIgnored());
        }
        assertTrue(stops.isEmpty(), stops::toString);
    }

    private void onStopped(final int member, final StopReason reason, final String fact, final Throwable cause) {
        stops.add(new Stop(member, reason, fact));
    }

    private List<SequencerConfig> configs(final int size) {
        final List<MemberEndpoints> members = FreePorts.find("localhost", size);
        return IntStream.range(0, size)
                .mapToObj(i -> new SequencerConfig(
                        i,
                        members,
                        NodeStorage.of(directory.resolve("node" + i), directory.resolve("aeron" + i), 0),
                        new SequencerTimings(50, 1000, 300, 2000, 5000, 20),
                        new SequencerConfig.Load(IdleMode.SLEEP, 20),
                        new LeaseSettings(LeaseLimits.DEFAULT, SealKey.Source.of()),
                        UpkeepConfig.DEFAULT))
                .toList();
    }
}
