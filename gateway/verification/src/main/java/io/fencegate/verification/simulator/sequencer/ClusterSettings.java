package io.fencegate.verification.simulator.sequencer;

import io.fencegate.core.grant.SealKey;
import io.fencegate.core.lease.command.LeaseLimits;

/**
 * How the sequencer is set up, in one simulation. Frozen.
 *
 * @param nodes of the cluster: 1 or 3
 * @param limits of the lease table
 * @param keys that every node finds; none for none
 * @param tickMs of the service's timer
 * @param electionNs how long a cluster without a leader waits, before half of it by chance
 * @param sessionTimeoutNs how long a silent session lasts
 * @param egressRefusedPercent of answers that a client's session does not take
 */
public record ClusterSettings(
        int nodes,
        LeaseLimits limits,
        SealKey.Source keys,
        long tickMs,
        long electionNs,
        long sessionTimeoutNs,
        int egressRefusedPercent) {
    /** The same with other keys. @param other source of keys @return a copy */
    public ClusterSettings with(final SealKey.Source other) {
        return new ClusterSettings(nodes, limits, other, tickMs, electionNs, sessionTimeoutNs, egressRefusedPercent);
    }
}
