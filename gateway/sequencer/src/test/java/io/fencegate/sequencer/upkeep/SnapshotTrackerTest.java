package io.fencegate.sequencer.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.cluster.RecordingLog;
import io.fencegate.sequencer.muster.LogExtent;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a leader asks for a snapshot, and which snapshots count; time is moved by hand. */
class SnapshotTrackerTest {
    private static final long LENGTH = 1000;
    private static final long NONE = LogExtent.NONE;

    private final SnapshotTracker tracker = new SnapshotTracker(LENGTH);

    @TempDir
    private Path directory;

    @Test
    void aSnapshotIsDueOncePerLength() {
        assertFalse(tracker.isDue(0, LENGTH - 1, NONE, false));
        assertTrue(tracker.isDue(0, LENGTH, NONE, false));
        tracker.onAsked(0, LENGTH);
        assertFalse(tracker.isDue(1, 5 * LENGTH, NONE, false));
        assertFalse(tracker.isFailed(1, NONE, true));

        assertFalse(tracker.isFailed(2, LENGTH + 64, false));
        assertFalse(tracker.isDue(2, 2 * LENGTH + 63, LENGTH + 64, false));
        assertTrue(tracker.isDue(2, 2 * LENGTH + 64, LENGTH + 64, false));
        assertEquals(0, tracker.failures());
    }

    @Test
    void oneThatDidNotComeIsCountedOnceAndAskedForAtTheNextLength() {
        tracker.onAsked(0, LENGTH);
        assertTrue(tracker.isFailed(100, NONE, false));
        assertFalse(tracker.isFailed(200, NONE, false));
        assertEquals(1, tracker.failures());
        assertFalse(tracker.isDue(300, 2 * LENGTH - 1, NONE, false));
        assertTrue(tracker.isDue(300, 2 * LENGTH, NONE, false));
    }

    @Test
    void oneThatTakesForEverIsFailed() {
        tracker.onAsked(0, LENGTH);
        assertFalse(tracker.isFailed(SnapshotTracker.PATIENCE_MS - 1, NONE, true));
        assertTrue(tracker.isFailed(SnapshotTracker.PATIENCE_MS, NONE, true));
    }

    @Test
    void aNewLeaderGoesByWhatThereIs() {
        tracker.onAsked(0, LENGTH);
        tracker.onFollowing();
        assertFalse(tracker.isFailed(1, NONE, false));
        assertTrue(tracker.isDue(1, LENGTH, NONE, false));
        assertFalse(tracker.isDue(1, LENGTH, 1, false));
        assertEquals(0, tracker.failures());
    }

    @Test
    void aMemberWithoutALogGetsTheFirstSnapshotEarlyAndNotInALoop() {
        assertFalse(tracker.isDue(0, 10, NONE, false));
        assertTrue(tracker.isDue(0, 10, NONE, true));
        assertFalse(tracker.isDue(0, 10, 5, true));
        tracker.onAsked(0, 10);
        assertTrue(tracker.isFailed(1, NONE, false));
        assertFalse(tracker.isDue(SnapshotTracker.RETRY_MS - 1, 10, NONE, true));
        assertTrue(tracker.isDue(SnapshotTracker.RETRY_MS, 10, NONE, true));
    }

    @Test
    void aSnapshotCountsOnlyWhole() {
        try (RecordingLog recordings = recordings()) {
            assertEquals(new Snapshots(NONE, NONE, List.of()), Snapshots.of(recordings.entries()));
            add(recordings, 1, 100, -1);
            add(recordings, 2, 100, 0);
            add(recordings, 3, 200, -1);
            assertEquals(new Snapshots(100, NONE, List.of()), Snapshots.of(recordings.entries()));
            add(recordings, 4, 200, 0);
            assertEquals(new Snapshots(200, 100, List.of()), Snapshots.of(recordings.entries()));
            add(recordings, 5, 300, 0);
            add(recordings, 6, 300, -1);
            assertEquals(300, Snapshots.of(recordings.entries()).newest());
            assertTrue(recordings.invalidateLatestSnapshot());
            assertEquals(new Snapshots(200, 100, List.of()), Snapshots.of(recordings.entries()));
        }
    }

    @Test
    void recordingsOlderThanTheNewestTwoAreOutdated() {
        try (RecordingLog recordings = recordings()) {
            add(recordings, 1, 100, 0);
            add(recordings, 2, 100, -1);
            add(recordings, 3, 150, -1);
            add(recordings, 4, 200, 0);
            add(recordings, 5, 200, -1);
            add(recordings, 6, 300, 0);
            add(recordings, 7, 300, -1);
            final Snapshots snapshots = Snapshots.of(recordings.entries());
            assertEquals(300, snapshots.newest());
            assertEquals(200, snapshots.second());
            assertEquals(Set.of(1L, 2L, 3L), Set.copyOf(snapshots.outdated()));
        }
    }

    @Test
    void boundsAreChecked() {
        final UpkeepConfig config = UpkeepConfig.DEFAULT;
        assertEquals(1 << 20, config.withSnapshotLength(1 << 20).snapshotLength());
        assertThrows(IllegalArgumentException.class, () -> config.withSnapshotLength(65_535));
        assertThrows(IllegalArgumentException.class, () -> new UpkeepConfig(1 << 20, 0, 1, 100, 2000));
        assertThrows(IllegalArgumentException.class, () -> new UpkeepConfig(1 << 20, 1, 0, 100, 2000));
        assertThrows(IllegalArgumentException.class, () -> new UpkeepConfig(1 << 20, 1, 1, 99, 2000));
        assertThrows(IllegalArgumentException.class, () -> new UpkeepConfig(1 << 20, 1, 1, 100, 499));
    }

    private RecordingLog recordings() {
        final RecordingLog recordings = new RecordingLog(directory.toFile(), true);
        recordings.appendTerm(0, 1, 0, 0);
        return recordings;
    }

    private static void add(
            final RecordingLog recordings, final long recordingId, final long position, final int serviceId) {
        recordings.appendSnapshot(recordingId, 1, 0, position, 0, serviceId);
    }
}
