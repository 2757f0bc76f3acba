package io.fencegate.verification.story.real;

import io.fencegate.core.grant.SealKey;
import io.fencegate.core.lease.command.LeaseLimits;
import io.fencegate.sequencer.IdleMode;
import io.fencegate.sequencer.MemberEndpoints;
import io.fencegate.sequencer.NodeStorage;
import io.fencegate.sequencer.SequencerConfig;
import io.fencegate.sequencer.SequencerNode;
import io.fencegate.sequencer.SequencerTimings;
import io.fencegate.sequencer.charter.LeaseSettings;
import io.fencegate.sequencer.upkeep.UpkeepConfig;
import io.fencegate.verification.resilience.Ports;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.agrona.CloseHelper;
import org.agrona.IoUtil;

/** A sequencer that runs in this process, and can be stopped, started on its log, and wiped. One thread. */
final class RealSequencer implements AutoCloseable {
    private static final SequencerTimings TIMINGS = new SequencerTimings(50, 500, 200, 1000, 10_000, 20);
    private static final int SESSIONS_MAX = 50;

    private final Path directory;
    private final SealKey.Source keys;
    private final List<MemberEndpoints> members = new ArrayList<>();
    private final SequencerNode[] nodes;
    private final Queue<String> stops = new ConcurrentLinkedQueue<>();
    private boolean isUp;

    RealSequencer(final int size, final Path directory, final SealKey.Source keys) {
        this.directory = directory;
        this.keys = keys;
        final int portBase = Ports.inARow(size * MemberEndpoints.PORTS);
        for (int i = 0; i < size; i++) {
            members.add(MemberEndpoints.of("localhost", portBase + i * MemberEndpoints.PORTS));
        }
        nodes = new SequencerNode[size];
        start();
    }

    boolean isUp() {
        return isUp;
    }

    String ingressEndpoints() {
        return MemberEndpoints.ingressEndpoints(members);
    }

    void start() {
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = SequencerNode.launch(config(i), (member, reason, fact, cause) -> stops.add(fact));
        }
        Deadline.await("the sequencer has a leader", () -> leader() >= 0);
        isUp = true;
    }

    void stop() {
        isUp = false;
        CloseHelper.closeAll(Arrays.asList(nodes));
        Arrays.fill(nodes, null);
    }

    /** Stops the leader; the others elect a new one. With one node: the node begins another term. */
    void changeLeader() {
        if (nodes.length == 1) {
            stop();
            start();
            return;
        }
        final int leader = leader();
        CloseHelper.close(nodes[leader]);
        nodes[leader] = null;
        Deadline.await("another node leads", () -> leader() >= 0);
    }

    void loseEverything() {
        stop();
        IoUtil.delete(directory.toFile(), false);
        start();
    }

    @Override
    public void close() {
        stop();
        if (!stops.isEmpty()) {
            throw new AssertionError("a node stopped by itself: " + stops);
        }
    }

    private int leader() {
        return IntStream.range(0, nodes.length)
                .filter(i -> nodes[i] != null && nodes[i].isLeader())
                .findFirst()
                .orElse(-1);
    }

    private SequencerConfig config(final int memberId) {
        return new SequencerConfig(
                memberId,
                members,
                NodeStorage.of(
                        directory.resolve("node" + memberId),
                        directory.resolveSibling(directory.getFileName() + "-aeron" + memberId),
                        0),
                TIMINGS,
                new SequencerConfig.Load(IdleMode.SLEEP, SESSIONS_MAX),
                new LeaseSettings(LeaseLimits.DEFAULT, keys),
                UpkeepConfig.DEFAULT);
    }
}
