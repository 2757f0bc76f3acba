package io.fencegate.core.fence;

import static io.fencegate.core.grant.Verdict.ACCEPTED;
import static io.fencegate.core.grant.Verdict.OPENED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import io.fencegate.core.grant.PayloadCrc;
import io.fencegate.core.grant.ResourceName;
import io.fencegate.core.grant.SealKey;
import io.fencegate.core.grant.Sealer;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** After warm-up the law allocates nothing: counted by the JVM, exactly, on the thread that runs it. */
final class FenceTableAllocationTest {
    private static final int WARM_UP = 200_000;
    private static final int COUNTED = 100_000;
    private static final int ROUNDS_MAX = 10;
    private static final int NAME_LENGTH = 24;
    private static final int PAYLOAD_LENGTH = 64;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final OpenRequest open = new OpenRequest();
    private final WriteRequest write = new WriteRequest();
    private final RecordRef record = new RecordRef();
    private final PayloadCrc payloadCrc = new PayloadCrc();
    private final Sealer sealer = Sealer.of(
            SealKey.parse("000102030405060708090a0b0c0d0e0f"), SealKey.parse("101112131415161718191a1b1c1d1e1f"));
    private long token;
    private long sequence;
    private long accepted;
    private long sequencesTried;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void opensAndWritesAllocateNothing(final boolean onHeap) {
        final MutableDirectBuffer buffer =
                onHeap ? new UnsafeBuffer(new byte[256]) : new UnsafeBuffer(ByteBuffer.allocateDirect(256));
        buffer.setMemory(0, NAME_LENGTH, (byte) 'n');
        try (FenceTable table = new OffHeapFenceTable(16, 1024, PAYLOAD_LENGTH, 1)) {
            turn(table, buffer, WARM_UP);
            assertEquals(0, allocatedInLeastRound(table, buffer), "bytes allocated in each round");
            assertEquals(sequencesTried, accepted);
        }
    }

    /** The JVM allocates a few bytes of its own when it swaps compiled code; the law would in every round. */
    private long allocatedInLeastRound(final FenceTable table, final MutableDirectBuffer buffer) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS_MAX && least > 0; round++) {
            final long before = threads.getCurrentThreadAllocatedBytes();
            turn(table, buffer, COUNTED);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    private void turn(final FenceTable table, final MutableDirectBuffer buffer, final int count) {
        for (int i = 0; i < count; i++) {
            if (i % 16 == 0) {
                reopen(table, buffer);
            }
            sequence++;
            sequencesTried++;
            buffer.putLong(128, sequence);
            final int crc = payloadCrc.compute(buffer, 128, PAYLOAD_LENGTH);
            write.header(0, token, sequence, crc).payload(buffer, 128, PAYLOAD_LENGTH);
            if (table.checkWrite(1, write, true) == ACCEPTED) {
                table.accepted(0, token, sequence, crc, record.set(1, sequence, sequence));
                accepted++;
            }
        }
    }

    private void reopen(final FenceTable table, final MutableDirectBuffer buffer) {
        token++;
        sequence = 0;
        if (!ResourceName.isValid(buffer, 0, NAME_LENGTH)) {
            throw new IllegalStateException("not a name");
        }
        final long seal = sealer.seal(token, 7, buffer, 0, NAME_LENGTH);
        final boolean verified = sealer.verifies(seal, token, 7, buffer, 0, NAME_LENGTH)
                && !sealer.verifies(sealer.proof(token, 7, buffer, 0, NAME_LENGTH), token, 7, buffer, 0, NAME_LENGTH);
        open.name(buffer, 0, NAME_LENGTH).grant(token, 7, seal);
        if (table.checkOpen(open, verified, true) == OPENED) {
            final int handle = table.raise(open);
            table.suspend(handle);
            table.opened(handle, token, 7, 1);
        }
    }
}
