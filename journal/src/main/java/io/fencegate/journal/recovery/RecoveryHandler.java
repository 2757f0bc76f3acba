package io.fencegate.journal.recovery;

import org.agrona.DirectBuffer;

/**
 * Is told what the journal remembers, in the order in which it happened, so that a fence table is rebuilt by doing it
 * again: per resource tokens only rise, handles come as 0, 1, 2 …, and a write is told under the fence it was accepted
 * under. Fences that only the fence log knows are told last. Called by the thread that opens the journal.
 */
public interface RecoveryHandler {
    /**
     * A fence was raised. The first one of a handle gives the resource its handle.
     *
     * @param handle of the resource
     * @param token of the fence
     * @param clientId of the grant
     * @param seal of the grant
     * @param nameBuffer that holds the name; borrowed, valid during this call
     * @param nameOffset of the name's first byte
     * @param nameLength in bytes
     */
    void onFence(
            int handle, long token, long clientId, long seal, DirectBuffer nameBuffer, int nameOffset, int nameLength);

    /**
     * A write was accepted.
     *
     * @param handle of the resource
     * @param token of the write: the fence
     * @param sequence of the write
     * @param payloadCrc CRC32C of the payload
     * @param generation of the record
     * @param position of the record
     * @param locator of the record
     */
    void onAccepted(
            int handle, long token, long sequence, int payloadCrc, long generation, long position, long locator);
}
