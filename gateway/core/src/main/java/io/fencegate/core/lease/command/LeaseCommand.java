package io.fencegate.core.lease.command;

import io.fencegate.core.access.Principal;
import org.agrona.DirectBuffer;

/**
 * The values of one command to the sequencer as plain fields, filled by whoever decoded it. The buffer is borrowed: it
 * is valid only during the call that is given this command. Which fields matter depends on the command.
 *
 * <p>Mutable and reused; one thread.
 */
public final class LeaseCommand {
    private Principal principal = Principal.ANONYMOUS;
    private long clientId;
    private long requestId;
    private long token;
    private long ttlMs;
    private long waitMs;
    private long waitRequestId;
    private long provenClientId;
    private long proof;
    private DirectBuffer nameBuffer;
    private int nameOffset;
    private int nameLength;

    /**
     * Says who asks, and forgets all but the name.
     *
     * @param clientId that asks
     * @param requestId unique for this client
     * @return this
     */
    public LeaseCommand from(final long clientId, final long requestId) {
        this.clientId = clientId;
        this.requestId = requestId;
        principal = Principal.ANONYMOUS;
        waitRequestId = 0;
        provenClientId = 0;
        proof = 0;
        return terms(0, 0, 0);
    }

    /**
     * Says who the client is known to be.
     *
     * @param asking principal of the session in which it came
     * @return this
     */
    public LeaseCommand by(final Principal asking) {
        principal = asking;
        return this;
    }

    /**
     * Says what is asked.
     *
     * @param token of the lease, 0 where there is none
     * @param ttlMs in milliseconds of log time, 0 where none is asked for
     * @param waitMs in milliseconds of log time, 0 for anything but an acquire
     * @return this
     */
    public LeaseCommand terms(final long token, final long ttlMs, final long waitMs) {
        this.token = token;
        this.ttlMs = ttlMs;
        this.waitMs = waitMs;
        return this;
    }

    /**
     * Says which wait a command is about.
     *
     * @param waitRequestId of the acquire that waits
     * @return this
     */
    public LeaseCommand waitRequestId(final long waitRequestId) {
        this.waitRequestId = waitRequestId;
        return this;
    }

    /**
     * Says what a gateway proved: that it opened a grant with the command's token.
     *
     * @param provenClientId client of that grant
     * @param proof the gateway's MAC
     * @return this
     */
    public LeaseCommand proven(final long provenClientId, final long proof) {
        this.provenClientId = provenClientId;
        this.proof = proof;
        return this;
    }

    /**
     * Says for what it is asked.
     *
     * @param buffer holding the name
     * @param offset of the name's first byte
     * @param length of the name in bytes
     * @return this
     */
    public LeaseCommand name(final DirectBuffer buffer, final int offset, final int length) {
        nameBuffer = buffer;
        nameOffset = offset;
        nameLength = length;
        return this;
    }

    /** Client that asks. @return the clientId */
    public long clientId() {
        return clientId;
    }

    /** Who the client is known to be. @return anonymous where nothing else was said */
    public Principal principal() {
        return principal;
    }

    /** Number of the request. @return the requestId */
    public long requestId() {
        return requestId;
    }

    /** Token of the lease, or the one above which the floor shall be. @return 0 for an acquire */
    public long token() {
        return token;
    }

    /** Time to live asked for. @return in milliseconds of log time */
    public long ttlMs() {
        return ttlMs;
    }

    /** Longest wait. @return in milliseconds of log time */
    public long waitMs() {
        return waitMs;
    }

    /** The wait that a command is about. @return requestId of its acquire, 0 where it is about none */
    public long waitRequestId() {
        return waitRequestId;
    }

    /** Client of the grant that a gateway proved to have opened. @return its clientId, 0 where nothing is proven */
    public long provenClientId() {
        return provenClientId;
    }

    /** The gateway's proof. @return a MAC, 0 where nothing is proven */
    public long proof() {
        return proof;
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
}
