package io.fencegate.benchmarks.throughput;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.benchmarks.throughput.SyncFloor.Limit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The floors really do what they say they do: every byte is in the queue, and every record is followed by a sync. */
class FloorsTest {
    private static final int LENGTH = 64;

    @TempDir
    Path directory;

    @Test
    void theAppendFloorWritesEveryRecordOfTheLengthThatItSays() {
        final int built;
        try (AppendFloor floor = new AppendFloor(directory, LENGTH)) {
            built = floor.built();
            final Flow flow = floor.block(300, 5_000, () -> false);
            assertEquals(5_000, flow.writes());
            assertTrue(flow.nanos() > 0);
        }

        final List<long[]> records = records();
        assertEquals(5_300, records.size());
        for (int i = 0; i < records.size(); i++) {
            assertEquals(LENGTH, records.get(i)[0]);
            assertEquals(i % built, records.get(i)[1], "first bytes of record " + i);
            assertEquals(i % built, records.get(i)[2], "last bytes of record " + i);
        }
    }

    @Test
    void aStoppedFloorCountsOnlyWhatItWrote() {
        final long counted;
        try (AppendFloor floor = new AppendFloor(directory, LENGTH)) {
            counted = floor.block(1, 100_000, () -> true).writes();
        }
        assertTrue(counted < 100_000);
        assertEquals(counted + 1, records().size());
    }

    @Test
    void theSyncFloorForcesItsFileOnceForEachRecord() throws IOException {
        final List<Integer> recordsAtForce = new ArrayList<>();
        final SyncedFlow flow;
        try (SyncFloor floor = new SyncFloor(directory, LENGTH, file -> {
            assertTrue(file.size() > 0);
            recordsAtForce.add(records().size());
            file.force(false);
        })) {
            flow = floor.block(new Limit(20, TimeUnit.MINUTES.toNanos(1)), () -> false);
        }
        assertEquals(20, flow.writes());
        assertEquals(20, flow.syncs());
        assertEquals(20, flow.latencies().getTotalCount());
        assertEquals(Limit.RUN_IN + 20, recordsAtForce.size());
        for (int i = 0; i < recordsAtForce.size(); i++) {
            // One more was written when the floor was made.
            assertEquals(i + 2, recordsAtForce.get(i), "records when sync " + i + " began");
        }
    }

    @Test
    void aSyncThatFailsEndsTheFloor() throws IOException {
        try (SyncFloor floor = new SyncFloor(directory, LENGTH, file -> {
            throw new IOException("no disk");
        })) {
            assertThrows(IOException.class, () -> floor.block(new Limit(1, Long.MAX_VALUE), () -> false));
        }
    }

    /** Length, first and last eight bytes of each. */
    private List<long[]> records() {
        final List<long[]> records = new ArrayList<>();
        final Bytes<?> bytes = Bytes.elasticByteBuffer();
        try (SingleChronicleQueue queue = SingleChronicleQueueBuilder.binary(directory)
                        .readOnly(true)
                        .build();
                ExcerptTailer tailer = queue.createTailer()) {
            while (tailer.readBytes(bytes)) {
                final long length = bytes.readRemaining();
                records.add(new long[] {length, bytes.readLong(0), bytes.readLong(length - Long.BYTES)});
                bytes.clear();
            }
        }
        bytes.releaseLast();
        return records;
    }
}
