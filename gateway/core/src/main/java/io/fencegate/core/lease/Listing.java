package io.fencegate.core.lease;

import io.fencegate.core.lease.command.LeasePage;
import io.fencegate.core.lease.command.LeaseVisitor;
import io.fencegate.core.lease.order.NameOrder;
import io.fencegate.core.lease.order.NameTree;
import org.agrona.DirectBuffer;

/** Shows live leases in the order of their names, page by page. */
final class Listing {
    private Listing() {}

    /** Shows a page. Returns whether there are more behind those shown. */
    static boolean show(
            final NameTree<Lease> leases, final LeasePage page, final long logTimeMs, final LeaseVisitor visitor) {
        final DirectBuffer prefix = page.prefix();
        final boolean isPrefixBehind = NameOrder.compare(prefix, page.after()) > 0;
        int room = page.leasesMax();
        Lease lease = leases.from(isPrefixBehind ? prefix : page.after(), isPrefixBehind);
        for (; lease != null; lease = leases.next(lease)) {
            final DirectBuffer name = lease.name();
            if (!NameOrder.startsWith(name, prefix)) {
                return false;
            }
            if (lease.isOver(logTimeMs)) {
                continue;
            }
            final long holder = lease.holder().id();
            final long remainingMs = lease.remainingMs(logTimeMs);
            final int waiters = lease.queue().size();
            if (room-- <= 0
                    || !visitor.onLease(holder, lease.token(), remainingMs, waiters, name, 0, name.capacity())) {
                return true;
            }
        }
        return false;
    }
}
