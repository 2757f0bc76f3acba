package io.fencegate.benchmarks.sequencer;

import io.aeron.cluster.service.ClusteredService;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.fencegate.benchmarks.rig.Idling;
import io.fencegate.benchmarks.rig.WrongAnswerException;
import io.fencegate.client.ClientConfig;
import io.fencegate.client.FencegateClient;
import io.fencegate.core.grant.SealKey;
import io.fencegate.sequencer.FreePorts;
import io.fencegate.sequencer.NodeStorage;
import io.fencegate.sequencer.SequencerCluster;
import io.fencegate.sequencer.SequencerConfig;
import io.fencegate.sequencer.SequencerNode;
import io.fencegate.sequencer.service.StopListener.StopReason;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.agrona.CloseHelper;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * The shipped sequencer and its floor, of the same number of nodes, in this process, with the clients of both on one media
 * driver of their own. Both clusters are assembled by the product's own code from the settings of its embedded mode:
 * driver, archive, log, channels, term lengths, elections, disk; they idle as the shape says. What differs is the service: lease table, seals,
 * and a tick of its timer each 100 ms there, {@link EchoService} here.
 *
 * <p>Launch and close from the rig's thread.
 */
final class ClusterPair implements AutoCloseable {
    private static final String KEY = "000102030405060708090a0b0c0d0e0f";
    private static final long LEADER_TIMEOUT_MS = 30_000;
    private static final long HISTOGRAM_MAX_NS = TimeUnit.MINUTES.toNanos(1);
    private static final int HISTOGRAM_DIGITS = 3;
    private static final int AWAKENING = 3;
    private static final long AWAKENING_NS = 3 * Gate.PARK_NS;
    private static final String NO_LEADER = "none";

    private final Gate subjectGate;
    private final Gate floorGate;
    private long gatedCpuNs;
    private long gatedNs;
    private volatile String failure;
    private MediaDriver driver;
    private SequencerCluster subject;
    private SequencerCluster floor;
    private EchoClient echo;
    private FencegateClient client;

    /**
     * Starts both clusters, waits for their leaders, connects a client to each.
     *
     * @param shape of both
     * @param directory for their logs, on the disk that is measured
     * @param memory for the buffers of their drivers
     * @param resource whose name's length decides that of the floor's messages
     * @param floorServices makes the floor's services
     */
    ClusterPair(
            final Shape shape,
            final Path directory,
            final Path memory,
            final String resource,
            final Supplier<? extends ClusteredService> floorServices) {
        subjectGate = new Gate(shape.idling());
        floorGate = new Gate(shape.idling());
        try {
            driver = MediaDriver.launch(new MediaDriver.Context()
                    .aeronDirectoryName(memory.resolve("clients").toString())
                    .threadingMode(ThreadingMode.SHARED)
                    .sharedIdleStrategy(shape.idling().strategy())
                    .dirDeleteOnShutdown(true));
            subject = SequencerCluster.launch(
                    shape.configs("sequencer", directory, memory), subjectGate::before, this::onStopped);
            floor = SequencerCluster.launchHosting(
                    shape.configs("floor", directory, memory), floorServices, floorGate::before, this::onStopped);
            if (!subject.awaitLeader(LEADER_TIMEOUT_MS) || !floor.awaitLeader(LEADER_TIMEOUT_MS)) {
                throw new WrongAnswerException("no leader: " + shape + " waitedMs=" + LEADER_TIMEOUT_MS);
            }
            echo = new EchoClient(driver.aeronDirectoryName(), floor.ingressEndpoints(), resource);
            client = newClient();
        } catch (final Throwable t) {
            CloseHelper.quietClose(this);
            throw t;
        }
    }

    /** Another client of the sequencer, closed by whoever asks for it. */
    FencegateClient newClient() {
        subjectGate.open(true);
        return FencegateClient.connect(
                ClientConfig.of(driver.aeronDirectoryName()).withSequencer(subject.ingressEndpoints()));
    }

    /** A block of the sequencer, beside the gated floor. */
    <T> T ofSubject(final Runnable awakening, final Supplier<T> block) {
        return alone(subjectGate, floorGate, awakening, block);
    }

    /** A block of the floor, beside the gated sequencer. */
    <T> T ofFloor(final Supplier<T> block) {
        return alone(floorGate, subjectGate, echo::exchange, block);
    }

    /**
     * Opens the one gate and closes the other, sends messages that do not count until every thread is awake, and measures.
     * A block within which either cluster had another leader, or an election, is void.
     */
    private <T> T alone(final Gate open, final Gate closed, final Runnable awakening, final Supplier<T> block) {
        closed.open(false);
        open.open(true);
        stayAlive();
        final long awakeNs = System.nanoTime() + AWAKENING_NS;
        for (int i = 0; i < AWAKENING || System.nanoTime() - awakeNs < 0; i++) {
            awakening.run();
        }
        final String leaders = leaders();
        final long cpuNs = closed.cpuNs();
        final long begunNs = System.nanoTime();
        final T measured = block.get();
        gatedNs += System.nanoTime() - begunNs;
        gatedCpuNs += closed.cpuNs() - cpuNs;
        checkSame(leaders, leaders());
        stayAlive();
        return measured;
    }

    /** Nothing but the same leaders will do. */
    static void checkSame(final String before, final String after) {
        if (before.contains(NO_LEADER) || !before.equals(after)) {
            throw new WrongAnswerException("an election voids the block: before=" + before + " after=" + after);
        }
    }

    /** Who leads both clusters, and in which terms. */
    String leaders() {
        return "sequencer:" + leader(subject) + ",floor:" + leader(floor);
    }

    private static String leader(final SequencerCluster cluster) {
        return cluster.nodes().stream()
                .filter(SequencerNode::isLeader)
                .map(node -> node.memberId() + "@" + node.leadershipTerm())
                .reduce((one, other) -> one + "+" + other)
                .orElse(NO_LEADER);
    }

    /** What the gated cluster took of one core, over all blocks so far. @return percent */
    double gatedPercent() {
        return gatedNs == 0 ? Double.NaN : 100.0 * gatedCpuNs / gatedNs;
    }

    /** The sequencer's client. */
    FencegateClient client() {
        return client;
    }

    /** The floor's client. */
    EchoClient echo() {
        return echo;
    }

    /** Between two blocks: keeps both sessions alive, and fails if a node of either cluster has stopped. */
    private void stayAlive() {
        if (failure != null) {
            throw new WrongAnswerException(failure);
        }
        echo.stayAlive();
        client.poll();
    }

    /** How clients wait: as the library does within a blocking call, the same for both. @return a new strategy */
    static IdleStrategy clientIdle() {
        return new BackoffIdleStrategy(10, 20, TimeUnit.MICROSECONDS.toNanos(1), TimeUnit.MILLISECONDS.toNanos(1));
    }

    /** For nanoseconds. @return an empty one */
    static Histogram histogram() {
        return new Histogram(HISTOGRAM_MAX_NS, HISTOGRAM_DIGITS);
    }

    /** Called by the thread of a node that stopped. */
    private void onStopped(final int member, final StopReason reason, final String fact, final Throwable cause) {
        failure = "a node stopped: reason=" + reason + " fact=" + fact + " cause=" + cause;
    }

    @Override
    public void close() {
        subjectGate.open(true);
        floorGate.open(true);
        CloseHelper.closeAll(client, echo, floor, subject, driver);
    }

    /**
     * What both clusters have in common.
     *
     * @param nodes 1, 3 or 5
     * @param fileSyncLevel of archive and cluster: 0 the page cache, 1 synced
     * @param idling of every thread of the cluster whose block it is, and of the clients' driver: {@link Idling#BACKOFF}
     *     is how they are shipped
     */
    record Shape(int nodes, int fileSyncLevel, Idling idling) {
        List<SequencerConfig> configs(final String name, final Path directory, final Path memory) {
            return SequencerConfig.embedded(
                            FreePorts.find("localhost", nodes),
                            directory.resolve(name),
                            memory.resolve(name),
                            SealKey.Source.of(SealKey.parse(KEY)))
                    .stream()
                    .map(this::synced)
                    .toList();
        }

        private SequencerConfig synced(final SequencerConfig config) {
            return config.withStorage(NodeStorage.of(config.directory(), config.aeronDirectory(), fileSyncLevel));
        }
    }
}
