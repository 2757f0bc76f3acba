package io.fencegate.client.error;

import io.fencegate.core.grant.LeaseVerdict;

/**
 * WAIT_TIMED_OUT: the lease did not come free within the wait that the caller asked for.
 *
 * <p>Immutable; any thread.
 */
public final class WaitTimedOutException extends LeaseRefusedException {
    private static final long serialVersionUID = 1L;

    /**
     * States a refusal.
     *
     * @param resource that was asked for
     * @param currentToken token of the lease's holder; 0 if unknown
     */
    public WaitTimedOutException(final String resource, final long currentToken) {
        super(LeaseVerdict.WAIT_TIMED_OUT, resource, currentToken);
    }
}
