package io.fencegate.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.fencegate.journal.recovery.RecordView;
import io.fencegate.journal.recovery.RecoveryHandler;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The line's thread makes no garbage: neither appending nor reading. */
@Timeout(600)
class JournalGarbageTest {
    private static final int OPERATIONS = 1_000_000;
    private static final int ROUNDS_MAX = 4;
    private static final int FENCES = 20_000;
    private static final int LOCATORS = 1 << 16;

    @TempDir
    Path directory;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final UnsafeBuffer payload = new UnsafeBuffer(ByteBuffer.allocateDirect(64));
    private final UnsafeBuffer name = new UnsafeBuffer("orders".getBytes(StandardCharsets.US_ASCII));
    private final long[] locators = new long[LOCATORS];
    private final long[] positions = new long[LOCATORS];
    private final Refusal refusal = new Refusal();
    private final RecordView record = new RecordView();
    private long sequence;

    @Test
    void aMillionAppendsAndAMillionReadsMakeNoGarbage() {
        final JournalConfig config = new JournalConfig(directory, 1 << 30, 0, 1 << 20);
        try (Journal journal = Journal.open(config, new JournalRig())) {
            raise(journal, 5);
            assertNoGarbage("appends", () -> append(journal));
            assertNoGarbage("reads", () -> read(journal, 1));
            assertTrue(journal.sync() > 2L * OPERATIONS);
        }
        final RecoveryHandler locatorKeeper = new RecoveryHandler() {
            @Override
            public void onFence(
                    final int handle,
                    final long token,
                    final long clientId,
                    final long seal,
                    final DirectBuffer nameBuffer,
                    final int nameOffset,
                    final int nameLength) {
                assertEquals(5, token);
            }

            @Override
            public void onAccepted(
                    final int handle,
                    final long token,
                    final long acceptedSequence,
                    final int payloadCrc,
                    final long generation,
                    final long position,
                    final long locator) {
                final int index = (int) acceptedSequence & LOCATORS - 1;
                locators[index] = locator;
                positions[index] = position;
            }
        };
        try (Journal journal = Journal.open(config, locatorKeeper)) {
            assertEquals(2, journal.generation());
            assertNoGarbage("reads in an older generation", () -> read(journal, 1));
        }
    }

    @Test
    void raisingFencesMakesNoGarbage() {
        final JournalConfig config = new JournalConfig(directory, 1 << 30, 0, 16 << 20);
        try (Journal journal = Journal.open(config, new JournalRig())) {
            assertNoGarbage("raised fences", () -> {
                for (int token = 1; token <= FENCES; token++) {
                    raise(journal, token);
                }
                return -1;
            });
            assertTrue(journal.fenceLog().sync() > (long) FENCES * 64);
        }
    }

    /**
     * The queue keeps one small array behind a weak reference, so a collection that happens to fall into a round makes
     * some bytes of garbage. Garbage per operation makes some in every round.
     */
    private void assertNoGarbage(final String what, final LongSupplier round) {
        long allocated = round.getAsLong();
        for (int i = 0; i < ROUNDS_MAX && allocated != 0; i++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            round.getAsLong();
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertEquals(0, allocated, "bytes allocated by " + what);
    }

    private long append(final Journal journal) {
        final JournalAppender appender = journal.appender();
        for (int i = 0; i < OPERATIONS; i++) {
            appender.timestampNs(1_800_000_000_000_000_000L + i);
            if (!appender.hasRoom(payload.capacity())) {
                throw new IllegalStateException("no room");
            }
            if (i % 16 == 0) {
                appender.appendRefused(refusal.request(21, 4, sequence, 9).resource(0, 5));
            } else {
                appender.appendAccepted(0, 5, ++sequence, 77, payload, 0, payload.capacity());
            }
            locators[i & LOCATORS - 1] = appender.lastLocator();
            positions[i & LOCATORS - 1] = appender.position();
        }
        return -1;
    }

    private long read(final Journal journal, final long generation) {
        for (int i = 0; i < OPERATIONS; i++) {
            final int index = i * 7919 & LOCATORS - 1;
            if (!journal.reader().read(generation, positions[index], locators[index], record)) {
                throw new IllegalStateException("no record");
            }
        }
        return -1;
    }

    private void raise(final Journal journal, final long token) {
        if (!journal.appender().hasRoomForFence()) {
            throw new IllegalStateException("no room");
        }
        journal.appender().appendFenceRaised(0, token, 6, 7, name, 0, name.capacity());
        journal.fenceLog().append(0, token, 6, 7, name, 0, name.capacity());
    }
}
