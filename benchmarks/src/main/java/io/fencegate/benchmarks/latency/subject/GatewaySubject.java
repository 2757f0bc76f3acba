package io.fencegate.benchmarks.latency.subject;

import io.fencegate.benchmarks.latency.loop.Subject;
import io.fencegate.benchmarks.rig.GatedIdleStrategy;
import io.fencegate.benchmarks.rig.WriteStream;
import io.fencegate.benchmarks.rig.WrongAnswerException;
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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.agrona.CloseHelper;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * What a write costs with Fencegate in it: offered by a client, checked against the fence, journaled, and answered. Each
 * writer is a client of its own, with a session and a resource of its own; one thread is the client of all, and polls
 * them in turn.
 *
 * <p>No sequencer takes part: without a key a gateway trusts whoever shows a grant.
 *
 * <p>Client thread, but for the gateway's own threads. The line idles as the floor's echoing thread does; the agent that
 * admits sleeps a millisecond between looks; so does the one that syncs, unless answers wait for syncs: then it backs off
 * as in a gateway whose line has a core of its own.
 */
public final class GatewaySubject implements Subject {
    private static final long HOUSEKEEPING_PARK_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final List<FencegateClient> clients = new ArrayList<>();
    private final List<WriteStream> writers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final SubjectConfig config;
    private final GatedIdleStrategy gate;
    private final Endpoints endpoints;
    private volatile String failure;
    private Gateway gateway;
    private Answers answers;

    /**
     * Starts a gateway, connects the clients, and opens their resources.
     *
     * @param config of the subjects
     */
    public GatewaySubject(final SubjectConfig config) {
        this.config = config;
        gate = new GatedIdleStrategy(config.idling().strategy());
        endpoints = config.driver().transport() == Transport.IPC
                ? Endpoints.ipc()
                : new Endpoints(false, Transport.freeEndpoint(), Transport.freeEndpoint());
        try {
            gateway = Gateway.launch(
                    new GatewayConfig(
                            config.driver().aeronDirectory(),
                            endpoints,
                            new JournalConfig(
                                    journal(),
                                    SubjectConfig.JOURNAL_BLOCK_LENGTH,
                                    JournalConfig.FREE_FLOOR_BYTES_DEFAULT,
                                    JournalConfig.FENCE_LOG_RESERVE_LENGTH_DEFAULT),
                            config.durability(),
                            FenceLimits.DEFAULT,
                            config.sessions(),
                            threading(),
                            SealKey.Source.of()),
                    this::onFailure);
            final ClientConfig client = WriteStream.patient(config.driver().aeronDirectory(), channel());
            for (int i = 0; i < config.writers(); i++) {
                final int writer = i;
                clients.add(FencegateClient.connect(client));
                writers.add(new WriteStream(
                        clients.get(i), "benchmarks/" + i, 1, config.messageLength(), () -> answers.onAnswer(writer)));
            }
            gate.open(false);
        } catch (final RuntimeException e) {
            close();
            throw e;
        }
    }

    private Threading threading() {
        final Supplier<IdleStrategy> housekeeping =
                () -> new BackoffIdleStrategy(1, 1, HOUSEKEEPING_PARK_NS, HOUSEKEEPING_PARK_NS);
        final Supplier<IdleStrategy> sync =
                config.durability() == Durability.DISK ? Threading.DEDICATED.sync() : housekeeping;
        return new Threading(() -> gate, sync, housekeeping, work -> {
            final Thread thread = new Thread(work);
            threads.add(thread);
            return thread;
        });
    }

    /** Called by the thread of an agent that died. */
    private void onFailure(final String agent, final Throwable cause) {
        failure = "agent=" + agent + " cause=" + cause;
    }

    /** Channel on which clients reach the gateway. @return as the client library takes it */
    public String channel() {
        return endpoints.isIpc()
                ? Endpoints.IPC_REQUESTS
                : "aeron:udp?endpoint=" + endpoints.udpRequests() + "|control=" + endpoints.udpAnswers();
    }

    /** Where its journal lies. @return the directory */
    public Path journal() {
        return config.directory().resolve("gateway");
    }

    /** The gateway itself. @return running */
    public Gateway gateway() {
        return gateway;
    }

    /** The thread of the line. @return it */
    public Thread line() {
        return threads.stream()
                .filter(thread -> Threading.LINE.equals(thread.getName()))
                .findFirst()
                .orElseThrow();
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
        answers = told;
        if (failure != null) {
            throw new WrongAnswerException("gateway died: " + failure);
        }
        int workCount = config.driver().doWork();
        for (int i = 0; i < writers.size(); i++) {
            workCount += writers.get(i).poll();
        }
        return workCount;
    }

    @Override
    public void resume() {
        gate.open(true);
    }

    @Override
    public void pause() {
        gate.open(false);
    }

    @Override
    public void close() {
        gate.open(true);
        config.driver().giveBack();
        CloseHelper.closeAll(writers);
        CloseHelper.closeAll(clients);
        CloseHelper.close(gateway);
    }
}
