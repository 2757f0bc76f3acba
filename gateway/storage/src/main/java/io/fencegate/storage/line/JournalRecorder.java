package io.fencegate.storage.line;

import io.fencegate.core.fence.FenceTable;
import io.fencegate.core.fence.OpenRequest;
import io.fencegate.core.fence.WriteRequest;
import io.fencegate.journal.Journal;
import io.fencegate.journal.JournalAppender;
import io.fencegate.journal.Refusal;
import io.fencegate.journal.fencelog.FenceLog;
import io.fencegate.storage.durability.AppendedPosition;
import io.fencegate.storage.flow.Recorder;
import io.fencegate.storage.flow.RefusedRequest;
import io.fencegate.storage.flow.SyncProgress;
import org.agrona.DirectBuffer;

/** The journal, as the law appends to it and waits for it. The line's thread; does not allocate. */
final class JournalRecorder implements Recorder, SyncProgress {
    private final Journal journal;
    private final JournalAppender appender;
    private final FenceLog fenceLog;
    private final AppendedPosition appended;
    private final Refusal refusal = new Refusal();

    JournalRecorder(final Journal journal, final AppendedPosition appended) {
        this.journal = journal;
        this.appended = appended;
        appender = journal.appender();
        fenceLog = journal.fenceLog();
    }

    @Override
    public void onTurn(final long epochNs) {
        appender.timestampNs(epochNs);
    }

    @Override
    public long generation() {
        return appender.generation();
    }

    @Override
    public long position() {
        return appender.position();
    }

    @Override
    public long lastLocator() {
        return appender.lastLocator();
    }

    @Override
    public boolean hasRoom(final int length) {
        return appender.hasRoom(length);
    }

    @Override
    public boolean hasRoomForFence() {
        return appender.hasRoomForFence();
    }

    @Override
    public long appendAccepted(final WriteRequest write) {
        return appender.appendAccepted(
                write.handle(),
                write.token(),
                write.sequence(),
                write.payloadCrc(),
                write.payloadBuffer(),
                write.payloadOffset(),
                write.payloadLength());
    }

    @Override
    public void appendFenceRaised(final int handle, final OpenRequest open) {
        appender.appendFenceRaised(
                handle,
                open.token(),
                open.clientId(),
                open.seal(),
                open.nameBuffer(),
                open.nameOffset(),
                open.nameLength());
    }

    @Override
    public long logFence(final int handle, final OpenRequest open) {
        return fenceLog.append(
                handle,
                open.token(),
                open.clientId(),
                open.seal(),
                open.nameBuffer(),
                open.nameOffset(),
                open.nameLength());
    }

    @Override
    public long fenceOffsetAppended() {
        return fenceLog.appendedOffset();
    }

    @Override
    public void appendRefused(final RefusedRequest refused) {
        refusal.request(refused.verdict().code(), refused.token(), refused.sequence(), refused.clientId());
        if (refused.handle() == FenceTable.NO_HANDLE) {
            final DirectBuffer name = refused.name();
            refusal.name(name, 0, name.capacity());
        } else {
            refusal.resource(refused.handle(), refused.fenceToken());
        }
        appender.appendRefused(refusal.omitted(refused.omitted()));
    }

    @Override
    public void want(final long position) {
        appended.publish(position);
    }

    @Override
    public long syncedPosition() {
        return journal.syncedPosition();
    }

    @Override
    public long fenceOffsetSynced() {
        return fenceLog.syncedOffset();
    }
}
