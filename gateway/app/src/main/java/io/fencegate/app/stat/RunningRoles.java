package io.fencegate.app.stat;

import io.aeron.AeronCounters;
import io.aeron.driver.status.SystemCounterDescriptor;
import io.fencegate.app.cli.CommandException;
import io.fencegate.app.cli.ExitCode;
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
    private static final int GATEWAY_TYPE_ID_LIMIT = 5200;
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
                    roles.add(NodeCounters.read(node, counters));
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
            counters.forEach((typeId, key, label, value) -> {
                if (typeId == GatewayCounters.STATE_TYPE_ID) {
                    gateway.put("state", lineState(value));
                } else if (typeId > GATEWAY_TYPE_ID_MIN && typeId < GATEWAY_TYPE_ID_LIMIT) {
                    put(gateway, label, value);
                } else if (typeId == AeronCounters.DRIVER_SYSTEM_COUNTER_TYPE_ID) {
                    system.put(
                            camelCase(SystemCounterDescriptor.get(key.getInt(0)).name()), value);
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

    /** A counter of the gateway: its label is {@code fencegate gateway what it counts[: explanation]}. */
    private static void put(final RoleStat gateway, final String label, final long value) {
        final int verdict = label.indexOf(VERDICT);
        if (verdict >= 0) {
            gateway.put("answers", label.substring(verdict + VERDICT.length()), value);
        } else {
            gateway.put(camelCase(label.replaceFirst("^fencegate gateway ", "").replaceFirst(":.*", "")), value);
        }
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
