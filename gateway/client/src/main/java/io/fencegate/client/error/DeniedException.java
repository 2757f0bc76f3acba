package io.fencegate.client.error;

import io.fencegate.core.grant.LeaseVerdict;

/**
 * DENIED: somebody else holds the lease, and the caller did not ask to wait.
 *
 * <p>Immutable; any thread.
 */
public final class DeniedException extends LeaseRefusedException {
    private static final long serialVersionUID = 1L;

    private final long remainingMs;

    /**
     * States a refusal.
     *
     * @param resource that was asked for
     * @param holderToken token of the lease's holder
     * @param remainingMs what is left of that lease, in milliseconds of log time
     */
    public DeniedException(final String resource, final long holderToken, final long remainingMs) {
        super(LeaseVerdict.DENIED, resource, holderToken, " remainingMs=" + remainingMs);
        this.remainingMs = remainingMs;
    }

    /** What is left of the holder's lease. @return in milliseconds of log time */
    public long remainingMs() {
        return remainingMs;
    }
}
