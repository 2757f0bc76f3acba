package io.fencegate.client.lease;

import io.fencegate.client.session.lease.LeaseEvent;
import io.fencegate.core.grant.LeaseVerdict;

/**
 * Told what happens to leases.
 *
 * <p>Called by the thread that polls the client or is inside one of its blocking calls. It may call what does not block
 * ({@code offer…}, {@code close} of a keeper, a watch, a pending lease), and nothing else of the client.
 */
public interface WatchListener {
    /** The sequencer watches from here on. @param revision number of lease events so far */
    default void onWatching(final long revision) {}

    /** Something happened. @param event in the order of the sequencer's log */
    void onEvent(LeaseEvent event);

    /**
     * Events may have been missed: the connection was lost, or this client took them in too slowly. Whoever mirrors the
     * leases should list them again. {@link #onWatching} follows.
     */
    void onGap();

    /** The sequencer refuses the watch: it is over. @param verdict the rule that refused */
    void onRefused(LeaseVerdict verdict);
}
