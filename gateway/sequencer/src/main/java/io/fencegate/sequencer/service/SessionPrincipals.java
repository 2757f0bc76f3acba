package io.fencegate.sequencer.service;

import io.aeron.cluster.service.ClientSession;
import io.fencegate.core.access.AccessTable;
import io.fencegate.core.access.Principal;
import io.fencegate.sequencer.login.SessionPrincipal;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Who is in which session, as the log says where it opens. The first session in which the leader names an operator makes
 * the first rule.
 *
 * <p>Called by the service container's thread.
 */
final class SessionPrincipals {
    private final Long2ObjectHashMap<Principal> bySession = new Long2ObjectHashMap<>();

    /** A session opened. */
    void onOpen(final ClientSession session, final AccessTable access) {
        final SessionPrincipal known = SessionPrincipal.decode(session.encodedPrincipal());
        bySession.put(session.id(), known.principal());
        if (known.operator().isNamed()) {
            access.found(known.operator().name());
        }
    }

    /** A session closed. */
    void onClose(final ClientSession session) {
        bySession.remove(session.id());
    }

    /** Who is in a session; those that a snapshot carries on are read where they are met first. */
    Principal of(final ClientSession session) {
        final Principal known = bySession.get(session.id());
        if (known != null) {
            return known;
        }
        final Principal principal =
                SessionPrincipal.decode(session.encodedPrincipal()).principal();
        bySession.put(session.id(), principal);
        return principal;
    }
}
