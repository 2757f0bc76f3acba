package io.fencegate.sequencer;

import io.fencegate.core.grant.SealKey;
import io.fencegate.core.lease.command.LeaseLimits;
import io.fencegate.sequencer.charter.Charter;
import io.fencegate.sequencer.charter.LeaseSettings;
import io.fencegate.sequencer.login.Admission;
import io.fencegate.sequencer.upkeep.UpkeepConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that one node of the sequencer needs to know. Limits, tick and number of members decide answers:
 * the cluster is founded with the first leader's, and a node with others stops. Which keys are live is in the log, too, and
 * a node stops that does not have them.
 *
 * <p>Immutable; any thread.
 *
 * @param memberId of this node, from 0
 * @param members where every node listens, in the order of their ids: 1, 3 or 5
 * @param storage where this node keeps what
 * @param timings by which the node lives
 * @param load what it may take of its machine
 * @param leases what decides answers, and where the node finds its keys
 * @param upkeep when it takes snapshots, and by which bounds it is ready
 */
public record SequencerConfig(
        int memberId,
        List<MemberEndpoints> members,
        NodeStorage storage,
        SequencerTimings timings,
        Load load,
        LeaseSettings leases,
        UpkeepConfig upkeep) {
    private static final int MEMBERS_MAX = 5;

    /**
     * What a node may take of its machine.
     *
     * <p>Immutable; any thread.
     *
     * @param idleMode of the node's threads
     * @param admission whom it lets in, and how many at once
     */
    public record Load(IdleMode idleMode, Admission admission) {
        /**
         * Lets everybody in.
         *
         * @param idleMode of the node's threads
         * @param sessionsMax clients connected at once, 1 to 10000
         */
        public Load(final IdleMode idleMode, final int sessionsMax) {
            this(idleMode, Admission.anonymous(sessionsMax));
        }

        /** How many clients are let in at once. @return 1 to 10000 */
        public int sessionsMax() {
            return admission.sessionsMax();
        }
    }

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
     * @param keyFile where each node finds its keys
     * @return the configuration
     */
    public static SequencerConfig deployed(
            final int memberId,
            final List<MemberEndpoints> members,
            final Path directory,
            final Path aeronDirectory,
            final SealKey.Source keyFile) {
        return new SequencerConfig(
                memberId,
                members,
                NodeStorage.of(directory, aeronDirectory, 1),
                SequencerTimings.deployed(),
                new Load(IdleMode.BACKOFF, Admission.SESSIONS_MAX_DEFAULT),
                new LeaseSettings(LeaseLimits.DEFAULT, keyFile),
                UpkeepConfig.DEFAULT);
    }

    /**
     * The nodes of a cluster within one process: they survive the process, not the machine's power.
     *
     * @param members where every node listens
     * @param directory under which each node gets one of its own
     * @param aeronDirectory path to which each node's number is added
     * @param keyFile where each node finds its keys
     * @return a configuration for each node, in the order of their ids
     */
    public static List<SequencerConfig> embedded(
            final List<MemberEndpoints> members,
            final Path directory,
            final Path aeronDirectory,
            final SealKey.Source keyFile) {
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
                    new Load(IdleMode.BACKOFF, Admission.SESSIONS_MAX_DEFAULT),
                    new LeaseSettings(LeaseLimits.DEFAULT, keyFile),
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
        return new SequencerConfig(memberId, members, storage, other, load, leases, upkeep);
    }

    /**
     * The same with other storage.
     *
     * @param other storage
     * @return a copy
     */
    public SequencerConfig withStorage(final NodeStorage other) {
        return new SequencerConfig(memberId, members, other, timings, load, leases, upkeep);
    }

    /**
     * The same with threads that idle otherwise.
     *
     * @param other idle mode
     * @return a copy
     */
    public SequencerConfig withIdleMode(final IdleMode other) {
        final Load otherLoad = new Load(other, load.admission());
        return new SequencerConfig(memberId, members, storage, timings, otherLoad, leases, upkeep);
    }

    /**
     * The same with other limits. A node stops where they are not those that the cluster was founded with.
     *
     * @param other limits, the same on every node
     * @return a copy
     */
    public SequencerConfig withLimits(final LeaseLimits other) {
        final LeaseSettings otherLeases = new LeaseSettings(other, leases.keyFile());
        return new SequencerConfig(memberId, members, storage, timings, load, otherLeases, upkeep);
    }

    /**
     * The same with other clients let in.
     *
     * @param other admission
     * @return a copy
     */
    public SequencerConfig withAdmission(final Admission other) {
        final Load otherLoad = new Load(load.idleMode(), other);
        return new SequencerConfig(memberId, members, storage, timings, otherLoad, leases, upkeep);
    }

    /**
     * The same with other keys.
     *
     * @param other where the node finds them
     * @return a copy
     */
    public SequencerConfig withKeys(final SealKey.Source other) {
        final LeaseSettings otherLeases = new LeaseSettings(leases.limits(), other);
        return new SequencerConfig(memberId, members, storage, timings, load, otherLeases, upkeep);
    }

    /**
     * The same with other upkeep.
     *
     * @param other upkeep
     * @return a copy
     */
    public SequencerConfig withUpkeep(final UpkeepConfig other) {
        return new SequencerConfig(memberId, members, storage, timings, load, leases, other);
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
        return new Charter(members.size(), timings.tickMs(), leases.limits());
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
