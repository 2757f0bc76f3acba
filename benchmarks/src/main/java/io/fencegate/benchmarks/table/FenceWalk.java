package io.fencegate.benchmarks.table;

import io.fencegate.core.fence.FenceTable;
import io.fencegate.core.fence.OffHeapFenceTable;
import io.fencegate.core.fence.OpenRequest;
import io.fencegate.core.fence.RecordRef;
import io.fencegate.core.fence.WriteRequest;
import io.fencegate.core.grant.PayloadCrc;
import io.fencegate.core.grant.Verdict;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The gateway's table with every resource opened by one session and one record accepted in each. The locator of that
 * record is the handle to check next, so that no check begins before the one before it is done. One thread.
 */
final class FenceWalk implements AutoCloseable {
    private static final long TOKEN = (1L << 40) | 1;
    private static final long CLIENT = 7;
    private static final long SESSION = 1;
    private static final int NAME_LENGTH = 24;

    private final FenceTable fences;
    private final WriteRequest write = new WriteRequest();
    private final RecordRef record = new RecordRef();
    private final int payloadCrc;

    FenceWalk(final int[] successors, final int payloadLength) {
        fences = new OffHeapFenceTable(
                successors.length, (long) successors.length * NAME_LENGTH, Math.max(1, payloadLength), 42);
        final UnsafeBuffer payload = new UnsafeBuffer(new byte[payloadLength]);
        payloadCrc = new PayloadCrc().compute(payload, 0, payloadLength);
        write.payload(payload, 0, payloadLength);
        final UnsafeBuffer name = new UnsafeBuffer(new byte[NAME_LENGTH]);
        final OpenRequest open = new OpenRequest().name(name, 0, NAME_LENGTH).grant(TOKEN, CLIENT, 0);
        for (int i = 0; i < successors.length; i++) {
            name.putStringWithoutLengthAscii(0, String.format("resource-%015d", i));
            final int handle = fences.raise(open);
            fences.opened(handle, TOKEN, CLIENT, SESSION);
            fences.accepted(handle, TOKEN, 1, payloadCrc, record.set(1, i + 1, successors[handle]));
        }
    }

    /**
     * One check of the write that comes next.
     *
     * @param handle of the resource
     * @return the handle to check next
     * @throws IllegalStateException if the table answers wrongly
     */
    int check(final int handle) {
        final Verdict verdict = fences.checkWrite(SESSION, write.header(handle, TOKEN, 2, payloadCrc), true);
        if (verdict != Verdict.ACCEPTED) {
            throw new IllegalStateException("wrong answer: handle=" + handle + " verdict=" + verdict);
        }
        fences.lastRecord(handle, record);
        return (int) record.locator();
    }

    @Override
    public void close() {
        fences.close();
    }
}
