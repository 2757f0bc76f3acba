package io.fencegate.journal.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.journal.Journal;
import io.fencegate.journal.JournalConfig;
import io.fencegate.journal.disk.JournalDirectory;
import io.fencegate.journal.recovery.RecordView;
import io.fencegate.journal.recovery.RecoveryHandler;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LargeRollCycles;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our reader of queue files and Chronicle's own tailer see the same records: a new version of Chronicle must not differ. */
class QueueFileTest implements RecoveryHandler {
    private static final int RECORDS = 3000;

    @TempDir
    Path directory;

    @Test
    void readsWhatChroniclesOwnTailerReads() {
        writeThreeDays();
        final List<String> ours = new ArrayList<>();
        final RecordView record = new RecordView();
        try (QueueRecordSource source = new QueueRecordSource(new JournalDirectory(directory), false)) {
            assertTrue(source.nextGeneration());
            while (source.next(record)) {
                ours.add(describe(record));
            }
            assertFalse(source.nextGeneration());
        }
        assertEquals(chronicles(), ours);
        assertEquals(RECORDS + 1, ours.size());
        assertEquals(3, new JournalDirectory(directory).cycleFiles(1).size());
    }

    private void writeThreeDays() {
        final Random random = new Random(42);
        final UnsafeBuffer payload = new UnsafeBuffer(ByteBuffer.allocateDirect(64 << 10));
        try (Journal journal = Journal.open(new JournalConfig(directory, 1 << 20, 0, 64 << 10), this)) {
            final long nowNs = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
            for (int i = 0; i < RECORDS; i++) {
                final int length = i % 500 == 0 ? payload.capacity() : random.nextInt(300);
                journal.appender().timestampNs(nowNs + TimeUnit.DAYS.toNanos(i * 3L / RECORDS));
                journal.appender().appendAccepted(0, 1, i + 1, 0, payload, 0, length);
            }
        }
    }

    private List<String> chronicles() {
        final List<String> theirs = new ArrayList<>();
        final RecordView record = new RecordView();
        final ExcerptReader excerpts = new ExcerptReader();
        try (SingleChronicleQueue queue = SingleChronicleQueueBuilder.binary(
                                new JournalDirectory(directory).generation(1))
                        .rollCycle(LargeRollCycles.LARGE_DAILY)
                        .readOnly(true)
                        .build();
                ExcerptTailer tailer = queue.createTailer()) {
            while (excerpts.next(tailer, 1, record)) {
                theirs.add(describe(record));
            }
        }
        return theirs;
    }

    private static String describe(final RecordView record) {
        return record.kind() + " " + record.position() + " crc=" + record.crc() + " computed=" + record.crcComputed()
                + " length=" + record.bytes().capacity() + " defect=" + record.defect();
    }

    @Override
    public void onFence(
            final int handle,
            final long token,
            final long clientId,
            final long seal,
            final DirectBuffer nameBuffer,
            final int nameOffset,
            final int nameLength) {
        throw new AssertionError("a new journal remembers nothing");
    }

    @Override
    public void onAccepted(
            final int handle,
            final long token,
            final long sequence,
            final int payloadCrc,
            final long generation,
            final long position,
            final long locator) {
        throw new AssertionError("a new journal remembers nothing");
    }
}
