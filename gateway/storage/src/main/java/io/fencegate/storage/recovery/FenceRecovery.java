package io.fencegate.storage.recovery;

import io.fencegate.core.fence.FenceTable;
import io.fencegate.core.fence.OpenRequest;
import io.fencegate.core.fence.RecordRef;
import io.fencegate.journal.recovery.RecoveryHandler;
import org.agrona.DirectBuffer;

/**
 * Rebuilds the fence table by doing again what the journal remembers. Pure; the thread that opens the journal.
 */
public final class FenceRecovery implements RecoveryHandler {
    private final OpenRequest open = new OpenRequest();
    private final RecordRef record = new RecordRef();
    private final FenceTable fences;
    private final String directory;
    private final boolean hasKey;
    private final Runnable begun;
    private long fenceCount;
    private long recordCount;

    /**
     * Fills a table.
     *
     * @param fences empty
     * @param directory of the journal, to be named in errors
     * @param hasKey whether the gateway can verify seals
     * @param begun run before the first record is told: by then the journal's lock is ours
     */
    public FenceRecovery(final FenceTable fences, final String directory, final boolean hasKey, final Runnable begun) {
        this.fences = fences;
        this.directory = directory;
        this.hasKey = hasKey;
        this.begun = begun;
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
        if (seal != 0 && !hasKey) {
            throw new SealKeyMissingException(directory);
        }
        if (fenceCount == 0) {
            begun.run();
        }
        fenceCount++;
        final int raised =
                fences.raise(open.name(nameBuffer, nameOffset, nameLength).grant(token, clientId, seal));
        if (raised != handle) {
            throw new IllegalStateException("another handle than before: handle=" + handle + " raised=" + raised);
        }
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
        recordCount++;
        fences.accepted(handle, token, sequence, payloadCrc, record.set(generation, position, locator));
    }

    /**
     * What was recovered.
     *
     * @param journalId of the journal that was opened
     * @param generation that begins
     * @return the report
     */
    public RecoveryReport report(final long journalId, final long generation) {
        return new RecoveryReport(journalId, generation, fenceCount, recordCount, fences.size());
    }
}
