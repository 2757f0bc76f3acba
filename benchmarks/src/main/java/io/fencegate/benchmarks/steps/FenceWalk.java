package io.fencegate.benchmarks.steps;

import io.fencegate.benchmarks.rig.WrongAnswerException;
import io.fencegate.core.fence.FenceTable;
import io.fencegate.core.fence.OffHeapFenceTable;
import io.fencegate.core.fence.OpenRequest;
import io.fencegate.core.fence.RecordRef;
import io.fencegate.core.fence.WriteRequest;
import io.fencegate.core.grant.Verdict;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The gateway's table with every resource opened by one session and one record accepted in each. The locator of that
 * record is the handle to check next, so that no check begins before the one before it is done. No payload: its checksum
 * is another step. One thread.
 */
public final class FenceWalk implements AutoCloseable {
    private static final long TOKEN = (1L << 40) | 1;
    private static final long CLIENT = 7;
    private static final long SESSION = 1;
    private static final int NAME_LENGTH = 24;
    private static final String NAME_HEAD = "resource-";

    private final FenceTable fences;
    private final WriteRequest write = new WriteRequest();
    private final RecordRef record = new RecordRef();

    /**
     * Opens every resource.
     *
     * @param successors where each leads
     */
    public FenceWalk(final int[] successors) {
        fences = new OffHeapFenceTable(successors.length, (long) successors.length * NAME_LENGTH, 1, 42);
        write.payload(new UnsafeBuffer(new byte[0]), 0, 0);
        final UnsafeBuffer name = new UnsafeBuffer(new byte[NAME_LENGTH]);
        name.putStringWithoutLengthAscii(0, NAME_HEAD);
        final OpenRequest open = new OpenRequest().name(name, 0, NAME_LENGTH).grant(TOKEN, CLIENT, 0);
        for (int i = 0; i < successors.length; i++) {
            name.putNaturalPaddedIntAscii(NAME_HEAD.length(), NAME_LENGTH - NAME_HEAD.length(), i);
            final int handle = fences.raise(open);
            fences.opened(handle, TOKEN, CLIENT, SESSION);
            fences.accepted(handle, TOKEN, 1, 0, record.set(1, i + 1, successors[handle]));
        }
    }

    /**
     * One check of the write that comes next.
     *
     * @param handle of the resource
     * @return the handle to check next
     * @throws WrongAnswerException if the table answers wrongly
     */
    public int check(final int handle) {
        final Verdict verdict = fences.checkWrite(SESSION, write.header(handle, TOKEN, 2, 0), true);
        if (verdict != Verdict.ACCEPTED) {
            throw new WrongAnswerException("handle=" + handle + " verdict=" + verdict);
        }
        fences.lastRecord(handle, record);
        return (int) record.locator();
    }

    /**
     * Many checks, each where the one before leads.
     *
     * @param handle to begin with
     * @param steps to take
     * @return the handle to check next
     */
    public int walk(final int handle, final int steps) {
        int next = handle;
        for (int i = 0; i < steps; i++) {
            next = check(next);
        }
        return next;
    }

    @Override
    public void close() {
        fences.close();
    }
}
