package io.fencegate.client.error;

import io.fencegate.core.grant.LeaseVerdict;

/**
 * WAIT_CANCELLED: the caller gave up waiting for the lease, and does not have it.
 *
 * <p>Immutable; any thread.
 */
public final class WaitCancelledException extends LeaseRefusedException {
    private static final long serialVersionUID = 1L;

    /**
     * States a refusal.
     *
     * @param resource that was asked for
     */
    public WaitCancelledException(final String resource) {
        super(LeaseVerdict.WAIT_CANCELLED, resource, 0);
    }
}
