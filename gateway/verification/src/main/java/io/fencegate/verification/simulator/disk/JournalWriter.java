package io.fencegate.verification.simulator.disk;

import io.fencegate.core.fence.OpenRequest;
import io.fencegate.core.fence.WriteRequest;
import io.fencegate.journal.recovery.FenceLogReplay;
import io.fencegate.journal.recovery.FenceState;
import io.fencegate.journal.recovery.JournalRecovery;
import io.fencegate.journal.recovery.RecordView;
import io.fencegate.journal.recovery.RecoveryHandler;
import io.fencegate.journal.recovery.RecoveryPlan;
import io.fencegate.journal.recovery.StartOrder;
import io.fencegate.journal.recovery.StartSteps;
import io.fencegate.storage.flow.Recorder;
import io.fencegate.storage.flow.RefusedRequest;
import io.fencegate.storage.flow.SyncProgress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * One run of the gateway as the journal's writer, on the simulated disk: recovers by the rules that ship, begins its
 * generation in the order in which the journal that ships does, appends, and says what is on disk.
 *
 * <p>One thread.
 */
public final class JournalWriter implements Recorder, SyncProgress {
    private final SimulatedDisk disk;
    private final DiskSettings settings;
    private final DiskListener listener;
    private final List<DiskRecord> records = new ArrayList<>();
    private long generation;
    private long recovered;
    private long position;
    private int crc;
    private long syncedPosition;
    private long syncedOffset;
    private int stepsToLive = Integer.MAX_VALUE;

    /**
     * A run that has not begun.
     *
     * @param disk that is written
     * @param settings of the disk
     * @param listener of what is written
     */
    public JournalWriter(final SimulatedDisk disk, final DiskSettings settings, final DiskListener listener) {
        this.disk = disk;
        this.settings = settings;
        this.listener = listener;
    }

    /**
     * The process will die after so many steps more, each of which leaves something on disk.
     *
     * @param steps from 0
     */
    public void dieAfter(final int steps) {
        stepsToLive = steps;
    }

    private void step() {
        if (stepsToLive-- <= 0) {
            throw new ProcessDiedException();
        }
    }

    /**
     * Recovers what is there, and begins a generation.
     *
     * @param handler is told fences and writes
     */
    public void start(final RecoveryHandler handler) {
        final RecoveryPlan plan =
                disk.isMade ? recover(handler) : new RecoveryPlan(0, 0, 0, 1, 0, List.of(), List.of(), null);
        recovered = plan.position();
        listener.onRecovered(plan.generationNext(), recovered);
        StartOrder.begin(plan, new Start());
    }

    private RecoveryPlan recover(final RecoveryHandler handler) {
        final FenceLogReplay fenceLog = FenceLogReplay.read(new DiskEntries(disk), SimulatedDisk.ENTRIES_OFFSET);
        return JournalRecovery.recover(fenceLog, disk.journalId, disk.slotPosition, new DiskRecords(disk), handler);
    }

    /** Each step leaves something on disk, and may be the last. */
    private final class Start implements StartSteps {
        @Override
        public void syncRecovered(final long ofGeneration) {
            step();
            disk.positionOnDisk = Math.max(disk.positionOnDisk, recovered);
        }

        @Override
        public void replaceFenceLog(final List<FenceState> fences, final long begins, final long synced) {
            step();
            final List<DiskEntry> entries = new ArrayList<>();
            for (final FenceState fence : fences) {
                entries.add(entry(fence.handle(), fence.nameText(), fence.token(), fence.clientId(), fence.seal(), 0));
            }
            entries.add(new DiskEntry(begins, 0, "", 0, 0, 0, 0));
            disk.replaceEntries(entries, synced);
            syncedOffset = disk.slotOffset;
        }

        @Override
        public void makeGeneration(final long begins, final long behind, final int behindCrc) {
            generation = begins;
            syncedPosition = behind;
            position = behind;
            crc = behindCrc;
            disk.generations.put(generation, records);
        }

        @Override
        public void appendGenerationStarted() {
            final DiskRecord started = next(RecordView.Kind.GENERATION_STARTED);
            started.journalId = disk.journalId;
            append(started);
        }

        @Override
        public void appendFence(final FenceState fence) {
            JournalWriter.this.appendFence(
                    fence.handle(), fence.nameText(), fence.token(), fence.clientId(), fence.seal());
        }

        @Override
        public void syncGeneration() {
            step();
            recordsSynced(position);
        }
    }

    private static DiskEntry entry(
            final int handle,
            final String name,
            final long token,
            final long clientId,
            final long seal,
            final long syncedOffset) {
        return new DiskEntry(0, handle, name, token, clientId, seal, syncedOffset);
    }

    private DiskRecord next(final RecordView.Kind kind) {
        return new DiskRecord(kind, generation, position + 1, syncedPosition, crc);
    }

    private void append(final DiskRecord record) {
        step();
        records.add(record.sealed());
        position = record.position;
        crc = record.crc;
    }

    private void appendFence(
            final int handle, final String name, final long token, final long clientId, final long seal) {
        final DiskRecord record = next(RecordView.Kind.FENCE_RAISED);
        record.handle = handle;
        record.name = name;
        record.token = token;
        record.clientId = clientId;
        record.seal = seal;
        append(record);
    }

    // ---- the line ---------------------------------------------------------------------------------------------------

    @Override
    public void onTurn(final long epochNs) {
        // Times of records decide nothing.
    }

    @Override
    public long generation() {
        return generation;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public long lastLocator() {
        return position;
    }

    @Override
    public boolean hasRoom(final int length) {
        return position - recovered < settings.recordsMax();
    }

    @Override
    public boolean hasRoomForFence() {
        return position - recovered < 2 * settings.recordsMax();
    }

    @Override
    public long appendAccepted(final WriteRequest write) {
        final DiskRecord record = next(RecordView.Kind.WRITE_ACCEPTED);
        record.handle = write.handle();
        record.token = write.token();
        record.sequence = write.sequence();
        record.payloadCrc = write.payloadCrc();
        append(record);
        listener.onAppended(record.handle, record.token, record.sequence, record.payloadCrc, generation, position);
        return position;
    }

    @Override
    public void appendFenceRaised(final int handle, final OpenRequest open) {
        appendFence(handle, nameOf(open), open.token(), open.clientId(), open.seal());
        listener.onFenceRaised(nameOf(open), open.token(), open.clientId(), generation, position);
    }

    @Override
    public long logFence(final int handle, final OpenRequest open) {
        step();
        disk.entries.add(entry(handle, nameOf(open), open.token(), open.clientId(), open.seal(), syncedOffset));
        return SimulatedDisk.offsetBehind(disk.entries.size());
    }

    /** Asked by the line only where the holder of the fence opens again. */
    @Override
    public long fenceOffsetAppended() {
        listener.onOpenTaken();
        return SimulatedDisk.offsetBehind(disk.entries.size());
    }

    @Override
    public void appendRefused(final RefusedRequest refused) {
        final DiskRecord record = next(RecordView.Kind.REQUEST_REFUSED);
        record.handle = refused.handle();
        record.token = refused.token();
        record.sequence = refused.sequence();
        record.clientId = refused.clientId();
        record.verdictCode = refused.verdict().code();
        final DirectBuffer name = refused.name();
        record.name = name.getStringWithoutLengthUtf8(0, name.capacity());
        append(record);
    }

    private static String nameOf(final OpenRequest open) {
        final byte[] bytes = new byte[open.nameLength()];
        open.nameBuffer().getBytes(open.nameOffset(), bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void want(final long wanted) {
        // The sync agent of this world looks for itself.
    }

    @Override
    public long syncedPosition() {
        return syncedPosition;
    }

    @Override
    public long fenceOffsetSynced() {
        return syncedOffset;
    }

    // ---- the sync agent ---------------------------------------------------------------------------------------------

    /** Entries of the fence log so far. @return count, to be synced */
    public int entries() {
        return disk.entries.size();
    }

    /** Whether there is something to sync. @return true if so */
    public boolean isSyncDue() {
        return SimulatedDisk.offsetBehind(disk.entries.size()) > syncedOffset
                || settings.isSyncedFirst() && position > syncedPosition;
    }

    /**
     * A sync is done that was begun before.
     *
     * @param entryCount entries of the fence log when it began
     * @param upTo position of the last record when it began
     */
    public void synced(final int entryCount, final long upTo) {
        if (SimulatedDisk.offsetBehind(entryCount) > syncedOffset) {
            disk.entriesSynced(entryCount);
            for (int i = 0; i < entryCount; i++) {
                final DiskEntry entry = disk.entries.get(i);
                if (SimulatedDisk.offsetBehind(i) >= syncedOffset && entry.generation() == 0) {
                    listener.onFenceSynced(entry.name(), entry.token());
                }
            }
            syncedOffset = SimulatedDisk.offsetBehind(entryCount);
        }
        if (settings.isSyncedFirst() && upTo > syncedPosition) {
            recordsSynced(upTo);
        }
    }

    private void recordsSynced(final long upTo) {
        disk.recordsSynced(upTo);
        syncedPosition = upTo;
        listener.onSynced(upTo);
    }
}
