package io.fencegate.benchmarks.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.driver.MediaDriver;
import io.fencegate.benchmarks.rig.Blocks;
import io.fencegate.benchmarks.rig.Comparison;
import io.fencegate.benchmarks.rig.Idling;
import io.fencegate.benchmarks.rig.Quantiles;
import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The floor answers every message, has appended each of them, and costs as much as itself. */
class IpcFloorTest {
    @TempDir
    Path directory;

    @Test
    void everyMessageIsAnsweredAndAppended() {
        try (MediaDriver driver = RigDriver.launch();
                MediaDriver otherDriver = RigDriver.launch();
                IpcFloor floor = new IpcFloor(config(driver, "one"));
                IpcFloor again = new IpcFloor(config(otherDriver, "other"))) {
            final Comparison comparison = new Blocks(200).run(again, floor, 0, 2);
            assertEquals(2, comparison.floors().size());
            assertTrue(comparison.ratio(Quantiles::p50).median() > 0);
        }
        assertEquals(2 * 300, recordsIn("one"));
        assertEquals(2 * 300, recordsIn("other"));
    }

    private RigConfig config(final MediaDriver driver, final String name) {
        return new RigConfig(driver.aeronDirectoryName(), directory.resolve(name), 64, Idling.YIELD);
    }

    private int recordsIn(final String name) {
        int records = 0;
        try (SingleChronicleQueue queue = SingleChronicleQueueBuilder.binary(
                                directory.resolve(name).resolve("floor"))
                        .readOnly(true)
                        .build();
                ExcerptTailer tailer = queue.createTailer()) {
            final Bytes<?> bytes = Bytes.elasticByteBuffer();
            while (tailer.readBytes(bytes)) {
                records++;
                assertEquals(records, bytes.readLong());
                bytes.clear();
            }
            bytes.releaseLast();
        }
        return records;
    }
}
