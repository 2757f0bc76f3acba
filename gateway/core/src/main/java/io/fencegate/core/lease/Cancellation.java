package io.fencegate.core.lease;

import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.lease.command.CommandKind;
import io.fencegate.core.lease.command.LeaseCommand;
import io.fencegate.core.lease.order.NameOrder;

/**
 * Ends waits for their clients. An acquire that was sent before its cancellation and comes after it finds itself
 * cancelled: what a client was told to be cancelled is never granted.
 *
 * <p>One thread.
 */
final class Cancellation {
    private final AnswerCache cache;
    private final Succession leases;
    private final LeaseCommand unheard = new LeaseCommand();

    Cancellation(final AnswerCache cache, final Succession leases) {
        this.cache = cache;
        this.leases = leases;
    }

    /** Ends the wait that a command is about. Returns false if its acquire was answered otherwise, or is none. */
    boolean run(final Request cancel, final Lease lease, final long logTimeMs) {
        final Client client = cancel.client();
        final Request acquire = client.find(cancel.waitRequestId());
        if (acquire == null) {
            return Client.isBehind(cancel.waitRequestId(), cancel.id())
                    && !client.hasForgotten(cancel.waitRequestId())
                    && cancelUnheard(cancel, lease, logTimeMs);
        }
        if (acquire.kind() != CommandKind.ACQUIRE || NameOrder.compare(acquire.name(), cancel.name()) != 0) {
            return false;
        }
        return acquire.isQueued()
                ? leases.cancel(acquire, logTimeMs)
                : acquire.verdict() == LeaseVerdict.WAIT_CANCELLED;
    }

    private boolean cancelUnheard(final Request cancel, final Lease lease, final long logTimeMs) {
        unheard.from(cancel.client().id(), cancel.waitRequestId());
        final Request acquire = cache.remember(cancel.client(), CommandKind.ACQUIRE, unheard, cancel.name());
        leases.conclude(acquire, LeaseVerdict.WAIT_CANCELLED, lease, logTimeMs);
        return true;
    }
}
