package io.fencegate.app;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.app.cli.CommandException;
import io.fencegate.app.config.Settings;
import io.fencegate.app.process.ChildProcess;
import io.fencegate.app.process.Role;
import io.fencegate.app.process.Stage;
import io.fencegate.sequencer.MemberEndpoints;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.agrona.CloseHelper;

/**
 * Three nodes of a deployed sequencer, each a process of its own, with one configuration file for all of them; looked at
 * by {@code sequencer status}. No process outlives it.
 *
 * <p>One thread.
 */
final class DeployedNodes implements AutoCloseable {
    static final int NODES = 3;

    /** For the last word of a process that has ended: it says it, but to another thread. */
    private static final long END_MS = 10_000;

    private static final int PORT_MIN = 12_000;
    private static final int PORT_MAX = 32_000;
    private static final Pattern FIELD = Pattern.compile("\"(\\w+)\":\"?([^\",}]*)");

    private final Stage stage;
    private final Path file;
    private final List<Role> nodes = new ArrayList<>();
    private int stopped = -1;

    private DeployedNodes(final Stage stage, final Path file) {
        this.stage = stage;
        this.file = file;
    }

    /** Starts all three and waits until one of them leads. */
    static DeployedNodes start(final Path directory) throws IOException {
        final Path memory = Files.createDirectory(directory.resolve("memory"));
        final int port = freePorts(NODES * MemberEndpoints.PORTS);
        final String members = IntStream.range(0, NODES)
                .mapToObj(i -> "localhost:" + (port + i * MemberEndpoints.PORTS))
                .collect(Collectors.joining(","));
        final Path file = Files.write(
                directory.resolve("sequencer.properties"),
                List.of(
                        Settings.SEQUENCER_MEMBERS.name() + "=" + members,
                        Settings.MEMORY_DIRECTORY.name() + "=" + memory));
        final DeployedNodes deployed = new DeployedNodes(Stage.open(directory.resolve("stage"), "unused"), file);
        final List<ChildProcess> launched =
                IntStream.range(0, NODES).mapToObj(deployed::launch).toList();
        launched.forEach(process -> deployed.nodes.add(deployed.stage.awaitRole(process)));
        deployed.leader();
        return deployed;
    }

    /** What clients connect to. */
    String endpoints() {
        return nodes.get(0).endpoint(Settings.CLIENT_SEQUENCER_ENDPOINTS);
    }

    /** The node that leads, once there is one; one that stands still does not count. */
    int leader() {
        final int[] leader = {-1};
        Await.until(
                () -> {
                    leader[0] = status().entrySet().stream()
                            .filter(node -> node.getKey() != stopped && isLeader(node.getValue()))
                            .map(Map.Entry::getKey)
                            .findFirst()
                            .orElse(-1);
                    return leader[0] >= 0;
                },
                () -> "no leader: " + status());
        return leader[0];
    }

    /** SIGSTOP. */
    void suspend(final int node) {
        stopped = node;
        nodes.get(node).process().suspend();
    }

    /**
     * SIGCONT. A node that others went on without for too long ends by itself, and is started again, as a service is by
     * its supervisor.
     *
     * @return whether it had to be
     */
    boolean resume(final int node) {
        final ChildProcess process = nodes.get(node).process();
        process.resume();
        Await.until(
                () -> !process.isAlive() || !isLeader(status().getOrDefault(node, Map.of())),
                () -> "it still leads: " + status());
        stopped = -1;
        if (process.isAlive()) {
            awaitCaughtUp(node);
            return false;
        }
        restart(node);
        return true;
    }

    /** kill -9. */
    void kill(final int node) {
        nodes.get(node).process().kill();
    }

    /** SIGTERM, and the node ends in good order. */
    void terminate(final int node) {
        final ChildProcess process = nodes.get(node).process();
        process.close();
        final CommandException ended = assertThrows(CommandException.class, () -> process.await(END_MS));
        assertTrue(ended.getMessage().contains("it ended with exit code 0"), ended::getMessage);
    }

    /** Starts a node that has ended, and waits until it knows what the leader knows. */
    void restart(final int node) {
        nodes.set(node, stage.awaitRole(launch(node)));
        awaitCaughtUp(node);
    }

    @Override
    public void close() {
        stage.close();
    }

    private ChildProcess launch(final int node) {
        return stage.launchRole(
                "node" + node, "sequencer", "--node", Integer.toString(node), "--config", file.toString());
    }

    private void awaitCaughtUp(final int node) {
        final long committed = Long.parseLong(status().get(leader()).get("positionCommitted"));
        Await.until(
                () -> {
                    final Map<String, String> own = status().getOrDefault(node, Map.of());
                    return "CLOSED".equals(own.get("election"))
                            && Long.parseLong(own.getOrDefault("positionApplied", "-1")) >= committed;
                },
                () -> "node=" + node + " is behind: committed=" + committed + " " + status());
    }

    private static boolean isLeader(final Map<String, String> node) {
        return "LEADER".equals(node.get("nodeRole"));
    }

    /** What each node that lives says of itself. */
    private Map<Integer, Map<String, String>> status() {
        final InProcess status = InProcess.run(
                "sequencer", "status", "--json", "--dir", stage.directory().toString(), "--config", file.toString());
        // 3: none runs, or not every one is ready.
        assertTrue(status.exitCode() == 0 || status.exitCode() == 3, status.err());
        return status.out()
                .lines()
                .map(DeployedNodes::fields)
                .collect(Collectors.toMap(
                        fields -> Integer.parseInt(fields.get("name").replace("node", "")), Function.identity()));
    }

    private static Map<String, String> fields(final String json) {
        return FIELD.matcher(json)
                .results()
                .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2), (one, other) -> one));
    }

    /** Ports of this machine in a row that nobody uses, below the range from which the system hands out its own. */
    private static int freePorts(final int count) throws IOException {
        int first = ThreadLocalRandom.current().nextInt(PORT_MIN, PORT_MAX - count);
        final List<DatagramSocket> held = new ArrayList<>();
        try {
            while (held.size() < count) {
                try {
                    held.add(new DatagramSocket(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), first + held.size())));
                } catch (final IOException used) {
                    first = ThreadLocalRandom.current().nextInt(PORT_MIN, PORT_MAX - count);
                    CloseHelper.closeAll(held);
                    held.clear();
                }
            }
            return first;
        } finally {
            CloseHelper.closeAll(held);
        }
    }
}
