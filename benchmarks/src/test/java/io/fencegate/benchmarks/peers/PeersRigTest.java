package io.fencegate.benchmarks.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.benchmarks.measure.Measure;
import io.fencegate.benchmarks.measure.Outcome;
import io.fencegate.benchmarks.peers.load.Block;
import io.fencegate.benchmarks.peers.server.Programs;
import io.fencegate.benchmarks.rig.Effort;
import io.fencegate.benchmarks.rig.Idling;
import io.fencegate.benchmarks.rig.Results;
import io.fencegate.benchmarks.rig.Run;
import java.nio.file.Path;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rig of the peers: what it says of those that are not there, and how its table looks. */
class PeersRigTest {
    @Test
    void aPeerThatIsNotInstalledIsSkippedAloud(@TempDir final Path directory) throws Exception {
        final PeersRig rig =
                new PeersRig(null, PeerSystems.all(new Programs(List.of(directory)), peer -> null), peer -> null);
        final List<Measure> rows = rig.run(new Run(
                directory, Effort.SMOKE, Idling.YIELD, Results.NONE, () -> false, what -> assertTrue(true, what)));
        assertEquals(PeerSystems.names().size(), rows.size());
        rows.forEach(row -> assertEquals(Outcome.SKIPPED, row.outcome()));
        assertEquals(
                List.of("no redis-server found; install: benchmarks/peers/install redis"),
                rows.get(0).notes());
    }

    @Test
    void theTableShowsMediansAndRatiosOfRounds() {
        final List<Block> peer = List.of(block(40_000), block(60_000), block(80_000));
        final List<Block> ours = List.of(block(10_000), block(10_000), block(10_000));
        final PeersTable table = new PeersTable();
        table.add(new PeerLine("P", "1.0", "write", "all", "synced | 1", peer, "Ours UDP", ours, "Ours IPC", ours, 3));
        table.skip("Q", "no q found");
        final String text = table.markdown();
        assertTrue(text.contains("| P | 1.0 | synced | 1 | 60.0 | 60.0 | "), text);
        assertTrue(text.contains(" | 6.00 (4.00 to 8.00) | 6.00 (4.00 to 8.00) |"), text);
        assertTrue(text.contains("| **Ours UDP** |  | synced | 1 | 10.0 | "), text);
        assertTrue(text.contains("- **Q** is not measured: no q found"), text);
    }

    private static Block block(final long nanos) {
        final Histogram histogram = Block.emptyHistogram();
        histogram.recordValue(nanos);
        return new Block(nanos, histogram);
    }
}
