package io.fencegate.client.session.lease;

import io.fencegate.core.grant.LeaseEventKind;

/**
 * Something that happened to a lease, as a watch tells it.
 *
 * <p>Immutable; any thread.
 *
 * @param revision number of this event among the events of all leases; those of other names are not told
 * @param kind what happened
 * @param resource that the lease is for
 * @param holder clientId of its holder, or of the one that was
 * @param token of its grant
 * @param remainingMs what is left of it, in milliseconds of log time; 0 where it ended
 */
public record LeaseEvent(
        long revision, LeaseEventKind kind, String resource, long holder, long token, long remainingMs) {}
