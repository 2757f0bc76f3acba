package io.fencegate.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.cluster.codecs.CloseReason;
import io.aeron.cluster.service.ClientSession;
import io.aeron.cluster.service.Cluster;
import io.aeron.cluster.service.ClusteredService;
import io.aeron.logbuffer.Header;
import io.fencegate.app.config.Configuration;
import io.fencegate.app.config.Settings;
import io.fencegate.app.launch.SharedMemory;
import io.fencegate.app.launch.StateDirectory;
import io.fencegate.core.grant.SealKey;
import io.fencegate.sequencer.FreePorts;
import io.fencegate.sequencer.SequencerCluster;
import io.fencegate.sequencer.SequencerConfig;
import io.fencegate.sequencer.upkeep.UpkeepConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code sequencer status} tells by its exit code whether the nodes serve. */
@Timeout(120)
class ReadinessTest {
    @TempDir
    private Path directory;

    private final Queue<String> stops = new ConcurrentLinkedQueue<>();
    private final SlowService service = new SlowService();

    @Test
    void aNodeThatIsStuckIsExitCode3UntilItGoesOn() {
        final Path own = StateDirectory.sequencer(directory);
        final Path memory =
                SharedMemory.of(Configuration.of(Settings.all(), List.of())).embeddedNodes(own);
        final List<SequencerConfig> configs =
                SequencerConfig.embedded(FreePorts.find("localhost", 1), own, memory, SealKey.Source.of()).stream()
                        .map(config -> config.withUpkeep(new UpkeepConfig(1 << 20, 1 << 20, 1000, 200, 2000)))
                        .toList();
        try (SequencerCluster cluster = SequencerCluster.launchHosting(
                configs, () -> service, UnaryOperator.identity(), (id, reason, fact, cause) -> stops.add(fact))) {
            Await.until(() -> status().exitCode() == 0, () -> status().err());

            service.standStill();
            Await.until(() -> status().exitCode() == 3, () -> status().out());
            final InProcess stuck = status();
            assertTrue(stuck.out().contains("\"readiness\":\"STUCK\""), stuck.out());
            assertTrue(stuck.err().contains("not ready: node=0 readiness=STUCK"), stuck.err());

            service.goOn();
            Await.until(() -> status().exitCode() == 0, () -> status().err());
            assertEquals(1, cluster.nodes().size());
        } finally {
            service.goOn();
        }
        assertTrue(stops.isEmpty(), stops::toString);
    }

    private InProcess status() {
        return InProcess.run("sequencer", "status", "--json", "--dir", directory.toString());
    }

    /** A service that stands still when it is told to. */
    private static final class SlowService implements ClusteredService {
        private volatile CountDownLatch way = new CountDownLatch(0);

        void standStill() {
            way = new CountDownLatch(1);
        }

        void goOn() {
            way.countDown();
        }

        @Override
        public int doBackgroundWork(final long nowNs) {
            try {
                way.await();
            } catch (final InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
            return 0;
        }

        @Override
        public void onStart(final Cluster cluster, final Image snapshotImage) {}

        @Override
        public void onSessionOpen(final ClientSession session, final long timestamp) {}

        @Override
        public void onSessionClose(final ClientSession session, final long timestamp, final CloseReason reason) {}

        @Override
        public void onSessionMessage(
                final ClientSession session,
                final long timestamp,
                final DirectBuffer buffer,
                final int offset,
                final int length,
                final Header header) {}

        @Override
        public void onTimerEvent(final long correlationId, final long timestamp) {}

        @Override
        public void onTakeSnapshot(final ExclusivePublication snapshotPublication) {}

        @Override
        public void onRoleChange(final Cluster.Role newRole) {}

        @Override
        public void onTerminate(final Cluster cluster) {}
    }
}
