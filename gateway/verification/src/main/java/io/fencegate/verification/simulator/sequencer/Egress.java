package io.fencegate.verification.simulator.sequencer;

/**
 * What a node says to a client. Immutable.
 *
 * @param kind of the message
 * @param connection as the client counts them
 * @param session at the sequencer; 0 for none
 * @param leader index of the node that leads; -1 if the node knows none
 * @param message encoded; null where there is none
 */
public record Egress(Kind kind, long connection, long session, int leader, byte[] message) {
    /** What a message is. Immutable; any thread. */
    public enum Kind {
        /** The session is there. */
        CONNECTED,
        /** Somebody else leads. */
        REDIRECTED,
        /** The session goes on under a new leader. */
        NEW_LEADER,
        /** The session is over. */
        CLOSED,
        /** An answer or event. */
        ANSWER
    }
}
