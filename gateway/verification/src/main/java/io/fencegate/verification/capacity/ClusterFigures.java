package io.fencegate.verification.capacity;

/**
 * What a cluster did with many leases.
 *
 * @param emptyStartNs from the launch of its nodes to the first answer, without leases
 * @param fillNs from the first command to the last grant
 * @param snapshot of all nodes, and the longest wait for an answer meanwhile
 * @param termsLost elections that the snapshot caused
 * @param loadedStartNs from the launch of its nodes to the first answer, from that snapshot
 * @param leasesLoaded leases that every node has after that start, the probe's left out
 */
record ClusterFigures(
        long emptyStartNs,
        long fillNs,
        LoadedCluster.Pause snapshot,
        long termsLost,
        long loadedStartNs,
        long leasesLoaded) {}
