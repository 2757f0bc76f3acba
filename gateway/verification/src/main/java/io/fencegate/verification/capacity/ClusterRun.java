package io.fencegate.verification.capacity;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A cluster as it is deployed, with many leases: how long a snapshot holds up commands, whether its leader stays, and
 * how long a start from that snapshot takes; and, in another life, how long commands wait while all leases end at once.
 *
 * <p>One thread.
 */
final class ClusterRun {
    private static final long TTL_MS = TimeUnit.HOURS.toMillis(24);
    private static final long SLACK_MS = 3_000;
    private static final long EXPIRY_MAX_NS = TimeUnit.MINUTES.toNanos(10);

    private final Load load;
    private final int nodes;
    private final Path directory;

    ClusterRun(final Load load, final int nodes, final Path directory) {
        this.load = load;
        this.nodes = nodes;
        this.directory = directory;
    }

    /** Fills a cluster, takes a snapshot, and starts it again from that. */
    ClusterFigures snapshotAndStart() {
        try (LoadedCluster cluster = new LoadedCluster(load, nodes, directory.resolve("snapshot"))) {
            final long emptyStartNs = cluster.start();
            final long fillNs = fill(cluster, 0);
            final long term = cluster.term();
            final LoadedCluster.Pause snapshot = cluster.snapshot();
            final long termsLost = cluster.term() - term;
            cluster.stop();
            final long loadedStartNs = cluster.start();
            return new ClusterFigures(
                    emptyStartNs, fillNs, snapshot, termsLost, loadedStartNs, cluster.awaitLeases() - 1);
        }
    }

    /**
     * Fills a cluster so that all leases end at one time, and sees how commands fare until all have ended.
     *
     * @param fillNs how long filling takes, about
     * @return longest wait for an answer meanwhile, and the time from the first end to the last
     */
    LoadedCluster.Pause expire(final long fillNs) {
        try (LoadedCluster cluster = new LoadedCluster(load, nodes, directory.resolve("expiry"))) {
            cluster.start();
            final long endMs =
                    System.currentTimeMillis() + TimeUnit.NANOSECONDS.toMillis(fillNs + fillNs / 2) + SLACK_MS;
            fill(cluster, endMs);
            if (System.currentTimeMillis() >= endMs) {
                throw new IllegalStateException("filling took longer than before: the machine is too busy");
            }
            while (System.currentTimeMillis() < endMs) {
                cluster.client().probe();
            }
            final long began = System.nanoTime();
            long longestNs = 0;
            while (cluster.leasesMost() > 1) {
                longestNs = Math.max(longestNs, cluster.client().probe());
                if (System.nanoTime() - began > EXPIRY_MAX_NS) {
                    throw new IllegalStateException("leases do not end: leases=" + cluster.leasesMost());
                }
            }
            return new LoadedCluster.Pause(longestNs, System.nanoTime() - began);
        }
    }

    /** Asks for all leases, until a time of the wall clock or else for long. */
    private static long fill(final LoadedCluster cluster, final long endMs) {
        final long began = System.nanoTime();
        cluster.client().fill(() -> endMs == 0 ? TTL_MS : Math.max(1_000, endMs - System.currentTimeMillis()));
        return System.nanoTime() - began;
    }
}
