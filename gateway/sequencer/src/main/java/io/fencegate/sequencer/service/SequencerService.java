package io.fencegate.sequencer.service;

import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.cluster.codecs.CloseReason;
import io.aeron.cluster.service.ClientSession;
import io.aeron.cluster.service.Cluster;
import io.aeron.cluster.service.ClusteredService;
import io.aeron.logbuffer.Header;
import io.fencegate.core.grant.SealKey;
import io.fencegate.core.lease.LeaseState;
import io.fencegate.core.lease.LeaseTable;
import io.fencegate.core.lease.command.LeaseLimits;
import io.fencegate.core.lease.order.LogClock;
import io.fencegate.core.lease.order.TokenSequence;
import io.fencegate.sequencer.charter.Charter;
import io.fencegate.sequencer.charter.Founding;
import io.fencegate.sequencer.charter.FoundingTimer;
import io.fencegate.sequencer.charter.KeyKeeper;
import io.fencegate.sequencer.charter.LiveKeys;
import io.fencegate.sequencer.counters.CounterMirror;
import io.fencegate.sequencer.counters.SequencerCounters;
import io.fencegate.sequencer.egress.ClientRoutes;
import io.fencegate.sequencer.egress.EgressPublisher;
import io.fencegate.sequencer.egress.EventPublisher;
import io.fencegate.sequencer.egress.FloorPublisher;
import io.fencegate.sequencer.egress.KeyPublisher;
import io.fencegate.sequencer.ingress.IngressAdapter;
import io.fencegate.sequencer.snapshot.RecordSink;
import io.fencegate.sequencer.snapshot.SnapshotAdapter;
import io.fencegate.sequencer.snapshot.SnapshotChannel;
import io.fencegate.sequencer.snapshot.SnapshotHandler;
import io.fencegate.sequencer.snapshot.SnapshotPublisher;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;

/**
 * The replicated state machine: the law of the leases, driven by the cluster's log. Everything here comes from the log,
 * so that every node arrives at the same state; what differs from node to node (who leads, whether an answer could be
 * sent) decides nothing.
 *
 * <p>Called by the service container's thread.
 */
public final class SequencerService implements ClusteredService, SnapshotHandler {
    /** Ends of leases and waits, and watches told of them, after which a tick leaves the rest to the next one. */
    static final int WORK_PER_TICK = 1000;

    private final Charter charter;
    private final SequencerCounters counters;
    private final Founding founding;
    private final KeyKeeper keys;
    private final TickTimer timer;
    private final ClientRoutes routes;
    private final AnswerRouter answers;
    private final WatchRouter watches;
    private final CounterMirror mirror;
    private final LogClock clock = new LogClock();
    private final TokenSequence tokens = new TokenSequence();
    private final LeaseTable table;
    private final LeaseFlow flow;
    private final SessionPrincipals principals = new SessionPrincipals();
    private final IngressAdapter ingress;
    private Cluster cluster;
    private LiveKeys restoredKeys = LiveKeys.NONE;
    private LeaseLimits restoredLimits;
    private boolean restoredFounded;
    private long restoredDigest;

    /**
     * An empty sequencer.
     *
     * @param charter of this node, the same on every node
     * @param keyFile of the keys that this node has
     * @param counters of this node
     * @param mirror that shows them to other processes
     */
    public SequencerService(
            final Charter charter,
            final SealKey.Source keyFile,
            final SequencerCounters counters,
            final CounterMirror mirror) {
        this.charter = charter;
        this.counters = counters;
        this.mirror = mirror;
        founding = new Founding(charter, counters);
        keys = new KeyKeeper(keyFile, counters);
        timer = new TickTimer(charter.tickMs());
        final LeaseLimits limits = charter.limits();
        routes = new ClientRoutes(limits.clients());
        final EgressPublisher egress = new EgressPublisher(keys.sealer());
        answers = new AnswerRouter(routes, egress, new FloorPublisher(), new KeyPublisher(), counters);
        watches = new WatchRouter(new EventPublisher(), counters);
        table = new LeaseTable(limits, tokens, answers, watches);
        final AccessFlow access = new AccessFlow(table.access(), answers, watches);
        flow = new LeaseFlow(table, access, answers, egress, founding, keys, new ProofJudge(keys.sealer()));
        ingress = new IngressAdapter(flow);
    }

    @Override
    public void onStart(final Cluster startedCluster, final Image snapshotImage) {
        cluster = startedCluster;
        answers.onStart(startedCluster);
        watches.onStart(startedCluster);
        mirror.start(startedCluster);
        if (snapshotImage != null) {
            SnapshotChannel.load(snapshotImage, cluster.idleStrategy(), restorer());
            counters.onApplied(cluster.logPosition());
            counters.onSessionsRestored(cluster.clientSessions().size());
        }
    }

    @Override
    public void onNewLeadershipTermEvent(
            final long leadershipTermId,
            final long logPosition,
            final long timestamp,
            final long termBaseLogPosition,
            final int leaderMemberId,
            final int logSessionId,
            final TimeUnit timeUnit,
            final int appVersion) {
        if (timeUnit != TimeUnit.MILLISECONDS) {
            throw new IllegalStateException("the log's time is not in milliseconds: timeUnit=" + timeUnit);
        }
        tokens.onTerm(leadershipTermId);
        clock.advance(leadershipTermId, timestamp);
        watches.onNewTerm();
        keys.onNewTerm(cluster, timestamp);
        founding.onNewTerm(cluster, timestamp);
        timer.onNewTerm(cluster, timestamp);
        counters.onApplied(cluster.logPosition());
    }

    @Override
    public void onSessionMessage(
            final ClientSession session,
            final long timestamp,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final Header header) {
        final long logTimeMs = advance(timestamp);
        flow.at(session, principals.of(session), logTimeMs, cluster.logPosition());
        ingress.onMessage(buffer, offset, length);
        keepTicking(timestamp);
    }

    @Override
    public void onTimerEvent(final long correlationId, final long timestamp) {
        final long logTimeMs = advance(timestamp);
        final FoundingTimer proposal = FoundingTimer.of(correlationId);
        if (proposal == FoundingTimer.CHARTER) {
            founding.onFired(cluster, correlationId);
        } else if (proposal == FoundingTimer.KEY) {
            keys.onFired(cluster, correlationId);
        } else if (timer.onFired(correlationId)) {
            if (table.sweep(logTimeMs, WORK_PER_TICK) >= WORK_PER_TICK) {
                timer.hurry(cluster, timestamp);
            }
            watches.onTick(table);
            keepTicking(timestamp);
        }
    }

    @Override
    public void onSessionOpen(final ClientSession session, final long timestamp) {
        advance(timestamp);
        principals.onOpen(session, table.access());
        counters.onSessionOpened();
    }

    @Override
    public void onSessionClose(final ClientSession session, final long timestamp, final CloseReason closeReason) {
        advance(timestamp);
        routes.onSessionClosed(session.id());
        principals.onClose(session);
        table.endSession(session.id());
        counters.onSessionClosed();
    }

    @Override
    public void onTakeSnapshot(final ExclusivePublication snapshotPublication) {
        tell(SnapshotChannel.into(snapshotPublication, cluster.idleStrategy()));
    }

    @Override
    public void onBegin(
            final long logPosition,
            final long timerId,
            final boolean timerIsRunning,
            final LeaseLimits snapshotLimits) {
        if (logPosition != cluster.logPosition()) {
            throw new IllegalStateException("a snapshot of another position: logPosition=" + logPosition + " expected="
                    + cluster.logPosition());
        }
        restoredLimits = snapshotLimits;
        timer.restore(timerId, timerIsRunning);
    }

    @Override
    public void onCharter(final boolean wasFounded, final long digest) {
        restoredFounded = wasFounded;
        restoredDigest = digest;
    }

    @Override
    public void onKeys(final LiveKeys snapshotKeys) {
        restoredKeys = snapshotKeys;
    }

    @Override
    public void onWhole() {
        // Not before: a limit or digest that was altered is damage, and not another cluster's.
        if (!restoredLimits.equals(charter.limits())) {
            throw founding.unfit();
        }
        founding.restore(restoredFounded, restoredDigest);
        keys.restore(restoredKeys);
    }

    @Override
    public void onRoute(final long clientId, final long sessionId) {
        routes.onCommand(clientId, sessionId);
    }

    @Override
    public void onRoleChange(final Cluster.Role newRole) {
        // Who leads decides nothing here.
    }

    @Override
    public int doBackgroundWork(final long nowNs) {
        counters.onTable(table.leases(), table.waiters(), table.clients(), table.watches(), table.revision());
        return mirror.poll();
    }

    @Override
    public void onTerminate(final Cluster terminatedCluster) {
        // Nothing is open.
    }

    /**
     * Tells the whole state, as a snapshot has it.
     *
     * @param sink takes the records of the snapshot
     */
    public void tell(final RecordSink sink) {
        final SnapshotPublisher snapshot = new SnapshotPublisher(sink);
        snapshot.begin(cluster.logPosition(), timer.timerId(), timer.isRunning(), charter.limits());
        snapshot.charter(founding.isFounded(), founding.digest());
        snapshot.keys(keys.live());
        state().visit(snapshot);
        routes.forEach(snapshot::onRoute);
        snapshot.end();
    }

    /**
     * Takes over a whole state, before the first callback.
     *
     * @return takes the records of a snapshot
     */
    public SnapshotAdapter restorer() {
        return new SnapshotAdapter(this, state().restorer());
    }

    /** Every entry of the log moves the clock. */
    private long advance(final long timestamp) {
        counters.onApplied(cluster.logPosition());
        return clock.advance(tokens.leadershipTermId(), timestamp);
    }

    private void keepTicking(final long timestamp) {
        if (table.leases() > 0 || table.waiters() > 0 || table.watches() > 0) {
            timer.start(cluster, timestamp);
        }
    }

    private LeaseState state() {
        return new LeaseState(clock, tokens, table);
    }
}
