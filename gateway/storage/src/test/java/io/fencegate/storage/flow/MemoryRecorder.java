package io.fencegate.storage.flow;

import io.fencegate.core.fence.OpenRequest;
import io.fencegate.core.fence.WriteRequest;
import java.util.List;

/** A journal and a fence log in memory that write every effect into a list, and are synced by hand. */
final class MemoryRecorder implements Recorder, SyncProgress {
    private static final int ENTRY_LENGTH = 10;

    private final List<String> effects;
    boolean hasRoom = true;
    long epochNs;
    private long position = 1;
    private long fenceOffset;
    private long syncedPosition = 1;
    private long fenceOffsetSynced;

    MemoryRecorder(final List<String> effects) {
        this.effects = effects;
    }

    void syncRecords() {
        syncedPosition = position;
    }

    void syncFences() {
        fenceOffsetSynced = fenceOffset;
    }

    @Override
    public void onTurn(final long epochNs) {
        this.epochNs = epochNs;
    }

    @Override
    public long generation() {
        return 1;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public long lastLocator() {
        return position * 100;
    }

    @Override
    public boolean hasRoom(final int length) {
        return hasRoom;
    }

    @Override
    public boolean hasRoomForFence() {
        return true;
    }

    @Override
    public long appendAccepted(final WriteRequest write) {
        effects.add("journal write " + write.sequence());
        return ++position;
    }

    @Override
    public void appendFenceRaised(final int handle, final OpenRequest open) {
        effects.add("journal fence " + open.token());
        position++;
    }

    @Override
    public long logFence(final int handle, final OpenRequest open) {
        effects.add("log fence " + open.token());
        fenceOffset += ENTRY_LENGTH;
        return fenceOffset;
    }

    @Override
    public long fenceOffsetAppended() {
        return fenceOffset;
    }

    @Override
    public void appendRefused(final RefusedRequest refused) {
        effects.add("journal refusal " + refused.verdict() + " " + refused.token() + " of " + refused.clientId()
                + " fence " + refused.fenceToken() + " omitted " + refused.omitted() + " name "
                + refused.name().getStringWithoutLengthUtf8(0, refused.name().capacity()));
        position++;
    }

    @Override
    public void want(final long wanted) {
        if (wanted > syncedPosition) {
            effects.add("want " + wanted);
        }
    }

    @Override
    public long syncedPosition() {
        return syncedPosition;
    }

    @Override
    public long fenceOffsetSynced() {
        return fenceOffsetSynced;
    }
}
