package io.fencegate.core.fence;

import org.agrona.DirectBuffer;

/**
 * The values of one write as plain fields, filled by whoever decoded it. The buffer is borrowed: it is valid only during
 * the call that is given this request.
 *
 * <p>Mutable and reused; one thread.
 */
public final class WriteRequest {
    private int handle;
    private long token;
    private long sequence;
    private int payloadCrc;
    private DirectBuffer payloadBuffer;
    private int payloadOffset;
    private int payloadLength;

    /**
     * Fills this request.
     *
     * @param handle of the resource
     * @param token under which it was opened
     * @param sequence of the write
     * @param payloadCrc CRC32C of the payload as the client computed it
     * @return this
     */
    public WriteRequest header(final int handle, final long token, final long sequence, final int payloadCrc) {
        this.handle = handle;
        this.token = token;
        this.sequence = sequence;
        this.payloadCrc = payloadCrc;
        return this;
    }

    /**
     * Fills this request.
     *
     * @param buffer holding the payload
     * @param offset of the payload's first byte
     * @param length of the payload in bytes
     * @return this
     */
    public WriteRequest payload(final DirectBuffer buffer, final int offset, final int length) {
        payloadBuffer = buffer;
        payloadOffset = offset;
        payloadLength = length;
        return this;
    }

    /** Handle of the resource. @return the handle */
    public int handle() {
        return handle;
    }

    /** Token of the write. @return the token */
    public long token() {
        return token;
    }

    /** Sequence of the write. @return the sequence */
    public long sequence() {
        return sequence;
    }

    /** CRC32C of the payload as the client computed it. @return the CRC */
    public int payloadCrc() {
        return payloadCrc;
    }

    /** Buffer that holds the payload. @return the buffer */
    public DirectBuffer payloadBuffer() {
        return payloadBuffer;
    }

    /** Offset of the payload in its buffer. @return in bytes */
    public int payloadOffset() {
        return payloadOffset;
    }

    /** Length of the payload. @return in bytes */
    public int payloadLength() {
        return payloadLength;
    }
}
