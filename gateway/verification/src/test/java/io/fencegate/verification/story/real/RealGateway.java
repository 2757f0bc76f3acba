package io.fencegate.verification.story.real;

import io.fencegate.core.grant.SealKey;
import io.fencegate.journal.JournalConfig;
import io.fencegate.journal.JournalReader;
import io.fencegate.storage.FenceLimits;
import io.fencegate.storage.Gateway;
import io.fencegate.storage.GatewayConfig;
import io.fencegate.storage.Threading;
import io.fencegate.storage.admission.Endpoints;
import io.fencegate.storage.durability.Durability;
import io.fencegate.storage.session.SessionLimits;
import io.fencegate.verification.story.JournalText;
import io.fencegate.verification.story.Journaled;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.agrona.CloseHelper;

/** A gateway that runs in this process, and can be stopped and started on its journal. One thread. */
final class RealGateway implements AutoCloseable {
    private static final int POLL_LIMIT = 100;

    private final String aeronDirectoryName;
    private final Path directory;
    private final SealKey.Source keys;
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private Gateway gateway;

    RealGateway(final String aeronDirectoryName, final Path directory, final SealKey.Source keys) {
        this.aeronDirectoryName = aeronDirectoryName;
        this.directory = directory;
        this.keys = keys;
        start();
    }

    boolean isUp() {
        return gateway != null;
    }

    void start() {
        gateway = Gateway.launch(
                new GatewayConfig(
                        aeronDirectoryName,
                        Endpoints.ipc(),
                        new JournalConfig(directory, 1 << 20, 1 << 20, JournalConfig.FENCE_LOG_RESERVE_LENGTH_DEFAULT),
                        Durability.PROCESS,
                        new FenceLimits(1 << 10, 1 << 16, 1 << 16),
                        SessionLimits.DEFAULT,
                        Threading.SHARED,
                        keys),
                (agent, cause) -> failures.add(cause));
    }

    void stop() {
        CloseHelper.close(gateway);
        gateway = null;
    }

    /** Reads the journal of a gateway that was stopped. */
    List<Journaled> journal() {
        final JournalText text = new JournalText(JournalText::textOf);
        try (JournalReader reader = JournalReader.open(directory)) {
            int polled;
            do {
                polled = reader.poll(text, POLL_LIMIT);
            } while (polled > 0);
        }
        return text.records();
    }

    @Override
    public void close() {
        stop();
        if (!failures.isEmpty()) {
            throw new AssertionError("an agent of the gateway died", failures.peek());
        }
    }
}
