package io.fencegate.sequencer.upkeep;

import io.aeron.cluster.ClusterBackup;
import io.aeron.cluster.ConsensusModule;

/**
 * The parts of a node that its upkeep starts, and those who want to know.
 *
 * <p>Called by the upkeep's thread.
 */
public interface NodeParts {
    /**
     * Starts consensus module and service: from now on the node votes.
     *
     * @return the running module's context
     */
    ConsensusModule.Context startConsensus();

    /**
     * Starts to copy the leader's newest snapshot, and its log from there on, into this node's directory.
     *
     * @return the running copy
     */
    ClusterBackup startCopy();

    /**
     * The node can not go on.
     *
     * @param fact one line for people
     */
    void onRefused(String fact);

    /** The upkeep ended: with the node, or by itself, which the node does not survive. */
    void onEnded();

    /**
     * The node waits for others, or goes on.
     *
     * @param fact one line for people
     */
    void onProgress(String fact);
}
