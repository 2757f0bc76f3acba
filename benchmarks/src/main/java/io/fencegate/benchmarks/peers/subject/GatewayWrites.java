package io.fencegate.benchmarks.peers.subject;

import io.aeron.Aeron;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.fencegate.benchmarks.latency.loop.ClosedLoop;
import io.fencegate.benchmarks.peers.load.Block;
import io.fencegate.benchmarks.rig.GatedIdleStrategy;
import io.fencegate.benchmarks.rig.Idling;
import io.fencegate.benchmarks.rig.Scratch;
import io.fencegate.benchmarks.rig.WriteStream;
import io.fencegate.benchmarks.rig.WrongAnswerException;
import io.fencegate.client.FencegateClient;
import io.fencegate.core.grant.SealKey;
import io.fencegate.journal.JournalConfig;
import io.fencegate.storage.FenceLimits;
import io.fencegate.storage.Gateway;
import io.fencegate.storage.GatewayConfig;
import io.fencegate.storage.Threading;
import io.fencegate.storage.admission.Endpoints;
import io.fencegate.storage.durability.Durability;
import io.fencegate.storage.session.SessionLimits;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * Writers of ours: a gateway and its media driver in this process, and as many clients as there are writers, each with a
 * session and a resource of its own and one write under way. One thread drives all of them, as Aeron's clients are made
 * to be driven; the peers' clients, which block, have a thread each.
 *
 * <p>The threads on the path spin if each of them has a core: the writers' and the line's; over UDP the driver's too; and
 * the one that syncs, which backs off to 100 µs, if writes are synced. Where cores are short they yield, but back off, as a
 * gateway does that shares its cores, if writes are synced: threads that yield again and again kept the one that syncs
 * from its core for milliseconds at a time, through whole blocks. Between two blocks they sleep.
 */
public final class GatewayWrites implements Subject, io.fencegate.benchmarks.latency.loop.Subject {
    private static final int TERM_LENGTH = 1 << 20;
    private static final long JOURNAL_BLOCK_LENGTH = 64L << 20;
    private static final long SERIAL = 1_000;

    /** Between two blocks of ours, in which neither side works, peers take as long as they take. */
    private static final SessionLimits PATIENT = new SessionLimits(
            SessionLimits.DEFAULT.sessionsMax(),
            SessionLimits.DEFAULT.answersPendingMax(),
            TimeUnit.HOURS.toNanos(1),
            TimeUnit.HOURS.toNanos(1),
            SessionLimits.DEFAULT.refusalsPerSecond());

    private final String name;
    private final int length;
    private final ClosedLoop loop;
    private final List<GatedIdleStrategy> gates = new ArrayList<>();
    private final List<FencegateClient> clients = new ArrayList<>();
    private final List<WriteStream> writers = new ArrayList<>();
    private volatile String failure;
    private MediaDriver driver;
    private Gateway gateway;
    private String channel;
    private Answers answers;
    private int proofs;

    /**
     * Starts a gateway and connects the writers. No sequencer takes part: without a key a gateway trusts whoever shows a
     * grant.
     *
     * @param transport between writers and gateway
     * @param isSynced whether a write is on disk before its answer leaves
     * @param count of the writers
     * @param length bytes of a payload, at least 16
     * @param scratch that holds the journal
     * @throws IOException if there are no free ports
     */
    public GatewayWrites(
            final Transport transport, final boolean isSynced, final int count, final int length, final Scratch scratch)
            throws IOException {
        name = transport.toString();
        this.length = length;
        final Idling idling = idling(transport, isSynced, Runtime.getRuntime().availableProcessors());
        loop = new ClosedLoop(idling.strategy(), () -> false);
        try {
            driver = driver(transport, idling);
            scratch.include(Path.of(driver.aeronDirectoryName()));
            final Endpoints endpoints = endpoints(transport);
            channel = transport == Transport.IPC
                    ? Endpoints.IPC_REQUESTS
                    : "aeron:udp?endpoint=" + endpoints.udpRequests() + "|control=" + endpoints.udpAnswers();
            gateway = gateway(endpoints, isSynced, idling, scratch.directory().resolve(transport.name() + "-" + count));
            for (int i = 0; i < count; i++) {
                final int writer = i;
                clients.add(client());
                writers.add(new WriteStream(
                        clients.get(i), "peers/writer-" + i, SERIAL, length, () -> answers.onAnswer(writer)));
            }
        } catch (final IOException | RuntimeException ex) {
            close();
            throw ex;
        }
        pause();
    }

    private static Idling idling(final Transport transport, final boolean isSynced, final int cores) {
        final int busy = 2 + (transport == Transport.UDP ? 1 : 0) + (isSynced ? 1 : 0);
        if (cores >= busy) {
            return Idling.SPIN;
        }
        return isSynced ? Idling.BACKOFF : Idling.YIELD;
    }

    private MediaDriver driver(final Transport transport, final Idling idling) {
        // For every Aeron client of this process: else the first pass through a term buffer measures page faults.
        System.setProperty(Aeron.Configuration.PRE_TOUCH_MAPPED_MEMORY_PROP_NAME, "true");
        // Over IPC the driver is not on the path of a message: it only moves the limits of the publications on.
        final IdleStrategy driverIdle = transport == Transport.UDP ? gated(idling.strategy()) : backoff(1_000);
        return MediaDriver.launchEmbedded(new MediaDriver.Context()
                .threadingMode(ThreadingMode.SHARED)
                .sharedIdleStrategy(driverIdle)
                .ipcTermBufferLength(TERM_LENGTH)
                .publicationTermBufferLength(TERM_LENGTH)
                .termBufferSparseFile(false)
                .dirDeleteOnShutdown(true)
                .warnIfDirectoryExists(false));
    }

    private Gateway gateway(
            final Endpoints endpoints, final boolean isSynced, final Idling idling, final Path directory) {
        final IdleStrategy line = gated(idling.strategy());
        final Threading threading = new Threading(() -> line, () -> backoff(100), () -> backoff(1_000));
        return Gateway.launch(
                new GatewayConfig(
                        driver.aeronDirectoryName(),
                        endpoints,
                        new JournalConfig(
                                directory,
                                JOURNAL_BLOCK_LENGTH,
                                JournalConfig.FREE_FLOOR_BYTES_DEFAULT,
                                JournalConfig.FENCE_LOG_RESERVE_LENGTH_DEFAULT),
                        isSynced ? Durability.DISK : Durability.PROCESS,
                        FenceLimits.DEFAULT,
                        PATIENT,
                        threading,
                        SealKey.Source.of()),
                (agent, cause) -> failure = "agent=" + agent + " cause=" + cause);
    }

    private FencegateClient client() {
        return FencegateClient.connect(WriteStream.patient(driver.aeronDirectoryName(), channel));
    }

    private IdleStrategy gated(final IdleStrategy strategy) {
        final GatedIdleStrategy gate = new GatedIdleStrategy(strategy);
        gates.add(gate);
        return gate;
    }

    private static IdleStrategy backoff(final long parkMaxUs) {
        return new BackoffIdleStrategy(
                10, 20, TimeUnit.MICROSECONDS.toNanos(1), TimeUnit.MICROSECONDS.toNanos(parkMaxUs));
    }

    private static Endpoints endpoints(final Transport transport) throws IOException {
        if (transport == Transport.IPC) {
            return Endpoints.ipc();
        }
        final InetAddress loopback = InetAddress.getLoopbackAddress();
        try (DatagramSocket requests = new DatagramSocket(0, loopback);
                DatagramSocket answers = new DatagramSocket(0, loopback)) {
            return new Endpoints(false, "127.0.0.1:" + requests.getLocalPort(), "127.0.0.1:" + answers.getLocalPort());
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void prove() {
        resume();
        final String resource = "peers/proof-" + proofs++;
        try (FencegateClient first = client();
                FencegateClient second = client();
                WriteStream older = new WriteStream(first, resource, 1, length, () -> {})) {
            older.write();
            try (WriteStream newer = new WriteStream(second, resource, 2, length, () -> {})) {
                older.mustBeFenced();
                newer.write();
                older.mustBeFenced();
                newer.write();
            }
        }
        pause();
    }

    @Override
    public Block block(final long durationNs) {
        resume();
        loop.run(this, ClosedLoop.AWAKENING, durationNs);
        final long startNs = System.nanoTime();
        loop.run(this, Long.MAX_VALUE, durationNs);
        final long elapsedNs = System.nanoTime() - startNs;
        pause();
        return new Block(elapsedNs, loop.result().histogram());
    }

    @Override
    public void fence() {
        resume();
        for (int i = 0; i < writers.size(); i++) {
            try (FencegateClient client = client();
                    WriteStream newer = new WriteStream(client, "peers/writer-" + i, SERIAL + 1, length, () -> {})) {
                writers.get(i).mustBeFenced();
                newer.write();
            }
        }
        pause();
    }

    @Override
    public int writers() {
        return writers.size();
    }

    @Override
    public boolean offer(final int writer) {
        return writers.get(writer).offer();
    }

    @Override
    public int poll(final Answers told) {
        if (failure != null) {
            throw new WrongAnswerException("gateway died: " + failure);
        }
        answers = told;
        int workCount = 0;
        for (int i = 0; i < writers.size(); i++) {
            workCount += writers.get(i).poll();
        }
        return workCount;
    }

    @Override
    public void resume() {
        gates.forEach(gate -> gate.open(true));
    }

    @Override
    public void pause() {
        gates.forEach(gate -> gate.open(false));
    }

    @Override
    public void close() {
        resume();
        CloseHelper.closeAll(writers);
        CloseHelper.closeAll(clients);
        CloseHelper.closeAll(gateway, driver);
    }
}
