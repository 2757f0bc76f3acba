package io.fencegate.verification.capacity;

import io.aeron.Aeron;
import io.aeron.cluster.ClusterControl;
import io.fencegate.core.grant.SealKey;
import io.fencegate.sequencer.FreePorts;
import io.fencegate.sequencer.MemberEndpoints;
import io.fencegate.sequencer.SequencerConfig;
import io.fencegate.sequencer.SequencerNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * A sequencer as it is deployed, all its nodes in this process, and a client with many leases.
 *
 * <p>One thread.
 */
final class LoadedCluster implements AutoCloseable {
    private static final int CLUSTER_ID = 0;
    private static final long AGREE_NS = TimeUnit.SECONDS.toNanos(60);

    private final Load load;
    private final List<SequencerConfig> configs = new ArrayList<>();
    private final List<SequencerNode> nodes = new ArrayList<>();
    private final Queue<String> stops = new ConcurrentLinkedQueue<>();
    private final String ingressEndpoints;
    private LoadClient client;

    LoadedCluster(final Load load, final int size, final Path directory) {
        this.load = load;
        final List<MemberEndpoints> members = FreePorts.find("localhost", size);
        ingressEndpoints = MemberEndpoints.ingressEndpoints(members);
        for (int i = 0; i < size; i++) {
            configs.add(SequencerConfig.deployed(
                            i, members, directory.resolve("node" + i), directory.resolve("aeron" + i), SealKey.Source.of())
                    .withLimits(load.limits()));
        }
    }

    /** Starts all nodes and waits for the first answer. Returns how long that took. */
    long start() {
        final long began = System.nanoTime();
        for (final SequencerConfig config : configs) {
            nodes.add(SequencerNode.launch(config, (member, reason, fact, cause) -> stops.add(reason + " " + fact)));
        }
        client = new LoadClient(load, configs.get(0).aeronDirectory().toString(), ingressEndpoints);
        client.probe();
        return System.nanoTime() - began;
    }

    /** Stops all nodes; what they have on disk stays. */
    void stop() {
        CloseHelper.close(client);
        client = null;
        CloseHelper.closeAll(nodes);
        nodes.clear();
        if (!stops.isEmpty()) {
            throw new IllegalStateException("a node stopped by itself: " + stops);
        }
    }

    LoadClient client() {
        return client;
    }

    /** How many leases the fullest node knows, the probe's included. */
    long leasesMost() {
        return nodes.stream().mapToLong(node -> node.counters().leases()).max().orElse(0);
    }

    /** Waits until all nodes know as many leases as each other, and more than the probe's. Returns their count. */
    long awaitLeases() {
        final long deadlineNs = System.nanoTime() + AGREE_NS;
        while (nodes.stream().map(node -> node.counters().leases()).distinct().count() > 1 || leasesMost() <= 1) {
            client.probe();
            if (System.nanoTime() - deadlineNs > 0) {
                throw new IllegalStateException("nodes know different leases: most=" + leasesMost());
            }
        }
        return leasesMost();
    }

    /** The leadership term: a cluster that lost its leader is in a higher one. */
    long term() {
        return nodes.stream().mapToLong(SequencerNode::leadershipTerm).max().orElse(-1);
    }

    /**
     * Lets all nodes take a snapshot, as an operator does, and asks for a lease again and again until it is taken.
     *
     * @return longest wait for an answer meanwhile, and all of the time
     */
    Pause snapshot() {
        final String aeronDirectory = configs.get(leader()).aeronDirectory().toString();
        try (Aeron aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(aeronDirectory))) {
            final AtomicCounter toggle = ClusterControl.findControlToggle(aeron.countersReader(), CLUSTER_ID);
            final long began = System.nanoTime();
            if (toggle == null || !ClusterControl.ToggleState.SNAPSHOT.toggle(toggle)) {
                throw new IllegalStateException("the cluster takes no snapshot");
            }
            long longestNs = 0;
            while (ClusterControl.ToggleState.get(toggle) != ClusterControl.ToggleState.NEUTRAL) {
                longestNs = Math.max(longestNs, client.probe());
            }
            final long tookNs = System.nanoTime() - began;
            return new Pause(Math.max(longestNs, client.probe()), tookNs);
        }
    }

    private int leader() {
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i).isLeader()) {
                return i;
            }
        }
        throw new IllegalStateException("no node leads");
    }

    /**
     * Something that holds up commands.
     *
     * @param longestNs longest wait for an answer meanwhile
     * @param tookNs all of the time
     */
    record Pause(long longestNs, long tookNs) {}

    @Override
    public void close() {
        CloseHelper.close(client);
        CloseHelper.closeAll(nodes);
    }
}
