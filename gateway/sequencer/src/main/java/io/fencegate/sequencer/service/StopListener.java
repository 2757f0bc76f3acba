package io.fencegate.sequencer.service;

/**
 * Told when a node stops by itself, which is never in good order. A process that hosts the node ends: it prints the
 * fact and halts.
 *
 * <p>Called by the thread that found out, at most once for each node; it must not close the node.
 */
@FunctionalInterface
public interface StopListener {
    /** Why a node stopped. */
    enum StopReason {
        /**
         * This node's limits or members are not those that the cluster was founded with, or its directory is of another
         * cluster, or older than what its member acknowledged; a restart needs others.
         */
        CONFIGURATION,
        /** This node does not have a key by which the cluster seals; a restart needs it in the node's key file. */
        KEY_MISSING,
        /** What should be impossible happened in the replicated state machine; a restart replays the same log. */
        IMPOSSIBLE_STATE,
        /** The media driver, the archive or the consensus module of this node is gone. */
        CLUSTER_LOST
    }

    /**
     * A node stopped.
     *
     * @param memberId of the node
     * @param reason why
     * @param fact one line for people
     * @param cause what was thrown, or null
     */
    void onStopped(int memberId, StopReason reason, String fact, Throwable cause);

    /**
     * A node waits for others before it takes part, or goes on. Nothing is to be done about it.
     *
     * @param memberId of the node
     * @param fact one line for people
     */
    default void onProgress(final int memberId, final String fact) {
        // Who only wants to know of the end may leave this out.
    }
}
