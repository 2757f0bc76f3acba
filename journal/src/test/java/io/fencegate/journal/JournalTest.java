package io.fencegate.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.journal.recovery.JournalCorruptException;
import io.fencegate.journal.recovery.RecordView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal as its gateway uses it: append, sync, read, close, open again. */
class JournalTest {
    @TempDir
    Path directory;

    private final JournalRig rig = new JournalRig();

    @Test
    void remembersOverGenerationsWhatWasAppended() {
        try (Journal journal = rig.openTold(directory)) {
            assertEquals(1, journal.generation());
            assertEquals(1, journal.syncedPosition());
            rig.raise(journal, 0, "orders", 11);
            rig.write(journal, 0, 11, 1, "one");
            rig.raise(journal, 1, "stock", 12);
        }
        try (Journal journal = rig.openTold(directory)) {
            assertEquals(2, journal.generation());
            assertEquals(
                    List.of("fence 0 orders token=11", "write 0 token=11 sequence=1 at 1/3", "fence 1 stock token=12"),
                    rig.told);
            assertEquals(6, rig.write(journal, 0, 11, 2, "two"));
        }
        try (Journal journal = rig.openTold(directory)) {
            assertEquals(3, journal.generation());
            assertEquals("write 0 token=11 sequence=2 at 2/6", rig.told.get(3));
            assertNull(journal.recovered().cut());
        }
        final JournalReport report = JournalVerifier.verify(directory);
        assertNull(report.violation());
        assertEquals(3, report.generations());
        assertEquals(2, report.writesAccepted());
        assertEquals(7, report.positionLast());
    }

    @Test
    void readsARecordByItsLocatorInThisAndInAnOlderGeneration() {
        final long oldPosition;
        try (Journal journal = rig.openTold(directory)) {
            rig.raise(journal, 0, "orders", 11);
            oldPosition = rig.write(journal, 0, 11, 1, "old");
            for (int i = 2; i < 100; i++) {
                rig.write(journal, 0, 11, i, "more " + i);
            }
        }
        try (Journal journal = rig.openTold(directory)) {
            final long position = rig.write(journal, 0, 11, 100, "new");
            final long locator = journal.appender().lastLocator();
            final RecordView record = new RecordView();
            assertTrue(journal.reader().read(2, position, locator, record));
            assertEquals("new", JournalRig.text(record.bytes()));
            assertEquals(100, record.sequence());
            final long oldLocator = rig.locatorByPosition.get(oldPosition);
            final long nextLocator = rig.locatorByPosition.get(oldPosition + 1);
            assertTrue(journal.reader().read(1, oldPosition, oldLocator, record));
            assertEquals("old", JournalRig.text(record.bytes()));
            assertFalse(journal.reader().read(7, oldPosition, oldLocator, record));
            for (final long wrong : new long[] {nextLocator, oldLocator + 4, locator, oldLocator | 1L << 40}) {
                assertThrows(
                        JournalCorruptException.class, () -> journal.reader().read(1, oldPosition, wrong, record));
            }
            assertThrows(JournalCorruptException.class, () -> journal.reader().read(2, position, locator + 1, record));
        }
    }

    @Test
    void countsRefusalsByVerdict() {
        final UnsafeBuffer name = new UnsafeBuffer("unknown".getBytes());
        try (Journal journal = rig.openTold(directory)) {
            rig.raise(journal, 0, "orders", 11);
            final Refusal refusal = new Refusal();
            journal.appender()
                    .appendRefused(refusal.request(21, 9, 4, 77).resource(0, 11).omitted(3));
            journal.appender().appendRefused(refusal.request(21, 9, 5, 77).resource(0, 11));
            journal.appender().appendRefused(refusal.request(20, 9, 0, 77).name(name, 0, name.capacity()));
            assertEquals(5, journal.sync());
        }
        final JournalReport report = JournalVerifier.verify(directory);
        assertEquals(Map.of(20, 1L, 21, 2L), report.refusalsByVerdict());
        assertEquals(3, report.refusalsOmitted());
        assertTrue(report.isIntact());
    }

    @Test
    void isReplayedWhileItsGatewayRuns() {
        try (Journal journal = rig.openTold(directory)) {
            rig.raise(journal, 0, "orders", 11);
            rig.write(journal, 0, 11, 1, "one");
            final List<String> seen = new ArrayList<>();
            try (JournalReader reader = JournalReader.open(directory)) {
                assertEquals(2, reader.poll(record -> seen.add(record.kind() + " " + record.position()), 2));
                assertEquals(1, reader.poll(record -> seen.add(record.kind() + " " + record.position()), 10));
                assertEquals(0, reader.poll(record -> seen.add("none"), 10));
                assertEquals(journal.journalId(), reader.journalId());
            }
            assertEquals(List.of("GENERATION_STARTED 1", "FENCE_RAISED 2", "WRITE_ACCEPTED 3"), seen);
        }
    }

    @Test
    void isIntactToAnAuditAtEveryMomentOfAnAppendingGateway() throws Exception {
        final AtomicBoolean audited = new AtomicBoolean();
        try (Journal journal = rig.openTold(directory)) {
            rig.raise(journal, 0, "orders", 1);
            final Thread line = new Thread(() -> {
                final long nowNs = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
                final JournalRig lineRig = new JournalRig();
                for (int i = 1; i < 400_000 && !audited.get(); i++) {
                    journal.appender().timestampNs(nowNs + TimeUnit.DAYS.toNanos(i / 20_000));
                    lineRig.write(journal, 0, 1, i, "payload " + i);
                }
            });
            line.start();
            try {
                for (int audit = 0; audit < 12; audit++) {
                    final long synced = journal.sync();
                    final JournalReport report = JournalVerifier.verify(directory);
                    assertNull(report.violation());
                    assertTrue(report.positionLast() >= synced);
                }
            } finally {
                audited.set(true);
                line.join();
            }
        }
    }

    @Test
    void goesOnInTheNextFileWhenTheDayEnds() {
        try (Journal journal = rig.openTold(directory)) {
            rig.raise(journal, 0, "orders", 11);
            final long nowNs = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
            for (int day = 0; day < 4; day++) {
                journal.appender().timestampNs(nowNs + TimeUnit.DAYS.toNanos(day));
                rig.write(journal, 0, 11, day + 1, "day " + day);
                assertEquals(journal.appender().position(), day % 2 == 0 ? day + 3 : journal.sync());
            }
            // A clock that jumps back is not followed: the queue has left that file.
            journal.appender().timestampNs(nowNs);
            rig.write(journal, 0, 11, 5, "yesterday");
        }
        final JournalReport report = JournalVerifier.verify(directory);
        assertTrue(report.isIntact(), () -> report.violation().getMessage());
        assertEquals(5, report.writesAccepted());
        try (Journal journal = rig.openTold(directory)) {
            assertEquals(2, journal.generation());
            assertEquals(6, rig.told.size());
        }
    }

    @Test
    void bringsFencesToTheHigherOfFenceLogAndJournal() {
        try (Journal journal = rig.openTold(directory)) {
            rig.raise(journal, 0, "orders", 11);
            rig.raiseLogged(journal, 0, "orders", 15);
            rig.raiseLogged(journal, 1, "stock", 16);
        }
        for (int start = 0; start < 2; start++) {
            try (Journal journal = rig.openTold(directory)) {
                assertEquals(
                        List.of("fence 0 orders token=11", "fence 0 orders token=15", "fence 1 stock token=16"),
                        rig.told);
                assertEquals(
                        start == 0 ? 2 : 0, journal.recovered().unjournaled().size());
            }
        }
    }

    @Test
    void hasNoRoomBelowItsFloor() {
        final JournalConfig config = new JournalConfig(directory, 1 << 20, Long.MAX_VALUE >> 2, 64 << 10);
        try (Journal journal = Journal.open(config, rig)) {
            assertFalse(journal.appender().hasRoom(100));
            assertFalse(journal.appender().hasRoomForFence());
        }
    }
}
