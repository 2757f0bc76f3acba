package io.fencegate.verification.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code chaos capacity}: work is counted, times are not asserted. */
final class CapacityTest {
    /** Ends of leases after which a tick leaves the rest to the next one. */
    private static final long WORK_PER_TICK = 1_000;

    /** A command ends a few leases before its own turn, which is at most one lease event here. */
    private static final long WORK_PER_COMMAND = 4 + 1;

    @Test
    void manyLeasesEndAFewAtATimeAndCommandsHaveTheirTurn() {
        final int leases = 40_000;

        final ServiceFigures figures = new ServiceRun(new Load(leases, leases, 20)).run();

        assertEquals(leases, figures.granted());
        assertEquals(WORK_PER_TICK, figures.ticks().workMost());
        assertEquals(WORK_PER_COMMAND, figures.commands().workMost());
        assertTrue(
                figures.ticks().count() >= 38, () -> "ticks=" + figures.ticks().count());
        assertTrue(
                figures.commands().count() >= 380,
                () -> "commands=" + figures.commands().count());
        assertTrue(figures.snapshotBytes() > leases * 100L, () -> "bytes=" + figures.snapshotBytes());
    }

    @Test
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void aSnapshotOfManyLeasesCostsNoLeaderAndIsLoadedWhole(@TempDir final Path directory) {
        final int leases = 20_000;

        final ClusterFigures figures = new ClusterRun(new Load(leases, leases, 128), 1, directory).snapshotAndStart();

        assertEquals(0, figures.termsLost());
        assertEquals(leases, figures.leasesLoaded());
    }
}
