package io.fencegate.journal;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A refusal that is to be journaled, as plain values. The name's buffer is borrowed: it must be valid until the append.
 *
 * <p>Mutable and reused; one thread.
 */
public final class Refusal {
    /** Stands for no handle. */
    public static final int NO_HANDLE = -1;

    private final UnsafeBuffer name = new UnsafeBuffer(0, 0);
    private int verdictCode;
    private int handle;
    private long token;
    private long sequence;
    private long clientId;
    private long fenceToken;
    private int omitted;

    /**
     * Fills in who asked for what, and forgets the refusal before.
     *
     * @param verdictCode why it was refused, 1 to 254
     * @param token of the request
     * @param sequence of the write; 0 for an open
     * @param clientId of the caller
     * @return this
     */
    public Refusal request(final int verdictCode, final long token, final long sequence, final long clientId) {
        this.verdictCode = verdictCode;
        this.token = token;
        this.sequence = sequence;
        this.clientId = clientId;
        handle = NO_HANDLE;
        fenceToken = 0;
        omitted = 0;
        name.wrap(0, 0);
        return this;
    }

    /**
     * Fills in the resource where the gateway knows it.
     *
     * @param handle of the resource
     * @param fenceToken at this moment
     * @return this
     */
    public Refusal resource(final int handle, final long fenceToken) {
        this.handle = handle;
        this.fenceToken = fenceToken;
        return this;
    }

    /**
     * Fills in the resource where it has no handle.
     *
     * @param buffer that holds the name
     * @param offset of its first byte
     * @param length in bytes
     * @return this
     */
    public Refusal name(final DirectBuffer buffer, final int offset, final int length) {
        name.wrap(buffer, offset, length);
        return this;
    }

    /**
     * Fills in what the limit left out.
     *
     * @param omitted refusals that were not journaled since the last one of this resource, from 0
     * @return this
     */
    public Refusal omitted(final int omitted) {
        this.omitted = omitted;
        return this;
    }

    int verdictCode() {
        return verdictCode;
    }

    int handle() {
        return handle;
    }

    long token() {
        return token;
    }

    long sequence() {
        return sequence;
    }

    long clientId() {
        return clientId;
    }

    long fenceToken() {
        return fenceToken;
    }

    int omitted() {
        return omitted;
    }

    DirectBuffer name() {
        return name;
    }
}
