package io.fencegate.client.session.writer;

import io.fencegate.core.grant.Verdict;
import org.agrona.DirectBuffer;

/**
 * A writer's port to whichever session with the gateway there is at the moment.
 *
 * <p>One thread.
 */
public interface SessionPort {
    /** There is no session. */
    long NONE = 0;

    /** Number of the session that is active, as this client counts them. @return {@link #NONE} if none is */
    long number();

    /** Why the last session was lost. @return as {@code name=value} */
    String lossReason();

    /** The verdict with which the gateway refuses this client for good. @return null if it does not */
    Verdict refusal();

    /** Who the gateway of the active session is. @return its journal and generation */
    GatewayIdentity identity();

    /** Longest payload that the gateway takes. @return in bytes, as the last session told */
    int payloadLengthMax();

    /**
     * Sends an open with the writer's grant.
     *
     * @param writer that is told the answer
     * @return the answer's correlationId, positive; else nothing was sent
     */
    long offerOpen(WriterSession writer);

    /**
     * Sends a write.
     *
     * @param handle of the resource
     * @param token of the writer
     * @param sequence of the write
     * @param payloadCrc CRC32C of the payload
     * @param buffer holding the payload
     * @param offset of its first byte
     * @param length in bytes
     * @return false if nothing was sent
     */
    boolean offerWrite(
            int handle, long token, long sequence, int payloadCrc, DirectBuffer buffer, int offset, int length);

    /**
     * Gives the active session up, because the gateway does not answer in it.
     *
     * @param reason as {@code name=value}
     */
    void lose(String reason);
}
