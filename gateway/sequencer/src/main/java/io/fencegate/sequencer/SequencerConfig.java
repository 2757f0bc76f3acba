package io.fencegate.sequencer;

import io.fencegate.core.grant.SealKey;
import io.fencegate.core.lease.command.LeaseLimits;
import io.fencegate.sequencer.charter.Charter;
import io.fencegate.sequencer.upkeep.UpkeepConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that one node of the sequencer needs to know. Limits, tick and number of members
 * decide answers: the cluster is founded with the first leader's, and a node with others stops. Keys must be the same on
 * every node.
 *
 * <p>Immutable; any thread.
 *
 * @param memberId of this node, from 0
 * @param members where every node listens, in the order of their ids: 1, 3 or 5
 * @param storage where this node keeps what
 * @param timings by which the node lives
 * @param load what it may take of its machine
 * @param law what decides answers, the same on every node
 * @param upkeep when it takes snapshots, and by which bounds it is ready
 */
public record SequencerConfig(
        int memberId,
        List<MemberEndpoints> members,
        NodeStorage storage,
        SequencerTimings timings,
        NodeLoad load,
        LeaseLaw law,
        UpkeepConfig upkeep) {
    private static final int MEMBERS_MAX = 5;

    /** Checks the values and freezes the list. */
    public SequencerConfig {
        members = List.copyOf(members);
        check(members.size() <= MEMBERS_MAX && members.size() % 2 == 1, "members", members.size(), "1, 3 or 5");
        check(memberId >= 0 && memberId < members.size(), "memberId", memberId, "0 to " + (members.size() - 1));
    }

    /**
     * A node on a host of its own: what it says is synced to disk on a majority before it is said.
     *
     * @param memberId of this node, from 0
     * @param members where every node listens
     * @param directory of this node
     * @param aeronDirectory of its media driver
     * @param sealKeys live keys, the newest first
     * @return the configuration
     */
    public static SequencerConfig deployed(
            final int memberId,
            final List<MemberEndpoints> members,
            final Path directory,
            final Path aeronDirectory,
            final List<SealKey> sealKeys) {
        return new SequencerConfig(
                memberId,
                members,
                NodeStorage.of(directory, aeronDirectory, 1),
                SequencerTimings.deployed(),
                new NodeLoad(IdleMode.BACKOFF, NodeLoad.SESSIONS_MAX_DEFAULT),
                new LeaseLaw(LeaseLimits.DEFAULT, sealKeys),
                UpkeepConfig.DEFAULT);
    }

    /**
     * The nodes of a cluster within one process: they survive the process, not the machine's power.
     *
     * @param members where every node listens
     * @param directory under which each node gets one of its own
     * @param aeronDirectory path to which each node's number is added
     * @param sealKeys live keys, the newest first
     * @return a configuration for each node, in the order of their ids
     */
    public static List<SequencerConfig> embedded(
            final List<MemberEndpoints> members,
            final Path directory,
            final Path aeronDirectory,
            final List<SealKey> sealKeys) {
        final List<SequencerConfig> configs = new ArrayList<>(members.size());
        for (int i = 0; i < members.size(); i++) {
            configs.add(new SequencerConfig(
                    i,
                    members,
                    NodeStorage.of(
                            directory.resolve("node" + i),
                            aeronDirectory.resolveSibling(aeronDirectory.getFileName() + "-node" + i),
                            0),
                    SequencerTimings.embedded(),
                    new NodeLoad(IdleMode.BACKOFF, NodeLoad.SESSIONS_MAX_DEFAULT),
                    new LeaseLaw(LeaseLimits.DEFAULT, sealKeys),
                    UpkeepConfig.DEFAULT));
        }
        return configs;
    }

    /**
     * The same with other times.
     *
     * @param other times
     * @return a copy
     */
    public SequencerConfig withTimings(final SequencerTimings other) {
        return new SequencerConfig(memberId, members, storage, other, load, law, upkeep);
    }

    /**
     * The same with other storage.
     *
     * @param other storage
     * @return a copy
     */
    public SequencerConfig withStorage(final NodeStorage other) {
        return new SequencerConfig(memberId, members, other, timings, load, law, upkeep);
    }

    /**
     * The same with threads that idle otherwise.
     *
     * @param other idle mode
     * @return a copy
     */
    public SequencerConfig withIdleMode(final IdleMode other) {
        final NodeLoad otherLoad = new NodeLoad(other, load.sessionsMax());
        return new SequencerConfig(memberId, members, storage, timings, otherLoad, law, upkeep);
    }

    /**
     * The same with other limits. A node stops where they are not those that the cluster was founded with.
     *
     * @param other limits, the same on every node
     * @return a copy
     */
    public SequencerConfig withLimits(final LeaseLimits other) {
        final LeaseLaw otherLaw = new LeaseLaw(other, law.sealKeys());
        return new SequencerConfig(memberId, members, storage, timings, load, otherLaw, upkeep);
    }

    /**
     * The same with other upkeep.
     *
     * @param other upkeep
     * @return a copy
     */
    public SequencerConfig withUpkeep(final UpkeepConfig other) {
        return new SequencerConfig(memberId, members, storage, timings, load, law, other);
    }

    /** Directory of this node. @return absolute */
    public Path directory() {
        return storage.directory();
    }

    /** Directory of this node's media driver. @return absolute */
    public Path aeronDirectory() {
        return storage.aeronDirectory();
    }

    /** What every node must be configured with alike. */
    Charter charter() {
        return new Charter(members.size(), timings.tickMs(), law.limits());
    }

    /** Where this node listens. */
    MemberEndpoints self() {
        return members.get(memberId);
    }

    private static void check(final boolean holds, final String name, final long value, final String rule) {
        if (!holds) {
            throw new IllegalArgumentException(name + "=" + value + " must be " + rule);
        }
    }
}
