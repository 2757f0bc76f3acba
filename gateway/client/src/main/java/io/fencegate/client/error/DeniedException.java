package io.fencegate.client.error;

import io.fencegate.core.grant.LeaseVerdict;
import java.util.HexFormat;

/**
 * DENIED: somebody else holds the lease, and the caller did not ask to wait.
 *
 * <p>Immutable; any thread.
 */
public final class DeniedException extends LeaseRefusedException {
    private static final long serialVersionUID = 1L;

    private final long holder;
    private final long remainingMs;

    /**
     * States a refusal.
     *
     * @param resource that was asked for
     * @param holderToken token of the lease's holder
     * @param holder clientId of the lease's holder
     * @param remainingMs what is left of that lease, in milliseconds of log time
     */
    public DeniedException(final String resource, final long holderToken, final long holder, final long remainingMs) {
        super(
                LeaseVerdict.DENIED,
                resource,
                holderToken,
                " holder=" + HexFormat.of().toHexDigits(holder) + " remainingMs=" + remainingMs);
        this.holder = holder;
        this.remainingMs = remainingMs;
    }

    /** Who holds the lease. @return its clientId */
    public long holder() {
        return holder;
    }

    /** What is left of the holder's lease. @return in milliseconds of log time */
    public long remainingMs() {
        return remainingMs;
    }
}
