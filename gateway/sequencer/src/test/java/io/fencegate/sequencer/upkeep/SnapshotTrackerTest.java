package io.fencegate.sequencer.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.cluster.RecordingLog;
import io.fencegate.sequencer.muster.LogExtent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a leader asks for a snapshot, and which snapshots count; time is moved by hand. */
class SnapshotTrackerTest {
    private static final long LENGTH = 1000;
    private static final long NONE = LogExtent.NONE;

    private final SnapshotTracker tracker = new SnapshotTracker(LENGTH);
    private final List<RecordingLog.Entry> entries = new ArrayList<>();

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
        add(1, 100, -1, true);
        add(2, 100, 0, true);
        add(3, 200, -1, true);
        assertEquals(new Snapshots(100, NONE, List.of()), Snapshots.of(entries));
        add(4, 200, 0, true);
        add(5, 300, -1, true);
        add(6, 300, 0, false);
        assertEquals(new Snapshots(200, 100, List.of()), Snapshots.of(entries));
    }

    @Test
    void recordingsOlderThanTheNewestTwoAreOutdated() {
        add(1, 100, -1, true);
        add(2, 100, 0, true);
        add(3, 150, -1, false);
        add(4, 200, -1, true);
        add(5, 200, 0, true);
        add(6, 300, -1, true);
        add(7, 300, 0, true);
        assertEquals(new Snapshots(300, 200, List.of(1L, 2L, 3L)), Snapshots.of(entries));
        assertEquals(new Snapshots(NONE, NONE, List.of()), Snapshots.of(List.of()));
    }

    @Test
    void boundsAreChecked() {
        final UpkeepConfig config = UpkeepConfig.DEFAULT;
        assertEquals(1 << 20, config.withSnapshotLength(1 << 20).snapshotLength());
        assertThrows(IllegalArgumentException.class, () -> config.withSnapshotLength(65_535));
        assertThrows(IllegalArgumentException.class, () -> new UpkeepConfig(1 << 20, 0, 1, 100, 2000));
        assertThrows(IllegalArgumentException.class, () -> new UpkeepConfig(1 << 20, 1, 0, 100, 2000));
        assertThrows(IllegalArgumentException.class, () -> new UpkeepConfig(1 << 20, 1, 1, 99, 2000));
        assertThrows(IllegalArgumentException.class, () -> new UpkeepConfig(1 << 20, 1, 1, 100, 1999));
    }

    private void add(final long recordingId, final long position, final int serviceId, final boolean isValid) {
        final int type = RecordingLog.ENTRY_TYPE_SNAPSHOT;
        entries.add(
                new RecordingLog.Entry(recordingId, 1, 0, position, 0, serviceId, type, null, isValid, entries.size()));
    }
}
