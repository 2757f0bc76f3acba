package io.fencegate.client.error;

import io.fencegate.client.session.lease.LeaseLoss;
import io.fencegate.core.grant.LeaseEnd;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.grant.Token;
import java.util.HexFormat;

/**
 * LEASE_LOST: the lease has ended (it expired, was released or revoked, or belongs to somebody else now). The client
 * never acquires it again by itself: that would fence its legitimate owner.
 *
 * <p>Immutable; any thread.
 */
public final class LeaseLostException extends LeaseRefusedException {
    private static final long serialVersionUID = 1L;

    private final long ourToken;
    private final LeaseEnd end;
    private final long currentHolder;

    /**
     * States a refusal.
     *
     * @param loss what is known of it
     */
    public LeaseLostException(final LeaseLoss loss) {
        super(
                LeaseVerdict.LEASE_LOST,
                loss.resource(),
                loss.currentToken(),
                " ourToken=" + Token.describe(loss.token()) + " end=" + loss.end()
                        + (loss.currentToken() == 0
                                ? ""
                                : " currentHolder=" + HexFormat.of().toHexDigits(loss.currentHolder())));
        this.ourToken = loss.token();
        this.end = loss.end();
        this.currentHolder = loss.currentHolder();
    }

    /** Token of the lost lease. @return the caller's token */
    public long ourToken() {
        return ourToken;
    }

    /** How the lease ended. @return UNKNOWN where the sequencer no longer knows */
    public LeaseEnd end() {
        return end;
    }

    /** The resource's holder now. @return its clientId; 0 if none or unknown */
    public long currentHolder() {
        return currentHolder;
    }
}
