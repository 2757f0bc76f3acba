package io.fencegate.verification.amnesia;

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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.agrona.CloseHelper;
import org.agrona.IoUtil;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * The nodes of a sequencer in this process, on ports that they keep: each can be stopped, started, wiped, and set back to
 * what its disk held before. One thread.
 */
final class Nodes implements AutoCloseable {
    private static final SequencerTimings TIMINGS = new SequencerTimings(50, 500, 200, 1000, 10_000, 20);
    private static final long LONGEST_NS = 30_000_000_000L;
    private static final int SESSIONS_MAX = 20;

    private final List<MemberEndpoints> members = new ArrayList<>();
    private final Queue<String> stops = new ConcurrentLinkedQueue<>();
    private final SequencerNode[] nodes;
    private final Path directory;
    private final SealKey.Source keys;

    Nodes(final int size, final Path directory, final SealKey.Source keys) {
        this.directory = directory;
        this.keys = keys;
        final int portBase = Ports.inARow(size * MemberEndpoints.PORTS);
        for (int i = 0; i < size; i++) {
            members.add(MemberEndpoints.of("localhost", portBase + i * MemberEndpoints.PORTS));
        }
        nodes = new SequencerNode[size];
        startAll();
    }

    String ingressEndpoints() {
        return MemberEndpoints.ingressEndpoints(members);
    }

    void start(final int memberId) {
        nodes[memberId] = SequencerNode.launch(config(memberId), (member, reason, fact, cause) -> stops.add(fact));
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
        CloseHelper.closeAll(Arrays.asList(nodes));
        Arrays.fill(nodes, null);
    }

    /** All nodes lose all that they ever knew. */
    void wipeAll() {
        stopAll();
        IoUtil.delete(directory.toFile(), false);
        startAll();
    }

    int awaitLeader() {
        await("there is a leader", () -> leader() >= 0);
        return leader();
    }

    /** A node has applied as much of the log as the leader. */
    void awaitApplied(final int memberId) {
        final long position = nodes[awaitLeader()].counters().positionApplied();
        await(
                "node " + memberId + " has applied the log up to " + position,
                () -> nodes[memberId].counters().positionApplied() >= position);
    }

    /** Keeps what the disk of a stopped node holds. */
    void keepDisk(final int memberId) {
        copy(disk(memberId), keptDisk(memberId));
    }

    /** A stopped node's disk holds what was kept, and nothing that came later: that was never synced, and is lost. */
    void setDiskBack(final int memberId) {
        IoUtil.delete(disk(memberId).toFile(), false);
        copy(keptDisk(memberId), disk(memberId));
    }

    static void await(final String what, final BooleanSupplier condition) {
        final IdleStrategy idle = new BackoffIdleStrategy();
        final long deadlineNs = System.nanoTime() + LONGEST_NS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new AssertionError("never: " + what);
            }
            idle.idle();
        }
    }

    @Override
    public void close() {
        stopAll();
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

    private Path disk(final int memberId) {
        return directory.resolve("node" + memberId);
    }

    private Path keptDisk(final int memberId) {
        return directory.resolve("kept" + memberId);
    }

    private SequencerConfig config(final int memberId) {
        return new SequencerConfig(
                memberId,
                members,
                NodeStorage.of(
                        disk(memberId), directory.resolveSibling(directory.getFileName() + "-aeron" + memberId), 0),
                TIMINGS,
                new SequencerConfig.Load(IdleMode.SLEEP, SESSIONS_MAX),
                new LeaseSettings(LeaseLimits.DEFAULT, keys),
                UpkeepConfig.DEFAULT);
    }

    private static void copy(final Path from, final Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (final Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
