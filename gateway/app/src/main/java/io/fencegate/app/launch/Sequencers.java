package io.fencegate.app.launch;

import io.fencegate.app.cli.CommandException;
import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.config.Configuration;
import io.fencegate.app.config.Settings;
import io.fencegate.core.grant.SealKey;
import io.fencegate.sequencer.SequencerCluster;
import io.fencegate.sequencer.SequencerInUseException;
import io.fencegate.sequencer.service.StopListener.StopReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The sequencer of a system, all nodes in this process.
 *
 * <p>The main thread.
 */
public final class Sequencers {
    private static final long LEADER_TIMEOUT_MS = 60_000;

    private Sequencers() {}

    /**
     * Starts every node and waits for a leader.
     *
     * @param configuration that tells how many nodes
     * @param directory of the sequencer; what it holds is carried on
     * @param keys live keys, the newest first
     * @param assembly that closes the sequencer
     * @return what clients connect to
     * @throws CommandException USAGE if the directory belongs to another process or another number of nodes,
     *     NOT_REACHABLE if no leader is found
     */
    public static String launch(
            final Configuration configuration,
            final Path directory,
            final List<SealKey> keys,
            final Assembly assembly) {
        final int nodes = configuration.get(Settings.SEQUENCER_NODES).count();
        requireSameNodes(directory, nodes);
        try {
            final SequencerCluster cluster = assembly.add(SequencerCluster.launch(
                    nodes,
                    directory,
                    keys,
                    (member, reason, fact, cause) -> FailStop.stop(
                            reason == StopReason.CLUSTER_LOST ? ExitCode.LOST : ExitCode.IMPOSSIBLE, fact, cause)));
            if (!cluster.awaitLeader(LEADER_TIMEOUT_MS)) {
                throw new CommandException(
                        ExitCode.NOT_REACHABLE,
                        "the sequencer found no leader: nodes=" + nodes + " waitedMs=" + LEADER_TIMEOUT_MS);
            }
            return cluster.ingressEndpoints();
        } catch (final SequencerInUseException inUse) {
            throw new CommandException(ExitCode.USAGE, "the directory is in use: " + inUse.getMessage());
        }
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
}
