package io.fencegate.sequencer;

import io.fencegate.core.grant.SealKey;
import io.fencegate.core.lease.command.LeaseLimits;
import io.fencegate.sequencer.charter.Charter;
import io.fencegate.sequencer.login.Admission;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that one node of the sequencer needs to know. Limits, tick and number of members
 * decide answers: the cluster is founded with the first leader's, and a node with others stops. Which keys
 * are live is in the log, too, and a node stops that does not have them.
 *
 * <p>Immutable; any thread.
 *
 * @param memberId of this node, from 0
 * @param members where every node listens, in the order of their ids: 1, 3 or 5
 * @param directory of this node: log, snapshots, votes; it must not be shared and must outlive the process
 * @param aeronDirectory of this node's media driver: volatile, best in memory; emptied at start and removed at close
 * @param timings by which the node lives
 * @param fileSyncLevel 0: the page cache of a majority; 1: synced data; 2: synced data and metadata
 * @param idleMode of the node's threads
 * @param admission whom to let in, and how many at once
 * @param limits of the lease table
 * @param keyFile where this node finds the keys of the seals; the log says which of them are live. None: grants bear
 *     no seals
 */
public record SequencerConfig(
        int memberId,
        List<MemberEndpoints> members,
        Path directory,
        Path aeronDirectory,
        SequencerTimings timings,
        int fileSyncLevel,
        IdleMode idleMode,
        Admission admission,
        LeaseLimits limits,
        SealKey.Source keyFile) {
    private static final int FILE_SYNC_LEVEL_MAX = 2;
    private static final int MEMBERS_MAX = 5;

    /** Checks the values and freezes the lists. */
    public SequencerConfig {
        members = List.copyOf(members);
        directory = directory.toAbsolutePath().normalize();
        aeronDirectory = aeronDirectory.toAbsolutePath().normalize();
        check(members.size() <= MEMBERS_MAX && members.size() % 2 == 1, "members", members.size(), "1, 3 or 5");
        check(memberId >= 0 && memberId < members.size(), "memberId", memberId, "0 to " + (members.size() - 1));
        check(
                fileSyncLevel >= 0 && fileSyncLevel <= FILE_SYNC_LEVEL_MAX,
                "fileSyncLevel",
                fileSyncLevel,
                "0 to " + FILE_SYNC_LEVEL_MAX);
        if (aeronDirectory.startsWith(directory) || directory.startsWith(aeronDirectory)) {
            throw new IllegalArgumentException("aeronDirectory is emptied at start and must not share a path with"
                    + " directory: aeronDirectory=" + aeronDirectory + " directory=" + directory);
        }
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
                directory,
                aeronDirectory,
                SequencerTimings.deployed(),
                1,
                IdleMode.BACKOFF,
                Admission.ANONYMOUS,
                LeaseLimits.DEFAULT,
                keyFile);
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
                    directory.resolve("node" + i),
                    aeronDirectory.resolveSibling(aeronDirectory.getFileName() + "-node" + i),
                    SequencerTimings.embedded(),
                    0,
                    IdleMode.BACKOFF,
                    Admission.ANONYMOUS,
                    LeaseLimits.DEFAULT,
                    keyFile));
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
        return new SequencerConfig(
                memberId,
                members,
                directory,
                aeronDirectory,
                other,
                fileSyncLevel,
                idleMode,
                admission,
                limits,
                keyFile);
    }

    /**
     * The same with threads that idle otherwise.
     *
     * @param other idle mode
     * @return a copy
     */
    public SequencerConfig withIdleMode(final IdleMode other) {
        return new SequencerConfig(
                memberId,
                members,
                directory,
                aeronDirectory,
                timings,
                fileSyncLevel,
                other,
                admission,
                limits,
                keyFile);
    }

    /**
     * The same with other limits. A node stops where they are not those that the cluster was founded with.
     *
     * @param other limits, the same on every node
     * @return a copy
     */
    public SequencerConfig withLimits(final LeaseLimits other) {
        return new SequencerConfig(
                memberId,
                members,
                directory,
                aeronDirectory,
                timings,
                fileSyncLevel,
                idleMode,
                admission,
                other,
                keyFile);
    }

    /**
     * The same with other clients let in.
     *
     * @param other admission
     * @return a copy
     */
    public SequencerConfig withAdmission(final Admission other) {
        return new SequencerConfig(
                memberId, members, directory, aeronDirectory, timings, fileSyncLevel, idleMode, other, limits, keyFile);
    }

    /**
     * The same with other keys.
     *
     * @param other where the node finds them
     * @return a copy
     */
    public SequencerConfig withKeys(final SealKey.Source other) {
        return new SequencerConfig(
                memberId,
                members,
                directory,
                aeronDirectory,
                timings,
                fileSyncLevel,
                idleMode,
                admission,
                limits,
                other);
    }

    /** What every node must be configured with alike. */
    Charter charter() {
        return new Charter(members.size(), timings.tickMs(), limits);
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
