package io.fencegate.app.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Settings that are values each, and make no sense together.
 *
 * <p>Pure functions; any thread.
 */
public final class Contradictions {
    /** Ports that a node of a deployed sequencer uses, from its own on. */
    private static final int PORTS_PER_MEMBER = 5;

    private Contradictions() {}

    /**
     * Checks a configuration before anything is built from it.
     *
     * @param configuration to check
     * @throws ConfigurationException that names every contradiction
     */
    public static void check(final Configuration configuration) {
        final List<String> found = new ArrayList<>();
        checkUdp(configuration, found);
        checkMembers(configuration, found);
        checkNames(configuration, found);
        if (!found.isEmpty()) {
            throw new ConfigurationException(String.join("; ", found));
        }
    }

    private static void checkUdp(final Configuration configuration, final List<String> found) {
        final Optional<String> requests = configuration.get(Settings.GATEWAY_UDP_REQUESTS);
        final Optional<String> answers = configuration.get(Settings.GATEWAY_UDP_ANSWERS);
        if (requests.isPresent() != answers.isPresent()) {
            found.add("gateway.udp.requests and gateway.udp.answers go together: "
                    + said(configuration, Settings.GATEWAY_UDP_REQUESTS) + " "
                    + said(configuration, Settings.GATEWAY_UDP_ANSWERS) + ", set both or none");
        } else if (requests.isPresent() && requests.equals(answers)) {
            found.add("gateway.udp.requests and gateway.udp.answers need a port each: "
                    + said(configuration, Settings.GATEWAY_UDP_REQUESTS));
        }
    }

    private static void checkMembers(final Configuration configuration, final List<String> found) {
        final List<String> members = configuration.get(Settings.SEQUENCER_MEMBERS);
        if (members.isEmpty()) {
            return;
        }
        final int count = members.size();
        if (count != 1 && count != 3 && count != 5) {
            found.add("a sequencer has 1, 3 or 5 nodes: sequencer.members names " + count);
        }
        final boolean isChosen = !configuration.origin(Settings.SEQUENCER_NODES).equals(Configuration.DEFAULT_ORIGIN);
        if (isChosen && configuration.get(Settings.SEQUENCER_NODES).count() != count) {
            found.add("sequencer.members names " + count + " nodes, and "
                    + said(configuration, Settings.SEQUENCER_NODES) + ": leave sequencer.nodes out");
        }
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < i; j++) {
                if (host(members.get(i)).equals(host(members.get(j)))
                        && Math.abs(port(members.get(i)) - port(members.get(j))) < PORTS_PER_MEMBER) {
                    found.add("two nodes of sequencer.members share ports: " + members.get(j) + " and " + members.get(i)
                            + "; each uses " + PORTS_PER_MEMBER + " from its own on");
                }
            }
        }
    }

    private static void checkNames(final Configuration configuration, final List<String> found) {
        final int resources = configuration.get(Settings.FENCES_CAPACITY);
        if (configuration.get(Settings.FENCES_NAMES_LENGTH) < resources) {
            found.add("every resource has a name of at least a byte: " + said(configuration, Settings.FENCES_CAPACITY)
                    + " " + said(configuration, Settings.FENCES_NAMES_LENGTH) + ", raise fences.names.length");
        }
    }

    private static String said(final Configuration configuration, final Setting<?> setting) {
        return setting.name() + "=" + configuration.text(setting) + " (" + configuration.origin(setting) + ")";
    }

    private static String host(final String endpoint) {
        return endpoint.substring(0, endpoint.lastIndexOf(':'));
    }

    private static int port(final String endpoint) {
        return Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1));
    }
}
