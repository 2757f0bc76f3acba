package io.fencegate.core.fence;

import io.fencegate.core.grant.Verdict;
import org.agrona.MutableDirectBuffer;

/**
 * The law of the gateway: per resource the fence, who owns it, and the last accepted record. It decides
 * ({@code check…}) and remembers (all other methods), and never speaks to journal or network.
 *
 * <p>The order of one open is {@link #checkOpen}; if OPENED: {@link #raise} (a higher token: journal it and the fence
 * log) or {@link #suspend} (the same token again), and only when the fence is on disk {@link #opened}, whose verdict is
 * the answer. The order of one write is {@link #checkWrite}; if ACCEPTED: append, then {@link #accepted}.
 *
 * <p>A fence only rises, and is never evicted. No method allocates. One thread.
 */
public interface FenceTable extends AutoCloseable {
    /** Stands for no handle. */
    int NO_HANDLE = -1;

    /** Stands for no session. */
    long NO_SESSION = 0;

    /**
     * Decides an open; changes nothing. First match of: BAD_SEAL, STALE_TOKEN, NOT_OWNER, OPENED (same token, same
     * client), TABLE_FULL, STORAGE_FULL, OPENED.
     *
     * @param request whose name and token are well-formed
     * @param sealVerified whether the seal belongs to the grant, or no key is configured
     * @param room whether journal and fence log have space for a raised fence
     * @return the verdict
     */
    Verdict checkOpen(OpenRequest request, boolean sealVerified, boolean room);

    /**
     * Raises the fence of a resource, giving it a handle if it has none. From here on lower tokens are refused; nobody
     * owns the resource until {@link #opened}.
     *
     * @param request that was decided OPENED, or a fence read back from fence log or journal
     * @return the handle: the next in order for a new resource
     * @throws IllegalStateException if the token does not exceed the fence, or the table is full
     */
    int raise(OpenRequest request);

    /**
     * The holder opens again with the same token: its older session loses the resource at once.
     *
     * @param handle of the resource
     */
    void suspend(int handle);

    /**
     * The fence of an open is on disk: makes the session the owner, unless a higher fence was raised meanwhile.
     *
     * @param handle of the resource
     * @param token of the open
     * @param clientId of the open
     * @param session that opened
     * @return OPENED, STALE_TOKEN or NOT_OWNER
     */
    Verdict opened(int handle, long token, long clientId, long session);

    /**
     * Decides a write; changes nothing. First match of: UNKNOWN_RESOURCE, STALE_TOKEN, NOT_OPEN, NOT_OWNER, DUPLICATE or
     * PAYLOAD_MISMATCH, SEQUENCE_GAP, TOO_LARGE, CORRUPT_PAYLOAD, STORAGE_FULL, ACCEPTED.
     *
     * @param session that writes
     * @param request whose token and sequence are positive
     * @param room whether the journal has space for this record
     * @return the verdict
     */
    Verdict checkWrite(long session, WriteRequest request, boolean room);

    /**
     * Remembers an accepted record: also for records read back from the journal, in their order.
     *
     * @param handle of the resource
     * @param token of the record
     * @param sequence of the record
     * @param payloadCrc CRC32C of its payload
     * @param record where it stands
     * @throws IllegalStateException if handle, token or sequence cannot be next: an impossible state
     */
    void accepted(int handle, long token, long sequence, int payloadCrc, RecordRef record);

    /**
     * A session ended: if it owns the resource, nobody does.
     *
     * @param handle of the resource
     * @param session that ended
     */
    void disown(int handle, long session);

    /**
     * Finds a resource by its exact name.
     *
     * @param request whose name is looked up; nothing else of it is read
     * @return the handle, or {@link #NO_HANDLE}
     */
    int find(OpenRequest request);

    /** Resources in the table. @return count; handles are 0 to size - 1 */
    int size();

    /** Resources that the table has room for. @return count */
    int capacity();

    /** The fence. @param handle of the resource @return its token */
    long token(int handle);

    /** Client of the fence's grant. @param handle of the resource @return its clientId */
    long clientId(int handle);

    /** Seal of the fence's grant. @param handle of the resource @return the seal, 0 without a key */
    long seal(int handle);

    /** Session that owns the resource. @param handle of the resource @return or {@link #NO_SESSION} */
    long owner(int handle);

    /** Last accepted sequence under the fence's token. @param handle of the resource @return 0 if none */
    long sequenceLast(int handle);

    /** CRC32C over the payload CRCs of the fence's token. @param handle of the resource @return 0 if none */
    int runningCrc(int handle);

    /** Token of the last accepted record. @param handle of the resource @return 0 if there is none */
    long lastToken(int handle);

    /** Sequence of the last accepted record. @param handle of the resource @return 0 if there is none */
    long lastSequence(int handle);

    /** Payload CRC of the last accepted record. @param handle of the resource @return 0 if there is none */
    int lastPayloadCrc(int handle);

    /**
     * Where the last accepted record stands.
     *
     * @param handle of the resource
     * @param record filled; position 0 if there is none
     */
    void lastRecord(int handle, RecordRef record);

    /**
     * Copies the name of a resource.
     *
     * @param handle of the resource
     * @param buffer that takes it
     * @param offset where it starts
     * @return its length in bytes
     */
    int copyName(int handle, MutableDirectBuffer buffer, int offset);

    /** Gives the memory back. */
    @Override
    void close();
}
