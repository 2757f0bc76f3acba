package io.fencegate.benchmarks.throughput;

import io.aeron.Aeron;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.fencegate.benchmarks.rig.GatedIdleStrategy;
import io.fencegate.benchmarks.rig.Idling;
import io.fencegate.benchmarks.rig.WriteStream;
import io.fencegate.benchmarks.rig.WrongAnswerException;
import io.fencegate.client.FencegateClient;
import io.fencegate.client.WriterConfig;
import io.fencegate.core.grant.SealKey;
import io.fencegate.core.grant.Verdict;
import io.fencegate.journal.JournalConfig;
import io.fencegate.storage.FenceLimits;
import io.fencegate.storage.Gateway;
import io.fencegate.storage.GatewayConfig;
import io.fencegate.storage.Threading;
import io.fencegate.storage.admission.Endpoints;
import io.fencegate.storage.durability.Durability;
import io.fencegate.storage.session.SessionLimits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.agrona.CloseHelper;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * A gateway in this process with an empty journal, one client of it over IPC, and that client's streams of writes. Limits
 * of sessions and fences are those that a gateway has if nobody says otherwise.
 *
 * <p>Client thread, but for the gateway's own threads: the line, which idles as it is told; the agent that admits, which
 * sleeps; and the agent that syncs, which sleeps too unless answers wait for it: then it idles as it does beside a line
 * that has a core of its own.
 */
final class FlowGateway implements AutoCloseable {
    /** Writes that may be under way: what a gateway lets a session have unanswered. */
    static final int WINDOW = SessionLimits.DEFAULT.answersPendingMax();

    private static final long HOUSEKEEPING_PARK_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long DRIVER_PARK_NS_MIN = TimeUnit.MICROSECONDS.toNanos(1);
    private static final long DRIVER_PARK_NS_MAX = TimeUnit.MICROSECONDS.toNanos(100);
    private static final int TERM_LENGTH = 16 << 20;
    private static final int RETRANSMIT_LENGTH = 16 << 20;

    private final GatedIdleStrategy gate;
    private final List<WriteStream> streams = new ArrayList<>();
    private volatile String failure;
    private Gateway gateway;
    private FencegateClient client;

    /**
     * Starts a gateway, connects the client, and opens the resources.
     *
     * @param config of all
     */
    FlowGateway(final Config config) {
        gate = new GatedIdleStrategy(config.idling().strategy());
        final Supplier<IdleStrategy> housekeeping =
                () -> new BackoffIdleStrategy(1, 1, HOUSEKEEPING_PARK_NS, HOUSEKEEPING_PARK_NS);
        final Supplier<IdleStrategy> sync =
                config.durability() == Durability.DISK ? Threading.DEDICATED.sync() : housekeeping;
        try {
            gateway = Gateway.launch(
                    new GatewayConfig(
                            config.aeronDirectory(),
                            Endpoints.ipc(),
                            JournalConfig.of(config.directory()),
                            config.durability(),
                            FenceLimits.DEFAULT,
                            SessionLimits.DEFAULT,
                            new Threading(() -> gate, sync, housekeeping),
                            SealKey.Source.of()),
                    (agent, cause) -> failure = "agent=" + agent + " cause=" + cause);
            client = FencegateClient.connect(WriteStream.patient(config.aeronDirectory(), Endpoints.IPC_REQUESTS)
                    .withWriter(WriterConfig.DEFAULT.withRoom(
                            config.writers() == 1 ? RETRANSMIT_LENGTH : WriterConfig.RETRANSMIT_LENGTH_MIN, WINDOW)));
            for (int i = 0; i < config.writers(); i++) {
                streams.add(new WriteStream(client, "benchmarks/flow-" + i, config.messageLength()));
            }
        } catch (final RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts a media driver in this process. Over IPC it is not on the path of a message and only moves the limits of
     * publications on; it sleeps up to a tenth of a millisecond between looks, and half a term buffer takes what is sent
     * meanwhile. Buffers are taken and touched before the first message.
     *
     * @return the driver, whose directory goes when it is closed
     */
    static MediaDriver driver() {
        // For every Aeron client of this process that is made from now on.
        System.setProperty(Aeron.Configuration.PRE_TOUCH_MAPPED_MEMORY_PROP_NAME, "true");
        return MediaDriver.launchEmbedded(new MediaDriver.Context()
                .threadingMode(ThreadingMode.SHARED)
                .sharedIdleStrategy(new BackoffIdleStrategy(10, 10, DRIVER_PARK_NS_MIN, DRIVER_PARK_NS_MAX))
                .ipcTermBufferLength(TERM_LENGTH)
                .termBufferSparseFile(false)
                .dirDeleteOnShutdown(true)
                .warnIfDirectoryExists(false));
    }

    /** The streams. @return one for each writer */
    List<WriteStream> streams() {
        return streams;
    }

    /** Syncs that answers waited for. @return since the start */
    long syncs() {
        return gateway.counters().syncs();
    }

    /** Asked by whoever waits for an answer. @throws WrongAnswerException if the gateway died */
    void checkAlive() {
        if (failure != null) {
            throw new WrongAnswerException("gateway died: " + failure);
        }
    }

    /** What was written is there: the gateway counted as many writes, and the last of each stream reads back. */
    void verify() {
        final long accepted = gateway.counters().answers(Verdict.ACCEPTED);
        final long answered = streams.stream().mapToLong(WriteStream::answered).sum();
        if (accepted != answered) {
            throw new WrongAnswerException("accepted=" + accepted + " answered=" + answered);
        }
        streams.forEach(WriteStream::verifyLast);
    }

    /** The line may run. @param open false: it gives its core away */
    void open(final boolean open) {
        gate.open(open);
    }

    @Override
    public void close() {
        gate.open(true);
        CloseHelper.closeAll(streams);
        CloseHelper.closeAll(client, gateway);
    }

    /**
     * How a gateway is set up. Immutable.
     *
     * @param aeronDirectory of the media driver
     * @param directory of the journal, which does not exist yet
     * @param durability that an accepted write has when it is answered
     * @param writers each with a resource of its own
     * @param messageLength bytes of each write
     * @param idling of the line, and of the client
     */
    record Config(
            String aeronDirectory,
            Path directory,
            Durability durability,
            int writers,
            int messageLength,
            Idling idling) {}
}
