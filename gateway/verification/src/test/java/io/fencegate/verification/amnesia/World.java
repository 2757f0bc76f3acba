package io.fencegate.verification.amnesia;

import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.fencegate.client.ClientConfig;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.concurrent.BackoffIdleStrategy;

/**
 * A real sequencer, a real gateway that outlives its memory, and real clients. One thread.
 */
final class World implements AutoCloseable {
    static final SealKey.Source KEYS = SealKey.Source.of(SealKey.parse("000102030405060708090a0b0c0d0e0f"));
    static final SealKey.Source NO_KEYS = SealKey.Source.of();

    private static final long CALL_NS = TimeUnit.SECONDS.toNanos(30);
    private static final long ATTEMPT_NS = TimeUnit.SECONDS.toNanos(1);

    final Nodes nodes;

    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final List<FencegateClient> clients = new ArrayList<>();
    private final MediaDriver driver;
    private final Gateway gateway;

    World(final int size, final Path directory, final SealKey.Source keys) {
        nodes = new Nodes(size, directory.resolve("sequencer"), keys);
        driver = MediaDriver.launch(new MediaDriver.Context()
                .aeronDirectoryName(directory.resolve("aeron").toString())
                .threadingMode(ThreadingMode.SHARED)
                .sharedIdleStrategy(new BackoffIdleStrategy(10, 10, 1_000, 200_000))
                .termBufferSparseFile(true)
                .publicationTermBufferLength(1 << 18)
                .ipcTermBufferLength(1 << 18)
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true));
        gateway = Gateway.launch(
                new GatewayConfig(
                        driver.aeronDirectoryName(),
                        Endpoints.ipc(),
                        new JournalConfig(
                                directory.resolve("journal"),
                                1 << 20,
                                1 << 20,
                                JournalConfig.FENCE_LOG_RESERVE_LENGTH_DEFAULT),
                        Durability.PROCESS,
                        new FenceLimits(1 << 8, 1 << 14, 1 << 14),
                        SessionLimits.DEFAULT,
                        Threading.SHARED,
                        keys),
                (agent, cause) -> failures.add(cause));
    }

    FencegateClient client() {
        final FencegateClient client = FencegateClient.connect(ClientConfig.of(driver.aeronDirectoryName())
                .withSequencer(nodes.ingressEndpoints())
                .withGateway("aeron:ipc")
                .withTimeouts(CALL_NS, ATTEMPT_NS, CALL_NS));
        clients.add(client);
        return client;
    }

    static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(final byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        CloseHelper.closeAll(clients);
        CloseHelper.closeAll(gateway, driver);
        nodes.close();
        if (!failures.isEmpty()) {
            throw new AssertionError("an agent of the gateway died", failures.peek());
        }
    }
}
