package io.fencegate.journal;

import org.agrona.DirectBuffer;

/** Appends records. The line's thread only; no method allocates. */
public final class JournalAppender {
    JournalAppender() {}

    /**
     * Time of the records that follow: set once per duty cycle.
     *
     * @param epochNs nanoseconds since 1970-01-01T00:00Z
     */
    public void timestampNs(final long epochNs) {
        throw new UnsupportedOperationException();
    }

    /**
     * Appends an accepted write.
     *
     * @param handle of the resource
     * @param token of the write
     * @param sequence of the write
     * @param payloadCrc CRC32C of the payload
     * @param buffer that holds the payload
     * @param offset of its first byte
     * @param length in bytes, 0 to 65,536
     * @return the record's position
     */
    public long appendAccepted(
            final int handle,
            final long token,
            final long sequence,
            final int payloadCrc,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        throw new UnsupportedOperationException();
    }

    /**
     * Appends a raised fence; the fence log needs it too.
     *
     * @param handle of the resource
     * @param token of the fence
     * @param clientId of the grant
     * @param seal of the grant
     * @param nameBuffer that holds the name
     * @param nameOffset of its first byte
     * @param nameLength in bytes, 1 to 128
     * @return the record's position
     */
    public long appendFenceRaised(
            final int handle,
            final long token,
            final long clientId,
            final long seal,
            final DirectBuffer nameBuffer,
            final int nameOffset,
            final int nameLength) {
        throw new UnsupportedOperationException();
    }

    /**
     * Appends a refusal.
     *
     * @param refusal that matters for audit
     * @return the record's position
     */
    public long appendRefused(final Refusal refusal) {
        throw new UnsupportedOperationException();
    }

    /** Position of the last record. @return from 1 */
    public long position() {
        throw new UnsupportedOperationException();
    }

    /** Locator of the last record. @return as the queue gave it */
    public long lastLocator() {
        throw new UnsupportedOperationException();
    }

    /** This run of the gateway as the journal's writer. @return from 1 */
    public long generation() {
        throw new UnsupportedOperationException();
    }

    /**
     * Whether a write or a refusal may be appended.
     *
     * @param length of the payload or name, in bytes
     * @return false where it would use the reserve for fences
     */
    public boolean hasRoom(final int length) {
        throw new UnsupportedOperationException();
    }

    /** Whether a fence may be raised: journal and fence log have space for it. @return false where even that is used up */
    public boolean hasRoomForFence() {
        throw new UnsupportedOperationException();
    }
}
