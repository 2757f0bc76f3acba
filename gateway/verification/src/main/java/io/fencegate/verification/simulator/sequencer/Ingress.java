package io.fencegate.verification.simulator.sequencer;

/**
 * What a client says to a node. Immutable.
 *
 * @param kind of the message
 * @param route of the sender
 * @param session of the sender; 0 where it connects
 * @param message encoded; null where there is none
 */
public record Ingress(Kind kind, Route route, long session, byte[] message) {
    /** What a message is. Immutable; any thread. */
    public enum Kind {
        /** Asks for a session. */
        CONNECT,
        /** Says a command. */
        COMMAND,
        /** Says that the client lives. */
        KEEP_ALIVE
    }
}
