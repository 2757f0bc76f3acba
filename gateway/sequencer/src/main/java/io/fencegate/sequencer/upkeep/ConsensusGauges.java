package io.fencegate.sequencer.upkeep;

import io.aeron.cluster.ClusterControl.ToggleState;
import io.aeron.cluster.ConsensusModule;
import io.aeron.cluster.ElectionState;
import io.aeron.cluster.service.Cluster;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersReader;

/**
 * What the consensus module of this node tells of itself in its counters, read through the mapping of the upkeep's own
 * client, so that a module that ends takes no memory away from under the reader.
 *
 * <p>The upkeep's thread.
 */
final class ConsensusGauges {
    private final CountersReader counters;
    private final int stateId;
    private final int electionId;
    private final int roleId;
    private final int committedId;
    private final AtomicCounter toggle;

    ConsensusGauges(final CountersReader counters, final ConsensusModule.Context module) {
        this.counters = counters;
        stateId = module.moduleStateCounter().id();
        electionId = module.electionStateCounter().id();
        roleId = module.clusterNodeRoleCounter().id();
        committedId = module.commitPositionCounter().id();
        toggle = new AtomicCounter(
                counters.valuesBuffer(), module.controlToggleCounter().id());
    }

    /** Whether the node leads or follows, in no election. */
    boolean isJoined() {
        final long state = counters.getCounterValue(stateId);
        return counters.getCounterValue(electionId) == ElectionState.CLOSED.code()
                && (state == ConsensusModule.State.ACTIVE.code() || state == ConsensusModule.State.SNAPSHOT.code());
    }

    boolean isLeader() {
        return counters.getCounterValue(roleId) == Cluster.Role.LEADER.code();
    }

    /** What this node knows to be committed: a position in the log. */
    long committed() {
        return counters.getCounterValue(committedId);
    }

    /** Asks for a snapshot on all nodes. @return false if the module is at something else */
    boolean trySnapshot() {
        return ToggleState.SNAPSHOT.toggle(toggle);
    }

    /** Whether nothing that was asked for is under way. */
    boolean isNeutral() {
        return toggle.get() == ToggleState.NEUTRAL.code();
    }
}
