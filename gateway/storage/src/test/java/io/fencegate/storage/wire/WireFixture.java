package io.fencegate.storage.wire;

import io.aeron.Aeron;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.fencegate.core.grant.SealKey;
import io.fencegate.core.grant.Token;
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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.agrona.CloseHelper;
import org.agrona.concurrent.BackoffIdleStrategy;

/** A media driver, and a gateway that can be closed and launched again on the same journal. */
final class WireFixture implements AutoCloseable {
    static final long T1 = Token.of(1, 1);
    static final long T2 = Token.of(1, 2);
    static final long T3 = Token.of(2, 1);
    static final long ALICE = 0xA11CEL;
    static final long BOB = 0xB0BL;
    static final int PAYLOAD_LENGTH_MAX = 4096;
    static final SessionLimits LIMITS = new SessionLimits(4, 8, 30_000_000_000L, 10_000_000_000L, 2);
    private static final long DEADLINE_NS = 30_000_000_000L;

    final List<Throwable> failures = new CopyOnWriteArrayList<>();
    final Aeron aeron;
    String udpRequests;
    String udpAnswers;
    SessionLimits limits = LIMITS;
    FenceLimits fences = new FenceLimits(8, 1024, PAYLOAD_LENGTH_MAX);
    Durability durability = Durability.PROCESS;
    Threading threading = Threading.SHARED;
    SealKey.Source keys = SealKey.Source.of();
    long freeFloorBytes;
    long blockLength = 1 << 20;
    Gateway gateway;
    private final Path directory;
    private final MediaDriver driver;

    WireFixture(final Path directory) throws IOException {
        this.directory = directory;
        driver = MediaDriver.launch(new MediaDriver.Context()
                .aeronDirectoryName(directory.resolve("driver").toString())
                .threadingMode(ThreadingMode.SHARED)
                .sharedIdleStrategy(new BackoffIdleStrategy(10, 20, 1_000, 100_000))
                .termBufferSparseFile(true)
                // A test machine that stands still for some seconds is no lost client.
                .clientLivenessTimeoutNs(60_000_000_000L)
                .publicationUnblockTimeoutNs(90_000_000_000L)
                .publicationTermBufferLength(1 << 20)
                .ipcTermBufferLength(1 << 20)
                .dirDeleteOnStart(true)
                .errorHandler(ignored -> {}));
        aeron = Aeron.connect(new Aeron.Context()
                .aeronDirectoryName(driver.aeronDirectoryName())
                .idleSleepDurationNs(1_000_000));
        udpRequests = freeEndpoint();
        udpAnswers = freeEndpoint();
    }

    WireFixture launch() {
        gateway = Gateway.launch(config(), (agent, cause) -> failures.add(cause));
        return this;
    }

    GatewayConfig config() {
        final JournalConfig journal = new JournalConfig(
                directory.resolve("journal"),
                blockLength,
                freeFloorBytes,
                JournalConfig.FENCE_LOG_RESERVE_LENGTH_DEFAULT);
        return new GatewayConfig(
                driver.aeronDirectoryName(),
                new Endpoints(true, udpRequests, udpAnswers),
                journal,
                durability,
                fences,
                limits,
                threading,
                keys);
    }

    void closeGateway() {
        CloseHelper.close(gateway);
        gateway = null;
    }

    WireClient ipc(final long clientId) {
        return WireClient.ipc(aeron, clientId);
    }

    WireClient udp(final long clientId) {
        return WireClient.udp(aeron, udpRequests, udpAnswers, clientId);
    }

    WireClient welcomed(final long clientId) {
        final WireClient client = ipc(clientId);
        final Reply reply = client.hello();
        if (!"Welcome".equals(reply.name)) {
            throw new AssertionError(reply);
        }
        return client;
    }

    static void await(final String what, final BooleanSupplier condition) {
        final long deadline = System.nanoTime() + DEADLINE_NS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("never: " + what);
            }
            Thread.yield();
        }
    }

    private static String freeEndpoint() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return "127.0.0.1:" + socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        CloseHelper.closeAll(gateway, aeron, driver);
        if (!failures.isEmpty()) {
            throw new AssertionError("an agent died", failures.get(0));
        }
    }
}
