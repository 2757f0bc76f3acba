package io.fencegate.storage;

import io.aeron.Aeron;
import io.aeron.RethrowingErrorHandler;
import io.fencegate.core.fence.OffHeapFenceTable;
import io.fencegate.core.grant.SealKey;
import io.fencegate.core.grant.Sealer;
import io.fencegate.journal.Journal;
import io.fencegate.storage.admission.AdmissionAgent;
import io.fencegate.storage.durability.AppendedPosition;
import io.fencegate.storage.durability.SyncAgent;
import io.fencegate.storage.line.GatewayCounters;
import io.fencegate.storage.line.Handover;
import io.fencegate.storage.line.LineAgent;
import io.fencegate.storage.line.Served;
import io.fencegate.storage.recovery.FenceRecovery;
import io.fencegate.storage.recovery.RecoveryReport;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.agrona.CloseHelper;
import org.agrona.LangUtil;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * One running gateway: the line, the agent that admits clients, the agent that syncs, the one that looks for keys, and
 * what they work on.
 *
 * <p>Launch and close on one thread; getters on any.
 */
public final class Gateway implements AutoCloseable {
    private static final long LISTEN_TIMEOUT_S = 10;

    private final GatewayConfig config;
    private final FailStop failStop;
    private Aeron aeron;
    private OffHeapFenceTable fences;
    private AdmissionAgent admission;
    private LineAgent line;
    private AgentRunner admissionRunner;
    private AgentRunner lineRunner;
    private AgentRunner syncRunner;
    private AgentRunner keyRunner;
    private Journal journal;
    private GatewayCounters counters;
    private RecoveryReport report;
    private boolean isClosed;

    private Gateway(final GatewayConfig config, final FailStop failStop) {
        this.config = config;
        this.failStop = failStop;
    }

    /**
     * Starts a gateway and waits until it has recovered and serves.
     *
     * @param config of the gateway; its media driver runs
     * @param failStop ends the process when an agent dies
     * @return the gateway
     * @throws io.fencegate.journal.JournalInUseException if another gateway writes this journal
     * @throws io.fencegate.journal.recovery.JournalCorruptException if the journal is damaged
     * @throws io.fencegate.journal.recovery.JournalForeignException if the directory is no journal
     * @throws io.fencegate.storage.recovery.SealKeyMissingException if the journal was sealed and there is no key
     * @throws io.aeron.exceptions.AeronException if the media driver is not there or refuses an endpoint
     */
    public static Gateway launch(final GatewayConfig config, final FailStop failStop) {
        final Gateway gateway = new Gateway(config, failStop);
        try {
            gateway.start();
            return gateway;
        } catch (final Throwable cause) {
            CloseHelper.quietClose(gateway);
            throw cause;
        }
    }

    /** What was recovered at the start. @return the report */
    public RecoveryReport report() {
        return report;
    }

    /** What the gateway counts. @return readable until the gateway is closed */
    public GatewayCounters counters() {
        return counters;
    }

    /** Stops the line first, then what it stands on; the journal is synced when it is closed. Again: nothing. */
    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        CloseHelper.closeAll(keyRunner, lineRunner, syncRunner, journal, admissionRunner, fences, aeron);
    }

    private void start() {
        // 0. What others than clients must not know.
        final List<SealKey> keys = config.keys().read();
        final Sealer sealer = Sealer.of(keys);

        // 1. The media driver, and the counters in its file.
        aeron = Aeron.connect(new Aeron.Context()
                .aeronDirectoryName(config.aeronDirectory())
                .useConductorAgentInvoker(true)
                .errorHandler(RethrowingErrorHandler.INSTANCE));
        counters = new GatewayCounters(aeron);

        // 2. The fence table: its memory is taken now.
        final FenceLimits limits = config.fences();
        fences = new OffHeapFenceTable(
                limits.resourcesMax(), limits.nameBytesMax(), limits.payloadLengthMax(), new SecureRandom().nextLong());

        // 3. The agent that keeps in touch with the media driver; nobody listens yet.
        final NanoClock clock = SystemNanoClock.INSTANCE;
        final Handover handover = new Handover(AdmissionAgent.channelsMax(config.sessions()));
        admission = new AdmissionAgent(aeron, config.endpoints(), config.sessions(), handover, clock);
        admissionRunner = run(admission, config.threading().admission().get());

        // 4. The journal. As soon as its lock is ours and there is something to recover, clients are told RECOVERING.
        line = new LineAgent(config.sessions(), handover, counters, clock, SystemEpochClock.INSTANCE);
        final FenceRecovery recovery =
                new FenceRecovery(fences, config.journal().directory().toString(), sealer.hasKey(), this::startLine);
        journal = Journal.open(config.journal(), recovery);
        report = recovery.report(journal.journalId(), journal.generation());

        // 5. Syncs, before anything waits for one.
        final AppendedPosition appended = new AppendedPosition();
        final SyncAgent sync = new SyncAgent(journal, config.durability(), appended, counters::countSync, clock);
        syncRunner = run(sync, config.threading().sync().get());

        // 6. Keys may be replaced while it serves, where there is one.
        if (sealer.hasKey()) {
            keyRunner = run(
                    new KeyAgent(config.keys(), keys, sealer, counters::countKeyFailure, clock),
                    new SleepingMillisIdleStrategy(KeyAgent.IDLE_MS));
        }

        // 7. The line serves.
        startLine();
        line.serve(new Served(fences, sealer, journal, config.durability(), appended, limits.payloadLengthMax()));
    }

    private void startLine() {
        if (lineRunner != null) {
            return;
        }
        lineRunner = run(line, config.threading().line().get());
        try {
            admission.listen().get(LISTEN_TIMEOUT_S, TimeUnit.SECONDS);
        } catch (final ExecutionException refused) {
            LangUtil.rethrowUnchecked(refused.getCause());
        } catch (final TimeoutException | InterruptedException cause) {
            throw new IllegalStateException("the gateway does not listen: endpoints=" + config.endpoints(), cause);
        }
    }

    private AgentRunner run(final Agent agent, final IdleStrategy idle) {
        final AgentRunner runner =
                new AgentRunner(idle, cause -> onAgentError(agent, cause), null, new FailStopAgent(agent, failStop));
        AgentRunner.startOnThread(runner, config.threading().threads());
        return runner;
    }

    private void onAgentError(final Agent agent, final Throwable cause) {
        // A termination is how the agent ends after the fail-stop was told of it.
        if (!(cause instanceof AgentTerminationException)) {
            failStop.onFailure(agent.roleName(), cause);
        }
    }
}
