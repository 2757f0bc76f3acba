package io.fencegate.storage.flow;

import io.fencegate.core.fence.FenceTable;
import io.fencegate.core.fence.OpenRequest;
import io.fencegate.core.grant.Verdict;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A refusal that is to be journaled, as plain values. The name's buffer is borrowed: it is valid until the append.
 *
 * <p>Mutable and reused; the line's thread.
 */
public final class RefusedRequest {
    private final UnsafeBuffer name = new UnsafeBuffer(0, 0);
    private Verdict verdict;
    private int handle;
    private long token;
    private long sequence;
    private long clientId;
    private long fenceToken;
    private int omitted;

    RefusedRequest request(final Verdict verdict, final long token, final long sequence, final long clientId) {
        this.verdict = verdict;
        this.token = token;
        this.sequence = sequence;
        this.clientId = clientId;
        handle = FenceTable.NO_HANDLE;
        fenceToken = 0;
        omitted = 0;
        name.wrap(0, 0);
        return this;
    }

    RefusedRequest resource(final int handle, final long fenceToken) {
        this.handle = handle;
        this.fenceToken = fenceToken;
        return this;
    }

    RefusedRequest nameOf(final OpenRequest open) {
        name.wrap(open.nameBuffer(), open.nameOffset(), open.nameLength());
        return this;
    }

    RefusedRequest omitted(final int omitted) {
        this.omitted = omitted;
        return this;
    }

    /** Why it was refused. @return an audited verdict */
    public Verdict verdict() {
        return verdict;
    }

    /** Handle of the resource. @return or {@link FenceTable#NO_HANDLE}: then it is named */
    public int handle() {
        return handle;
    }

    /** Token of the request. @return the token */
    public long token() {
        return token;
    }

    /** Sequence of the write. @return 0 for an open */
    public long sequence() {
        return sequence;
    }

    /** Client of the request. @return its clientId */
    public long clientId() {
        return clientId;
    }

    /** Fence of the resource at this moment. @return 0 where it has no handle */
    public long fenceToken() {
        return fenceToken;
    }

    /** Refusals of this resource that were not journaled since the last one. @return from 0 */
    public int omitted() {
        return omitted;
    }

    /** Name of a resource that has no handle. @return a borrowed view of exactly its bytes, else empty */
    public DirectBuffer name() {
        return name;
    }
}
