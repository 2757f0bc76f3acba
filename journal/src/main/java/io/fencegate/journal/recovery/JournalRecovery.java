package io.fencegate.journal.recovery;

import org.agrona.DirectBuffer;

/**
 * The rules of recovery: verifies all that fence log and journal hold, brings every fence to the higher of both, and says
 * with what the next generation begins.
 *
 * <p>Pure; one thread.
 */
public final class JournalRecovery {
    private final FenceLogReplay fenceLog;
    private final RecordChain chain;
    private final RecoveryHandler handler;
    private final FenceLedger journaled = new FenceLedger();
    private final RecordSource source;
    private long records;

    private JournalRecovery(
            final FenceLogReplay fenceLog,
            final RecordChain chain,
            final RecordSource source,
            final RecoveryHandler handler) {
        this.fenceLog = fenceLog;
        this.chain = chain;
        this.source = source;
        this.handler = handler;
    }

    /**
     * Reads and verifies the whole journal.
     *
     * @param fenceLog as it was read
     * @param journalId of the fence log
     * @param syncedPosition that the fence log knows
     * @param source of the journal's records
     * @param handler is told fences and writes in their order
     * @return what was found
     * @throws JournalCorruptException if something is damaged or missing where it must not be
     */
    public static RecoveryPlan recover(
            final FenceLogReplay fenceLog,
            final long journalId,
            final long syncedPosition,
            final RecordSource source,
            final RecoveryHandler handler) {
        final RecordChain chain = new RecordChain(source, journalId, syncedPosition);
        return new JournalRecovery(fenceLog, chain, source, handler).run();
    }

    private RecoveryPlan run() {
        final RecordView record = new RecordView();
        while (chain.next(record)) {
            final String wrong = journaled.apply(record);
            if (wrong != null) {
                throw new JournalCorruptException(source.file(), record.position(), wrong);
            }
            tell(record);
            records++;
        }
        final FenceMerge merge = FenceMerge.of(fenceLog, journaled, chain.generationHighest());
        merge.unjournaled().forEach(this::tellFence);
        return new RecoveryPlan(
                chain.position(),
                chain.crc(),
                chain.generation(),
                fenceLog.generation() + 1,
                records,
                merge.fences(),
                merge.unjournaled(),
                chain.cut());
    }

    private void tell(final RecordView record) {
        if (record.kind() == RecordView.Kind.FENCE_RAISED) {
            final DirectBuffer name = record.bytes();
            handler.onFence(
                    record.handle(), record.token(), record.clientId(), record.seal(), name, 0, name.capacity());
        } else if (record.kind() == RecordView.Kind.WRITE_ACCEPTED) {
            handler.onAccepted(
                    record.handle(),
                    record.token(),
                    record.sequence(),
                    record.payloadCrc(),
                    record.generation(),
                    record.position(),
                    record.locator());
        }
    }

    private void tellFence(final FenceState fence) {
        final DirectBuffer name = fence.name();
        handler.onFence(fence.handle(), fence.token(), fence.clientId(), fence.seal(), name, 0, name.capacity());
    }
}
