package io.fencegate.benchmarks.latency.subject;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.benchmarks.latency.loop.ClosedLoop;
import io.fencegate.benchmarks.latency.loop.LoopResult;
import io.fencegate.benchmarks.rig.Idling;
import io.fencegate.journal.JournalReader;
import io.fencegate.journal.recovery.RecordView;
import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Over either transport, floor and gateway are asked the same, answer everything, and have appended all of it. */
class EchoFloorTest {
    private static final int MESSAGES = 200;
    private static final int LENGTH = 64;

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(Transport.class)
    void everyMessageIsAnsweredAndAppended(final Transport transport) {
        final ClosedLoop loop = new ClosedLoop(Idling.YIELD.strategy(), () -> false);
        try (LatencyDriver driver = LatencyDriver.launch(transport)) {
            final SubjectConfig config = SubjectConfig.of(driver, directory, LENGTH, Idling.YIELD);
            try (EchoFloor floor = new EchoFloor(config);
                    GatewaySubject gateway = new GatewaySubject(config)) {
                driver.take();
                for (int block = 0; block < 2; block++) {
                    assertCounted(loop.block(floor, MESSAGES, Long.MAX_VALUE));
                    assertCounted(loop.block(gateway, MESSAGES, Long.MAX_VALUE));
                }
            }
        }
        final int all = 2 * (MESSAGES + ClosedLoop.AWAKENING);
        assertEquals(all, recordsOfFloor());
        assertEquals(all, recordsOfGateway());
    }

    private static void assertCounted(final LoopResult result) {
        assertTrue(result.isComplete());
        assertEquals(MESSAGES, result.sent());
        assertEquals(MESSAGES, result.histogram().getTotalCount());
    }

    private int recordsOfFloor() {
        int records = 0;
        try (SingleChronicleQueue queue = SingleChronicleQueueBuilder.binary(directory.resolve("floor"))
                        .readOnly(true)
                        .build();
                ExcerptTailer tailer = queue.createTailer()) {
            final Bytes<?> bytes = Bytes.elasticByteBuffer();
            while (tailer.readBytes(bytes)) {
                records++;
                assertEquals(LENGTH, bytes.readRemaining());
                assertEquals(records, bytes.readLong());
                assertEquals(records, bytes.readLong(LENGTH - Long.BYTES));
                bytes.clear();
            }
            bytes.releaseLast();
        }
        return records;
    }

    private int recordsOfGateway() {
        final int[] records = {0};
        try (JournalReader reader = JournalReader.open(directory.resolve("gateway"))) {
            int polled;
            do {
                polled = reader.poll(
                        record -> {
                            if (record.kind() == RecordView.Kind.WRITE_ACCEPTED) {
                                records[0]++;
                                assertEquals(LENGTH, record.bytes().capacity());
                                assertEquals(records[0], record.bytes().getLong(0));
                                assertEquals(records[0], record.bytes().getLong(LENGTH - Long.BYTES));
                            }
                        },
                        100);
            } while (polled > 0);
        }
        return records[0];
    }
}
