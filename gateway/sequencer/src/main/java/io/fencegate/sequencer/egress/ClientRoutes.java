package io.fencegate.sequencer.egress;

import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;

/**
 * Through which cluster session a client is reached when the sequencer has something to say unasked: the latest session
 * in which it sent a command. Built from the log alone, so that every node knows the same; no answer depends on it.
 *
 * <p>Bounded: while it is full, clients that it does not know get their answers only when they ask again.
 *
 * <p>Called by the service container's thread.
 */
public final class ClientRoutes {
    /** No session. */
    public static final long NO_SESSION = -1;

    private static final float LOAD_FACTOR = 0.6f;
    private static final int CAPACITY_AT_START = 64;

    /** So many clients, and there is room for all: a table that grew by steps would hold up the log at each of them. */
    private static final int CLIENTS_FEW = 1 << 15;

    private final int clientsMax;
    private Long2LongHashMap sessionByClientId = new Long2LongHashMap(CAPACITY_AT_START, LOAD_FACTOR, NO_SESSION);
    private boolean hasRoomForAll;

    /**
     * Knows no client yet.
     *
     * @param clientsMax clients known at once
     */
    public ClientRoutes(final int clientsMax) {
        this.clientsMax = clientsMax;
    }

    /**
     * A client sent a command.
     *
     * @param clientId that sent it
     * @param sessionId of the cluster session in which it came
     */
    public void onCommand(final long clientId, final long sessionId) {
        if (sessionByClientId.size() == CLIENTS_FEW && !hasRoomForAll) {
            makeRoom();
        }
        if (sessionByClientId.size() < clientsMax || sessionByClientId.containsKey(clientId)) {
            sessionByClientId.put(clientId, sessionId);
        }
    }

    /**
     * A cluster session ended: its clients can not be reached until they come back.
     *
     * @param sessionId of the session
     */
    public void onSessionClosed(final long sessionId) {
        final Long2LongHashMap.EntryIterator entries =
                sessionByClientId.entrySet().iterator();
        while (entries.hasNext()) {
            entries.next();
            if (entries.getLongValue() == sessionId) {
                entries.remove();
            }
        }
    }

    /**
     * The session of a client.
     *
     * @param clientId of the client
     * @return its cluster session, or {@link #NO_SESSION}
     */
    public long sessionOf(final long clientId) {
        return sessionByClientId.get(clientId);
    }

    /**
     * Shows every route, in the order of the clients' ids: nodes that came to the same routes by different ways, one of
     * them from a snapshot, show the same.
     *
     * @param visitor of clientId and session
     */
    public void forEach(final RouteVisitor visitor) {
        final long[] clientIds = new long[sessionByClientId.size()];
        final Long2LongHashMap.KeyIterator keys = sessionByClientId.keySet().iterator();
        for (int i = 0; i < clientIds.length; i++) {
            clientIds[i] = keys.nextValue();
        }
        Arrays.sort(clientIds);
        for (final long clientId : clientIds) {
            visitor.onRoute(clientId, sessionByClientId.get(clientId));
        }
    }

    private void makeRoom() {
        final Long2LongHashMap all =
                new Long2LongHashMap((int) (clientsMax / LOAD_FACTOR) + 1, LOAD_FACTOR, NO_SESSION);
        sessionByClientId.forEachLong(all::put);
        sessionByClientId = all;
        hasRoomForAll = true;
    }

    /** Sees one route after the other. */
    @FunctionalInterface
    public interface RouteVisitor {
        /**
         * One route.
         *
         * @param clientId of the client
         * @param sessionId of its cluster session
         */
        void onRoute(long clientId, long sessionId);
    }
}
