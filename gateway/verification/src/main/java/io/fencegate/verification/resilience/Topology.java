package io.fencegate.verification.resilience;

import io.fencegate.app.config.Configuration;
import io.fencegate.app.config.Settings;
import io.fencegate.app.config.Source;
import io.fencegate.app.launch.SealKeyFile;
import io.fencegate.app.launch.SharedMemory;
import io.fencegate.app.launch.StateDirectory;
import io.fencegate.app.process.Actor;
import io.fencegate.app.process.ChildProcess;
import io.fencegate.app.process.Facts;
import io.fencegate.app.process.Role;
import io.fencegate.app.process.Stage;
import io.fencegate.sequencer.MemberEndpoints;
import io.fencegate.verification.cable.CableDriver;
import io.fencegate.verification.script.ScriptedClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.IoUtil;

/**
 * A deployed system in small, each part a process of its own that can be stopped, killed and started again:
 *
 * <pre>
 *   3 nodes of a sequencer ──UDP──┬── media driver with a cable ── client A
 *   media driver ── gateway ──UDP─┘
 *        └── clients B and C, in one process
 * </pre>
 *
 * <p>One thread; whatever happens, no process outlives the stage.
 */
final class Topology implements AutoCloseable {
    static final int NODES = 3;

    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long PATIENT_MS = TimeUnit.MINUTES.toMillis(5);
    private static final long DRIVER_ANSWER_MS = 10_000;
    private static final long NODE_END_MS = 3_000;

    private final Stage stage;
    private final Times times;
    private final Path memory;
    private final Path clientAeron;
    private final String members;
    private final String gatewayRequests;
    private final String gatewayAnswers;
    private final String sealKey;
    private final List<Role> nodes = new ArrayList<>();
    private Role driver;
    private Role gateway;
    private Actor clientDriver;
    private Actor client;
    private Actor rivals;
    private Diary a;
    private Diary impatient;
    private Diary b;
    private Diary c;

    private Topology(final Stage stage, final Times times) {
        this.stage = stage;
        this.times = times;
        memory = memory();
        stage.removeAtEnd(memory);
        clientAeron = memory.resolve("client");
        final int first = Ports.inARow(NODES * MemberEndpoints.PORTS + 2);
        final List<String> endpoints = new ArrayList<>();
        for (int node = 0; node < NODES; node++) {
            endpoints.add("localhost:" + (first + node * MemberEndpoints.PORTS));
        }
        members = String.join(",", endpoints);
        gatewayRequests = "localhost:" + (first + NODES * MemberEndpoints.PORTS);
        gatewayAnswers = "localhost:" + (first + NODES * MemberEndpoints.PORTS + 1);
        final Path key = StateDirectory.sealKey(stage.directory());
        SealKeyFile.create(key);
        sealKey = Settings.SEAL_KEY_FILE.name() + "=" + key;
    }

    private static Path memory() {
        final Path parent = Files.isWritable(MEMORY) ? MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
        try {
            return Files.createTempDirectory(parent, "fencegate-chaos-");
        } catch (final IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * Starts every process and waits until the sequencer has a leader.
     *
     * @param stage that ends the processes
     * @param times of the laboratory
     * @return the system, which serves
     */
    static Topology start(final Stage stage, final Times times) {
        final Topology topology = new Topology(stage, times);
        topology.startSequencer();
        topology.driver = stage.awaitRole(topology.launch("driver", "driver"));
        topology.startGateway();
        topology.startClientDriver();
        topology.leader();
        topology.startClients();
        return topology;
    }

    /** Starts all nodes of the sequencer, and waits until they serve. */
    void startSequencer() {
        final List<ChildProcess> launched = new ArrayList<>();
        for (int node = 0; node < NODES; node++) {
            launched.add(launchNode(node));
        }
        nodes.clear();
        launched.forEach(process -> nodes.add(stage.awaitRole(process)));
    }

    /** Starts one node that has ended. @param node number of it */
    void startNode(final int node) {
        nodes.set(node, stage.awaitRole(launchNode(node)));
    }

    private ChildProcess launchNode(final int node) {
        return launch(
                "node " + node,
                "sequencer",
                "--node",
                Integer.toString(node),
                "--set",
                sealKey,
                "--set",
                Settings.SEQUENCER_MEMBERS.name() + "=" + members);
    }

    private ChildProcess launch(final String name, final String... args) {
        final List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--set", Settings.MEMORY_DIRECTORY.name() + "=" + memory));
        return stage.launchRole(name, all.toArray(new String[0]));
    }

    /** A node of the sequencer. @param node number of it @return its process */
    ChildProcess node(final int node) {
        return nodes.get(node).process();
    }

    /** kill -9 of a node. @param node number of it */
    void killNode(final int node) {
        node(node).kill();
        // Its counters would tell of a leader until they are made anew.
        IoUtil.delete(nodeAeron(node).toFile(), true);
    }

    /** The node that leads, once there is one. @return its number */
    int leader() {
        final int[] leader = {-1};
        Diary.awaitThat("a leader of the sequencer", () -> {
            leader[0] = leaderNow();
            return leader[0] >= 0;
        });
        return leader[0];
    }

    private int leaderNow() {
        for (int node = 0; node < NODES; node++) {
            if (node(node).isAlive() && Leader.leads(nodeAeron(node))) {
                return node;
            }
        }
        return -1;
    }

    /**
     * Lets a node that stood still go on; one that ends, because others went on without it for too long, is started
     * again, as a service is by its supervisor.
     *
     * @param node number of it
     * @return whether it had to be started again
     */
    boolean resumeNode(final int node) {
        node(node).resume();
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(NODE_END_MS);
        Diary.awaitThat(
                "node " + node + " follows or ends",
                () -> !node(node).isAlive() || !Leader.leads(nodeAeron(node)) && System.nanoTime() - deadlineNs > 0);
        if (node(node).isAlive()) {
            return false;
        }
        startNode(node);
        return true;
    }

    /** Starts the gateway, and waits until it serves. */
    void startGateway() {
        gateway = stage.awaitRole(launch(
                "gateway",
                "gateway",
                "--set",
                sealKey,
                "--set",
                Settings.GATEWAY_UDP_REQUESTS.name() + "=" + gatewayRequests,
                "--set",
                Settings.GATEWAY_UDP_ANSWERS.name() + "=" + gatewayAnswers));
    }

    /** The gateway. @return its process */
    ChildProcess gateway() {
        return gateway.process();
    }

    /** The gateway's journal. @return its folder */
    Path journal() {
        return StateDirectory.journal(stage.directory());
    }

    /** Starts the media driver of client A, its cable whole. */
    void startClientDriver() {
        clientDriver = stage.startActor(
                "client's driver", CableDriver.class, clientAeron.toString(), Long.toString(times.livenessMs()));
    }

    /** The media driver of client A. @return its process */
    ChildProcess clientDriver() {
        return clientDriver.process();
    }

    /** Cuts client A off from everything, or mends that. @param order CUT or MEND */
    void cable(final String order) {
        clientDriver.tell(Facts.of(order));
        clientDriver.process().await(DRIVER_ANSWER_MS);
    }

    /** Starts clients anew: A with its own media driver; B and C, in one process, with the gateway's. */
    void startClients() {
        final String sequencer = nodes.get(0).endpoint(Settings.CLIENT_SEQUENCER_ENDPOINTS);
        final String udp = "aeron:udp?endpoint=" + gatewayRequests + "|control=" + gatewayAnswers;
        client = stage.startActor(
                "client A",
                ScriptedClient.class,
                clientAeron.toString(),
                sequencer,
                udp,
                Long.toString(times.driverMs()),
                PATIENT_MS + "," + times.writeMs());
        rivals = stage.startActor(
                "clients B and C",
                ScriptedClient.class,
                driver.endpoint(Settings.CLIENT_AERON_DIRECTORY),
                sequencer,
                "aeron:ipc",
                Long.toString(Times.full().driverMs()),
                PATIENT_MS + "," + PATIENT_MS);
        final Diary.Source ours = new Diary.Source(client.process());
        a = new Diary(ours, 0, client.ready().text("clientId0"));
        impatient = new Diary(ours, 1, client.ready().text("clientId1"));
        final Diary.Source shared = new Diary.Source(rivals.process());
        b = new Diary(shared, 0, rivals.ready().text("clientId0"));
        c = new Diary(shared, 1, rivals.ready().text("clientId1"));
    }

    /** Ends the clients, as a user ends a program that has told it that the gateway went back. */
    void endClients() {
        client.process().close();
        rivals.process().close();
    }

    /** The process of client A. @return that which is stopped and cut off */
    ChildProcess client() {
        return client.process();
    }

    /** The client that the faults hit. @return its diary */
    Diary a() {
        return a;
    }

    /** Another one in the same process, which gives its writes less time. @return its diary */
    Diary impatient() {
        return impatient;
    }

    /** Its rival. @return its diary */
    Diary b() {
        return b;
    }

    /** One more that waits. @return its diary */
    Diary c() {
        return c;
    }

    /** Where to keep copies. @return the folder of the stage */
    Path directory() {
        return stage.directory();
    }

    private Path nodeAeron(final int node) {
        final Source source = new Source("laboratory", Map.of(Settings.MEMORY_DIRECTORY.name(), memory.toString()));
        return SharedMemory.of(Configuration.of(Settings.own(), List.of(source)))
                .deployedNode(StateDirectory.sequencer(stage.directory()), node);
    }

    @Override
    public void close() {
        stage.close();
    }
}
