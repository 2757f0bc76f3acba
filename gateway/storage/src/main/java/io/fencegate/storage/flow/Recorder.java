package io.fencegate.storage.flow;

import io.fencegate.core.fence.OpenRequest;
import io.fencegate.core.fence.WriteRequest;

/**
 * The journal and the fence log as the law appends to them. What was appended is there for every later call, and not on
 * disk before {@link SyncProgress} says so. Called by the line's thread only; whatever it throws ends the line.
 */
public interface Recorder {
    /**
     * A turn begins: time of the records that follow.
     *
     * @param epochNs nanoseconds since 1970-01-01T00:00Z
     */
    void onTurn(long epochNs);

    /** This run of the gateway as the journal's writer. @return from 1 */
    long generation();

    /** Position of the last record. @return from 1 */
    long position();

    /** Locator of the last record. @return any number by which it is found again */
    long lastLocator();

    /**
     * Whether a write or a refusal may be appended.
     *
     * @param length of the payload or name, in bytes
     * @return false where it would use the reserve for fences
     */
    boolean hasRoom(int length);

    /** Whether a fence may be raised: journal and fence log have space for it. @return false where even that is used up */
    boolean hasRoomForFence();

    /**
     * Journals an accepted write.
     *
     * @param write borrowed
     * @return the record's position: one more than the last
     */
    long appendAccepted(WriteRequest write);

    /**
     * Journals a raised fence; {@link #logFence} follows.
     *
     * @param handle of the resource
     * @param open that raised it, borrowed
     */
    void appendFenceRaised(int handle, OpenRequest open);

    /**
     * Adds a raised fence to the fence log.
     *
     * @param handle of the resource
     * @param open that raised it, borrowed
     * @return offset of the fence log that must be synced before the open is answered
     */
    long logFence(int handle, OpenRequest open);

    /** Where the fence log ends. @return offset behind its last entry */
    long fenceOffsetAppended();

    /**
     * Journals a refusal.
     *
     * @param refused borrowed
     */
    void appendRefused(RefusedRequest refused);
}
