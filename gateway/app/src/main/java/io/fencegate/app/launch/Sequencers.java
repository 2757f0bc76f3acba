package io.fencegate.app.launch;

import io.fencegate.app.cli.CommandException;
import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.cli.Failures;
import io.fencegate.app.config.Configuration;
import io.fencegate.app.config.Settings;
import io.fencegate.core.grant.SealKey;
import io.fencegate.sequencer.FreePorts;
import io.fencegate.sequencer.MemberEndpoints;
import io.fencegate.sequencer.SequencerCluster;
import io.fencegate.sequencer.SequencerConfig;
import io.fencegate.sequencer.SequencerInUseException;
import io.fencegate.sequencer.SequencerNode;
import io.fencegate.sequencer.login.Admission;
import io.fencegate.sequencer.service.StopListener;
import io.fencegate.sequencer.upkeep.Readiness;
import io.fencegate.sequencer.upkeep.UpkeepConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The sequencer of a system: all nodes in this process, or one of them.
 *
 * <p>The main thread.
 */
public final class Sequencers {
    private static final long LEADER_TIMEOUT_MS = 60_000;
    private static final long LEADER_POLL_MS = 100;

    private Sequencers() {}

    /**
     * Starts every node and waits for a leader.
     *
     * @param configuration that tells how many nodes
     * @param directory of the sequencer; what it holds is carried on
     * @param keys where the nodes find the keys of the seals
     * @param admission whom it lets in
     * @param assembly that closes the sequencer
     * @return what clients connect to
     * @throws CommandException USAGE if the directory belongs to another process or another number of nodes,
     *     NOT_REACHABLE if no leader is found
     */
    public static String launch(
            final Configuration configuration,
            final Path directory,
            final SealKey.Source keys,
            final Admission admission,
            final Assembly assembly) {
        final int nodes = configuration.get(Settings.SEQUENCER_NODES).count();
        requireSameNodes(directory, nodes);
        final Path aeronDirectory = SharedMemory.of(configuration).embeddedNodes(directory);
        final List<Path> nodeDirectories = IntStream.range(0, nodes)
                .mapToObj(node -> aeronDirectory.resolveSibling(aeronDirectory.getFileName() + "-node" + node))
                .toList();
        SharedMemory.require(nodeDirectories);
        try {
            final List<SequencerConfig> configs =
                    SequencerConfig.embedded(FreePorts.find("localhost", nodes), directory, aeronDirectory, keys)
                            .stream()
                            .map(config -> config.withAdmission(admission).withUpkeep(upkeep(configuration)))
                            .toList();
            final SequencerCluster cluster = assembly.add(SequencerCluster.launch(configs, new Nodes()));
            nodeDirectories.forEach(SharedMemory::protect);
            final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LEADER_TIMEOUT_MS);
            boolean hasLeader = false;
            while (!hasLeader && deadlineNs - System.nanoTime() > 0) {
                assembly.checkWanted();
                hasLeader = cluster.awaitLeader(LEADER_POLL_MS);
            }
            if (!hasLeader) {
                throw new CommandException(
                        ExitCode.NOT_REACHABLE,
                        "the sequencer found no leader: nodes=" + nodes + " waitedMs=" + LEADER_TIMEOUT_MS);
            }
            return cluster.ingressEndpoints();
        } catch (final SequencerInUseException inUse) {
            throw new CommandException(ExitCode.USAGE, "the directory is in use: " + inUse.getMessage());
        } catch (final UncheckedIOException unusable) {
            throw unusable(directory, unusable);
        } catch (final IllegalArgumentException wrong) {
            throw new CommandException(
                    ExitCode.USAGE, "cannot use the directory of the sequencer: " + wrong.getMessage());
        }
    }

    /**
     * Starts one node of a deployed sequencer, and waits until it takes part; the others run elsewhere.
     *
     * @param configuration that tells the members
     * @param node number of this one, from 0
     * @param directory of this node
     * @param keys where the nodes find the keys of the seals
     * @param admission whom it lets in
     * @param assembly that closes the node
     * @return what clients connect to
     * @throws CommandException USAGE if the members are not told, or the directory belongs to another process
     */
    public static String launchNode(
            final Configuration configuration,
            final int node,
            final Path directory,
            final SealKey.Source keys,
            final Admission admission,
            final Assembly assembly) {
        final List<MemberEndpoints> members = configuration.get(Settings.SEQUENCER_MEMBERS).stream()
                .map(Sequencers::member)
                .toList();
        requirePorts(members, node);
        final Path aeronDirectory = SharedMemory.of(configuration).deployedNode(directory, node);
        SharedMemory.require(List.of(aeronDirectory));
        try {
            final SequencerNode launched = assembly.add(SequencerNode.launch(
                    SequencerConfig.deployed(node, members, directory.resolve("node" + node), aeronDirectory, keys)
                            .withAdmission(admission)
                            .withUpkeep(upkeep(configuration)),
                    new Nodes()));
            SharedMemory.protect(aeronDirectory);
            while (launched.readiness() == Readiness.WAITING || launched.readiness() == Readiness.SEEDING) {
                assembly.checkWanted();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LEADER_POLL_MS));
            }
            return MemberEndpoints.ingressEndpoints(members);
        } catch (final SequencerInUseException inUse) {
            throw new CommandException(ExitCode.USAGE, "the directory is in use: " + inUse.getMessage());
        } catch (final UncheckedIOException unusable) {
            throw unusable(directory, unusable);
        } catch (final IllegalArgumentException wrong) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "the sequencer's configuration is wrong: " + wrong.getMessage()
                            + "; see sequencer.members and --node");
        }
    }

    private static UpkeepConfig upkeep(final Configuration configuration) {
        return UpkeepConfig.DEFAULT.withSnapshotLength(configuration.get(Settings.SEQUENCER_SNAPSHOT_LENGTH));
    }

    /** A node whose ports are not its own would start, and be alone for ever. */
    private static void requirePorts(final List<MemberEndpoints> members, final int node) {
        if (members.isEmpty()) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "sequencer.members is not set: a node needs to know them all, from node 0 on, as"
                            + " --set sequencer.members=a:9000,b:9000,c:9000 or in the file of --config");
        }
        if (node < 0 || node >= members.size()) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "there is no such node: --node " + node + " nodes=" + members.size()
                            + "; sequencer.members names them all, from node 0 on");
        }
        final MemberEndpoints own = members.get(node);
        for (int port = own.ingressPort(); port < own.ingressPort() + MemberEndpoints.PORTS; port++) {
            try {
                new DatagramSocket(new InetSocketAddress(own.host(), port)).close();
            } catch (final IOException taken) {
                throw new CommandException(
                        ExitCode.USAGE,
                        "a port of this node cannot be used: node=" + node + " endpoint=" + own.host() + ":" + port
                                + " reason=" + taken.getMessage() + "; a node needs " + MemberEndpoints.PORTS
                                + " UDP ports of this machine in a row, from that of sequencer.members on");
            }
        }
    }

    private static CommandException unusable(final Path directory, final UncheckedIOException reason) {
        return new CommandException(
                ExitCode.USAGE,
                "cannot use the directory of the sequencer: dir=" + directory + " reason=" + Failures.describe(reason)
                        + "; make it a directory that this user may write, or choose another one with --dir");
    }

    private static MemberEndpoints member(final String endpoint) {
        final int colon = endpoint.lastIndexOf(':');
        return MemberEndpoints.of(endpoint.substring(0, colon), Integer.parseInt(endpoint.substring(colon + 1)));
    }

    private static void requireSameNodes(final Path directory, final int nodes) {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> entries = Files.list(directory)) {
            final long before = entries.filter(
                            entry -> entry.getFileName().toString().startsWith("node"))
                    .count();
            if (before != 0 && before != nodes) {
                throw new CommandException(
                        ExitCode.USAGE,
                        "the sequencer in this directory has another number of nodes: directory=" + directory
                                + " nodes=" + before + " asked=" + nodes + "; use --nodes " + before
                                + " or another --dir");
            }
        } catch (final IOException unreadable) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "cannot read the directory: dir=" + directory + " reason=" + unreadable.getMessage());
        }
    }

    /** Ends the process when a node ends, and passes on what it waits for. */
    private static final class Nodes implements StopListener {
        @Override
        public void onStopped(final int member, final StopReason reason, final String fact, final Throwable cause) {
            final ExitCode exitCode = switch (reason) {
                case CONFIGURATION, KEY_MISSING -> ExitCode.USAGE;
                case IMPOSSIBLE_STATE -> ExitCode.IMPOSSIBLE;
                case CLUSTER_LOST -> ExitCode.LOST;
            };
            FailStop.stop(exitCode, fact, cause);
        }

        @Override
        public void onProgress(final int member, final String fact) {
            System.err.println("fencegate: sequencer: " + fact);
        }
    }
}
