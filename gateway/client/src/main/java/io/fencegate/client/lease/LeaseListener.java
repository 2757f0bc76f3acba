package io.fencegate.client.lease;

import io.fencegate.client.session.lease.LeaseLoss;

/**
 * Told how the keeping of a lease goes. None of it is needed for safety: the gateway's answer to a write is the only
 * judge. It is for a holder that wants to slow down, to alert, or to stop in good order.
 *
 * <p>Called by the thread that polls the client or is inside one of its blocking calls. It may call what does not block
 * ({@code offer…}, {@code close} of a keeper, a watch, a pending lease), and nothing else of the client.
 */
public interface LeaseListener {
    /** The sequencer confirmed the lease. @param lease with the grant as it shall be used from now on */
    default void onRenewed(final Lease lease) {}

    /**
     * A renewal is overdue: of what the sequencer confirmed last, a third of the TTL is left, or less. It is still
     * tried.
     *
     * @param lease as last confirmed
     * @param remainingNs what is left at least, by this process's clock
     */
    void onDanger(Lease lease, long remainingNs);

    /**
     * The lease's time has passed, by this process's clock, since the command that the sequencer confirmed last was
     * sent: the lease may be held or not. That may be so from the start, if the lease was got slowly or is kept late. It
     * is still tried; {@link #onRenewed} or {@link #onLost} follows once the sequencer is heard.
     *
     * @param lease as last confirmed
     */
    void onUnconfirmed(Lease lease);

    /** The lease is lost, for good; nothing follows. @param loss how it ended and who holds the resource now */
    void onLost(LeaseLoss loss);
}
