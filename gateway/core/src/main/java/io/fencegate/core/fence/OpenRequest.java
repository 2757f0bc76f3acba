package io.fencegate.core.fence;

import org.agrona.DirectBuffer;

/**
 * The values of one open as plain fields, filled by whoever decoded it. The buffer is borrowed: it is valid only during
 * the call that is given this request.
 *
 * <p>Mutable and reused; one thread.
 */
public final class OpenRequest {
    private DirectBuffer nameBuffer;
    private int nameOffset;
    private int nameLength;
    private long token;
    private long clientId;
    private long seal;

    /**
     * Fills this request.
     *
     * @param buffer holding the name
     * @param offset of the name's first byte
     * @param length of the name in bytes
     * @return this
     */
    public OpenRequest name(final DirectBuffer buffer, final int offset, final int length) {
        nameBuffer = buffer;
        nameOffset = offset;
        nameLength = length;
        return this;
    }

    /**
     * Fills this request.
     *
     * @param token of the grant
     * @param clientId of the grant
     * @param seal of the grant
     * @return this
     */
    public OpenRequest grant(final long token, final long clientId, final long seal) {
        this.token = token;
        this.clientId = clientId;
        this.seal = seal;
        return this;
    }

    /** Buffer that holds the name. @return the buffer */
    public DirectBuffer nameBuffer() {
        return nameBuffer;
    }

    /** Offset of the name in its buffer. @return in bytes */
    public int nameOffset() {
        return nameOffset;
    }

    /** Length of the name. @return in bytes */
    public int nameLength() {
        return nameLength;
    }

    /** Token of the grant. @return the token */
    public long token() {
        return token;
    }

    /** Client of the grant. @return the clientId */
    public long clientId() {
        return clientId;
    }

    /** Seal of the grant. @return the seal, 0 without a key */
    public long seal() {
        return seal;
    }
}
