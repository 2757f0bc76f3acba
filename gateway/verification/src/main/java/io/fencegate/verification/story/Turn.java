package io.fencegate.verification.story;

/**
 * Something that happens, and that nobody answers.
 *
 * <p>Immutable; any thread.
 *
 * @param kind what happens
 * @param actor to whom; empty where it happens to sequencer or gateway
 * @param other another actor, where there is one, or empty
 * @param resource where there is one, or empty
 * @param token where there is one, or 0
 */
public record Turn(Kind kind, String actor, String other, String resource, long token) {
    /** What can happen. */
    public enum Kind {
        /** A client process stands still. */
        PAUSES,
        /** It goes on. */
        RESUMES,
        /** It is killed: a process of this name that acts later is a new one, under a new clientId. */
        CRASHES,
        /** The actor is a further process of the other's holder: it has its clientId and its tickets. */
        GETS_TICKET,
        /** The actor makes up a grant to itself under the token, with the other's seal or one that it guessed. */
        FORGES,
        /** What the actor says to the sequencer is lost on the way. */
        CUT,
        /** It arrives again. */
        JOINED,
        /** Time passes until the lease that the actor was granted last is over. */
        LEASE_ENDS,
        /** The gateway's process is killed. */
        GATEWAY_STOPS,
        /** It is started again on its journal. */
        GATEWAY_STARTS,
        /** The sequencer, all of it, is killed. */
        SEQUENCER_STOPS,
        /** It is started again on its log. */
        SEQUENCER_STARTS,
        /** Another node becomes the sequencer's leader. */
        LEADER_CHANGES,
        /** The sequencer's log lost what followed its last grant but one; a new leader begins a term. */
        GRANT_LOST,
        /** The sequencer was rebuilt from nothing. */
        ALL_LOST
    }
}
