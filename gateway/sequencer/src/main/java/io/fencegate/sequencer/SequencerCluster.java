package io.fencegate.sequencer;

import io.aeron.cluster.service.ClusteredService;
import io.fencegate.core.grant.SealKey;
import io.fencegate.sequencer.SequencerNode.Hosted;
import io.fencegate.sequencer.counters.SequencerCounters;
import io.fencegate.sequencer.login.Admission;
import io.fencegate.sequencer.service.StopListener;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;
import org.agrona.CloseHelper;
import org.agrona.concurrent.IdleStrategy;

/**
 * A whole sequencer of one or more nodes in this process, for a laptop: it has a majority as long as the process lives.
 *
 * <p>Launch and close from one thread; the accessors may be called by any.
 */
public final class SequencerCluster implements AutoCloseable {
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(5);

    private final List<MemberEndpoints> members;
    private final List<SequencerNode> nodes = new ArrayList<>();

    private SequencerCluster(final List<MemberEndpoints> members) {
        this.members = members;
    }

    /**
     * Starts a cluster on ports of this machine that are free.
     *
     * @param members how many: 1, 3 or 5
     * @param directory of the cluster; what it holds is carried on
     * @param keyFile where the nodes find the keys of the seals
     * @param listener told when a node stops by itself
     * @return the cluster, running, maybe without a leader yet
     * @throws SequencerInUseException if another process has the directory
     */
    public static SequencerCluster launch(
            final int members, final Path directory, final SealKey.Source keyFile, final StopListener listener) {
        return launch(FreePorts.find("localhost", members), directory, keyFile, listener);
    }

    /**
     * Starts a cluster on ports of this machine that are free, with its media drivers' buffers in a given place.
     *
     * @param members how many: 1, 3 or 5
     * @param directory of the cluster; what it holds is carried on
     * @param aeronDirectory path to which each node's number is added, best in memory
     * @param keyFile where the nodes find the keys of the seals
     * @param listener told when a node stops by itself
     * @return the cluster, running, maybe without a leader yet
     * @throws SequencerInUseException if another process has the directory
     */
    public static SequencerCluster launch(
            final int members,
            final Path directory,
            final Path aeronDirectory,
            final SealKey.Source keyFile,
            final StopListener listener) {
        return launch(
                SequencerConfig.embedded(FreePorts.find("localhost", members), directory, aeronDirectory, keyFile),
                listener);
    }

    /**
     * Starts a cluster on ports of this machine that are free, with a say in whom it lets in.
     *
     * @param members how many: 1, 3 or 5
     * @param directory of the cluster; what it holds is carried on
     * @param aeronDirectory path to which each node's number is added, best in memory
     * @param keyFile where the nodes find the keys of the seals
     * @param admission whom every node lets in
     * @param listener told when a node stops by itself
     * @return the cluster, running, maybe without a leader yet
     * @throws SequencerInUseException if another process has the directory
     */
    public static SequencerCluster launch(
            final int members,
            final Path directory,
            final Path aeronDirectory,
            final SealKey.Source keyFile,
            final Admission admission,
            final StopListener listener) {
        final List<SequencerConfig> configs =
                SequencerConfig.embedded(FreePorts.find("localhost", members), directory, aeronDirectory, keyFile);
        return launch(
                configs.stream().map(config -> config.withAdmission(admission)).toList(), listener);
    }

    /**
     * Starts a cluster on given ports.
     *
     * @param members where each node listens
     * @param directory of the cluster; what it holds is carried on
     * @param keyFile where the nodes find the keys of the seals
     * @param listener told when a node stops by itself
     * @return the cluster, running, maybe without a leader yet
     * @throws SequencerInUseException if another process has the directory
     */
    public static SequencerCluster launch(
            final List<MemberEndpoints> members,
            final Path directory,
            final SealKey.Source keyFile,
            final StopListener listener) {
        return launch(SequencerConfig.embedded(members, directory, aeronDirectory(directory), keyFile), listener);
    }

    /**
     * Starts every node of a cluster.
     *
     * @param configs of the nodes, in the order of their ids
     * @param listener told when a node stops by itself
     * @return the cluster, running, maybe without a leader yet
     * @throws SequencerInUseException if another process has one of the directories
     */
    public static SequencerCluster launch(final List<SequencerConfig> configs, final StopListener listener) {
        return launch(configs, UnaryOperator.identity(), listener);
    }

    /**
     * Starts every node of a cluster, with a say in how its threads idle.
     *
     * @param configs of the nodes, in the order of their ids
     * @param idling makes of a thread's configured strategy the one that it idles by; called for each thread
     * @param listener told when a node stops by itself
     * @return the cluster, running, maybe without a leader yet
     * @throws SequencerInUseException if another process has one of the directories
     */
    public static SequencerCluster launch(
            final List<SequencerConfig> configs,
            final UnaryOperator<IdleStrategy> idling,
            final StopListener listener) {
        return start(configs, SequencerNode::leaseTable, idling, listener);
    }

    /**
     * Starts every node of a cluster that hosts another service than the lease table, and is the same in all else: what
     * the cluster itself costs can be seen by it.
     *
     * @param configs of the nodes, in the order of their ids
     * @param services makes a new service for each node
     * @param idling makes of a thread's configured strategy the one that it idles by; called for each thread
     * @param listener told when a node stops by itself
     * @return the cluster, running, maybe without a leader yet
     * @throws SequencerInUseException if another process has one of the directories
     */
    public static SequencerCluster launchHosting(
            final List<SequencerConfig> configs,
            final Supplier<? extends ClusteredService> services,
            final UnaryOperator<IdleStrategy> idling,
            final StopListener listener) {
        return start(configs, config -> otherService(services.get()), idling, listener);
    }

    private static Hosted otherService(final ClusteredService service) {
        final SequencerCounters counters = new SequencerCounters();
        // Another service has no charter to wait for.
        counters.onFounded();
        return new Hosted(service, counters);
    }

    private static SequencerCluster start(
            final List<SequencerConfig> configs,
            final Function<SequencerConfig, Hosted> hosted,
            final UnaryOperator<IdleStrategy> idling,
            final StopListener listener) {
        final SequencerCluster cluster = new SequencerCluster(configs.get(0).members());
        final List<NodeDirectories> directories = new ArrayList<>(configs.size());
        try {
            configs.forEach(config -> directories.add(NodeDirectories.take(config)));
            final boolean isSettled =
                    configs.size() == configs.get(0).members().size() && NodeDirectories.settle(directories);
            for (int i = 0; i < configs.size(); i++) {
                final SequencerConfig config = configs.get(i);
                cluster.nodes.add(SequencerNode.launch(
                        config, directories.get(i), isSettled, hosted.apply(config), idling, listener));
            }
            return cluster;
        } catch (final Throwable t) {
            CloseHelper.quietClose(cluster);
            CloseHelper.quietCloseAll(directories);
            throw t;
        }
    }

    /**
     * What a client connects to.
     *
     * @return {@code 0=host:port,1=host:port…}
     */
    public String ingressEndpoints() {
        return MemberEndpoints.ingressEndpoints(members);
    }

    /** The nodes. @return all of them, in the order of their ids */
    public List<SequencerNode> nodes() {
        return List.copyOf(nodes);
    }

    /**
     * Waits for a leader that answers commands: a new cluster is founded first.
     *
     * @param timeoutMs how long at most, in milliseconds
     * @return false if there is none in time
     */
    public boolean awaitLeader(final long timeoutMs) {
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        while (nodes.stream()
                .noneMatch(node -> node.isLeader() && node.counters().isFounded())) {
            if (System.nanoTime() - deadlineNs > 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(POLL_NS);
        }
        return true;
    }

    @Override
    public void close() {
        for (int i = nodes.size() - 1; i >= 0; i--) {
            CloseHelper.quietClose(nodes.get(i));
        }
    }

    /** In memory where the machine has such a directory, and always the same for the same cluster. */
    private static Path aeronDirectory(final Path directory) {
        final byte[] path = directory.toAbsolutePath().normalize().toString().getBytes(StandardCharsets.UTF_8);
        final CRC32C crc = new CRC32C();
        crc.update(path, 0, path.length);
        final String name = "fencegate-sequencer-" + Long.toHexString(crc.getValue());
        final boolean hasMemory = Files.isWritable(MEMORY);
        return (hasMemory ? MEMORY : Path.of(System.getProperty("java.io.tmpdir"))).resolve(name);
    }
}
