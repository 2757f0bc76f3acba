package io.fencegate.client.error;

import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.grant.Token;

/**
 * LEASE_LOST: the lease has ended (it expired, was released, or belongs to somebody else now). The client never
 * acquires it again by itself: that would fence its legitimate owner.
 *
 * <p>Immutable; any thread.
 */
public final class LeaseLostException extends LeaseRefusedException {
    private static final long serialVersionUID = 1L;

    private final long ourToken;

    /**
     * States a refusal.
     *
     * @param resource of the lease
     * @param ourToken token of the lost lease
     * @param currentToken token of the resource's holder; 0 if none
     */
    public LeaseLostException(final String resource, final long ourToken, final long currentToken) {
        super(LeaseVerdict.LEASE_LOST, resource, currentToken, " ourToken=" + Token.describe(ourToken));
        this.ourToken = ourToken;
    }

    /** Token of the lost lease. @return the caller's token */
    public long ourToken() {
        return ourToken;
    }
}
