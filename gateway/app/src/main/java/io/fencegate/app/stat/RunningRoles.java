package io.fencegate.app.stat;

import io.aeron.AeronCounters;
import io.aeron.cluster.ConsensusModule;
import io.aeron.cluster.ElectionState;
import io.aeron.cluster.service.Cluster;
import io.fencegate.app.cli.CommandException;
import io.fencegate.app.cli.ExitCode;
import io.fencegate.app.config.AeronSettings;
import io.fencegate.app.config.Configuration;
import io.fencegate.app.config.Settings;
import io.fencegate.app.launch.Drivers;
import io.fencegate.app.launch.SharedMemory;
import io.fencegate.app.launch.StateDirectory;
import io.fencegate.storage.line.GatewayCounters;
import io.fencegate.storage.line.LineState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Finds the roles of a system that run on this machine, and reads what they count from their media drivers' files.
 *
 * <p>One thread.
 */
final class RunningRoles {
    private static final int GATEWAY_TYPE_ID_MIN = 5100;
    private static final int SEQUENCER_TYPE_ID_MIN = 5200;
    private static final int TYPE_ID_LIMIT = 5300;
    private static final String VERDICT = "verdict=";

    private final Path driver;
    private final List<Path> nodes;

    private RunningRoles(final Path driver, final List<Path> nodes) {
        this.driver = driver;
        this.nodes = nodes;
    }

    /**
     * The roles of a system.
     *
     * @param configuration that tells where drivers keep their files
     * @param directory of the system
     * @return where to look
     */
    static RunningRoles of(final Configuration configuration, final Path directory) {
        AeronSettings.apply(configuration);
        return new RunningRoles(
                configuration
                        .get(Settings.CLIENT_AERON_DIRECTORY)
                        .orElseGet(() -> Drivers.directory(configuration, directory)),
                SharedMemory.of(configuration).nodes(StateDirectory.sequencer(directory)));
    }

    /**
     * Reads the counters of everything that lives.
     *
     * @return driver, gateway and sequencer nodes, as far as they are there
     * @throws CommandException USAGE if a file cannot be read
     */
    List<RoleStat> read() {
        final List<RoleStat> roles = new ArrayList<>();
        readDriver(roles);
        roles.addAll(readNodes());
        return roles;
    }

    /**
     * Reads the counters of the sequencer's nodes.
     *
     * @return in the order of their numbers, as far as they live
     * @throws CommandException USAGE if a file cannot be read
     */
    List<RoleStat> readNodes() {
        final List<RoleStat> roles = new ArrayList<>();
        for (final Path node : nodes) {
            try (CountersFile counters = CountersFile.open(node)) {
                if (counters != null) {
                    roles.add(node(node, counters));
                }
            } catch (final IOException unreadable) {
                throw unreadable(node, unreadable);
            }
        }
        return roles;
    }

    private void readDriver(final List<RoleStat> roles) {
        try (CountersFile counters = CountersFile.open(driver)) {
            if (counters == null) {
                return;
            }
            final RoleStat gateway = new RoleStat("gateway", "");
            final RoleStat system = new RoleStat("driver", "");
            system.put("pid", counters.pid());
            system.put("aeronDirectory", driver.toString());
            counters.forEach((typeId, label, value) -> {
                if (typeId == GatewayCounters.STATE_TYPE_ID) {
                    gateway.put("state", lineState(value));
                } else if (typeId > GATEWAY_TYPE_ID_MIN && typeId < SEQUENCER_TYPE_ID_MIN) {
                    put(gateway, "answers", label, value);
                } else if (typeId == AeronCounters.DRIVER_SYSTEM_COUNTER_TYPE_ID) {
                    system.put(camelCase(label), value);
                }
            });
            if (!gateway.text("state").equals("-")) {
                roles.add(gateway);
            }
            roles.add(system);
        } catch (final IOException unreadable) {
            throw unreadable(driver, unreadable);
        }
    }

    private static RoleStat node(final Path aeronDirectory, final CountersFile counters) {
        final String number = aeronDirectory.getFileName().toString().replaceAll(".*node(\\d).*", "$1");
        final RoleStat node = new RoleStat("sequencer", "node" + number);
        node.put("node", Long.valueOf(number));
        node.put("pid", counters.pid());
        counters.forEach((typeId, label, value) -> {
            switch (typeId) {
                case AeronCounters.CLUSTER_NODE_ROLE_TYPE_ID ->
                    node.put("nodeRole", Cluster.Role.get(value).name());
                case AeronCounters.CLUSTER_CONSENSUS_MODULE_STATE_TYPE_ID ->
                    node.put("state", ConsensusModule.State.get(value).name());
                case AeronCounters.CLUSTER_ELECTION_STATE_TYPE_ID ->
                    node.put("election", ElectionState.get(value).name());
                case AeronCounters.CLUSTER_LEADERSHIP_TERM_ID_TYPE_ID -> node.put("leadershipTerm", value);
                case AeronCounters.CLUSTER_ELECTION_COUNT_TYPE_ID -> node.put("elections", value);
                case AeronCounters.CLUSTER_COMMIT_POSITION_TYPE_ID -> node.put("positionCommitted", value);
                case AeronCounters.CLUSTER_CLIENT_TIMEOUT_COUNT_TYPE_ID -> node.put("clientTimeouts", value);
                case AeronCounters.CLUSTER_CONSENSUS_MODULE_ERROR_COUNT_TYPE_ID,
                        AeronCounters.CLUSTER_CLUSTERED_SERVICE_ERROR_COUNT_TYPE_ID ->
                    node.put("errors", node.number("errors", 0) + value);
                default -> {
                    if (typeId >= SEQUENCER_TYPE_ID_MIN && typeId < TYPE_ID_LIMIT) {
                        put(node, "refusals", label, value);
                    }
                }
            }
        });
        return node;
    }

    /** A counter of ours: its label is {@code fencegate ROLE what it counts[: explanation][verdict=VERDICT]}. */
    private static void put(final RoleStat role, final String group, final String label, final long value) {
        final int verdict = label.indexOf(VERDICT);
        if (verdict >= 0) {
            role.put(group, label.substring(verdict + VERDICT.length()), value);
            return;
        }
        final String own =
                label.replaceFirst("^fencegate (gateway|sequencer) ", "").replaceFirst(":.*", "");
        role.put(camelCase(own), value);
    }

    private static String lineState(final long code) {
        for (final LineState state : LineState.values()) {
            if (state.code() == code) {
                return state.name();
            }
        }
        return Long.toString(code);
    }

    private static String camelCase(final String label) {
        final StringBuilder name = new StringBuilder();
        for (final String word : label.replaceFirst(":.*", "").split("[^A-Za-z0-9]+")) {
            if (!word.isEmpty()) {
                final String lower = word.toLowerCase(Locale.ROOT);
                name.append(name.length() == 0 ? lower : Character.toUpperCase(lower.charAt(0)) + lower.substring(1));
            }
        }
        return name.toString();
    }

    private static CommandException unreadable(final Path aeronDirectory, final IOException reason) {
        return new CommandException(
                ExitCode.USAGE,
                "cannot read the counters: aeronDirectory=" + aeronDirectory + " reason="
                        + reason.getClass().getSimpleName() + ": " + reason.getMessage()
                        + "; run this as the user that runs the role, and with its version of Fencegate");
    }
}
