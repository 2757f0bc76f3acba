package io.fencegate.sequencer;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.Aeron;
import io.aeron.cluster.ClusterTool;
import io.aeron.cluster.ConsensusModule;
import io.aeron.cluster.ElectionState;
import io.aeron.cluster.service.ClusterCounters;
import io.fencegate.core.grant.SealKey;
import io.fencegate.core.lease.command.LeaseLimits;
import io.fencegate.sequencer.charter.LeaseSettings;
import io.fencegate.sequencer.upkeep.Readiness;
import io.fencegate.sequencer.upkeep.UpkeepConfig;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.agrona.CloseHelper;
import org.agrona.concurrent.status.CountersReader;

/**
 * A cluster whose nodes can be stopped and started one by one. At its end it fails the test if a node stopped by
 * itself.
 *
 * <p>One thread.
 */
final class TestCluster implements AutoCloseable {
    static final SealKey KEY = SealKey.parse("000102030405060708090a0b0c0d0e0f");

    static final SequencerTimings TIMINGS = new SequencerTimings(50, 1000, 300, 2000, 5000, 20);

    private static final int CLUSTER_ID = 0;

    private final List<MemberEndpoints> members;
    private final Path directory;
    private final SequencerTimings timings;
    private final UpkeepConfig upkeep;
    private final SequencerNode[] nodes;
    private final Queue<String> stops = new ConcurrentLinkedQueue<>();

    TestCluster(final int size, final Path directory) {
        this(size, directory, TIMINGS);
    }

    /** With times of its own. */
    TestCluster(final int size, final Path directory, final SequencerTimings timings) {
        this(FreePorts.find("localhost", size), directory, timings, UpkeepConfig.DEFAULT);
        startAll();
    }

    /** With an upkeep of its own. */
    TestCluster(final int size, final Path directory, final UpkeepConfig upkeep) {
        this(FreePorts.find("localhost", size), directory, TIMINGS, upkeep);
        startAll();
    }

    /** In a network that can be cut. */
    TestCluster(final int size, final Path directory, final TestNetwork network) {
        this(FreePorts.find("localhost", size), directory, TIMINGS, UpkeepConfig.DEFAULT);
        IntStream.range(0, size).forEach(i -> network.own(config(i).aeronDirectory(), members.get(i)));
        startAll();
    }

    private TestCluster(
            final List<MemberEndpoints> members,
            final Path directory,
            final SequencerTimings timings,
            final UpkeepConfig upkeep) {
        this.members = members;
        this.directory = directory;
        this.timings = timings;
        this.upkeep = upkeep;
        nodes = new SequencerNode[members.size()];
    }

    SequencerConfig config(final int memberId) {
        return new SequencerConfig(
                memberId,
                members,
                new NodeStorage(
                        directory.resolve("node" + memberId),
                        directory.resolve("aeron" + memberId),
                        0,
                        NodeStorage.SEGMENT_LENGTH_MIN),
                timings,
                new SequencerConfig.Load(IdleMode.SLEEP, 20),
                new LeaseSettings(LeaseLimits.DEFAULT, SealKey.Source.of(KEY)),
                upkeep);
    }

    String ingressEndpoints() {
        return MemberEndpoints.ingressEndpoints(members);
    }

    void start(final int memberId) {
        nodes[memberId] =
                SequencerNode.launch(config(memberId), (id, reason, fact, cause) -> stops.add(reason + " " + fact));
    }

    void startAll() {
        IntStream.range(0, nodes.length).forEach(this::start);
        awaitLeader();
    }

    void stop(final int memberId) {
        CloseHelper.close(nodes[memberId]);
        nodes[memberId] = null;
    }

    void stopAll() {
        for (int i = 0; i < nodes.length; i++) {
            stop(i);
        }
    }

    /** Directory of a node's media driver. */
    Path driver(final int memberId) {
        return config(memberId).aeronDirectory();
    }

    SequencerNode node(final int memberId) {
        return nodes[memberId];
    }

    int awaitLeader() {
        return awaitLeader(running().boxed().toList());
    }

    /** Waits until one of these leads; of the others, one may believe that it does. */
    int awaitLeader(final List<Integer> memberIds) {
        return Await.given(
                () -> memberIds.stream()
                        .filter(i -> nodes[i].isLeader() && nodes[i].counters().isFounded())
                        .findFirst()
                        .orElse(null),
                () -> "no leader of members=" + memberIds);
    }

    /** All nodes that run, but for these. */
    List<Integer> runningBut(final Integer... memberIds) {
        return running().filter(i -> !List.of(memberIds).contains(i)).boxed().toList();
    }

    /** Waits until a node looks for a leader. */
    void awaitElection(final int memberId) {
        try (Aeron aeron = Aeron.connect(
                new Aeron.Context().aeronDirectoryName(driver(memberId).toString()))) {
            final CountersReader counters = aeron.countersReader();
            final int id =
                    ClusterCounters.find(counters, ConsensusModule.Configuration.ELECTION_STATE_TYPE_ID, CLUSTER_ID);
            Await.until(() -> ElectionState.get(counters.getCounterValue(id)) == ElectionState.CANVASS);
        }
    }

    /** Every running node serves. */
    void awaitReady() {
        Await.until(() -> running().allMatch(i -> nodes[i].readiness() == Readiness.READY));
    }

    /** Every running node has applied as much of the log as the leader. */
    void awaitAllApplied() {
        Await.until(() -> {
            final long position = nodes[awaitLeader()].counters().positionApplied();
            return running().allMatch(i -> nodes[i].counters().positionApplied() >= position);
        });
    }

    /** Takes a snapshot on all nodes, by the tool that an operator uses. */
    void snapshot() {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final Path clusterDirectory = config(awaitLeader()).directory().resolve("cluster");
        assertTrue(
                ClusterTool.snapshot(clusterDirectory.toFile(), new PrintStream(out, true, StandardCharsets.UTF_8)),
                () -> out.toString(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        CloseHelper.closeAll(Arrays.asList(nodes));
        assertTrue(stops.isEmpty(), stops::toString);
    }

    private IntStream running() {
        return IntStream.range(0, nodes.length).filter(i -> nodes[i] != null);
    }
}
