package io.fencegate.verification.simulator.sequencer;

import io.aeron.Publication;
import io.aeron.cluster.codecs.CloseReason;
import io.fencegate.sequencer.charter.Charter;
import io.fencegate.sequencer.counters.CounterMirror;
import io.fencegate.sequencer.counters.SequencerCounters;
import io.fencegate.sequencer.login.Admission;
import io.fencegate.sequencer.service.SequencerService;
import io.fencegate.sequencer.snapshot.SnapshotAdapter;
import io.fencegate.verification.simulator.world.Actor;
import io.fencegate.verification.simulator.world.Agenda;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A node of the sequencer: the service that ships, applying the log. What it has on disk is the log's part that the
 * cluster knows of it, and its newest snapshot.
 *
 * <p>One thread.
 */
final class SimulatedNode extends Actor {
    /** The cluster's positions count bytes; here an entry is so long. */
    static final int ENTRY_LENGTH = 64;

    private static final long TURN_NS = 40_000_000L;

    private final SimulatedCluster cluster;
    private final ClusterSettings settings;
    private final int index;
    private final Map<Long, Long> heardNs = new HashMap<>();
    private SequencerService service;
    private NodeContext context;
    private NodeSnapshot snapshot;
    private int applied;
    private long clockOffsetMs;

    SimulatedNode(
            final SimulatedCluster cluster, final Agenda agenda, final ClusterSettings settings, final int index) {
        super("node" + index, agenda);
        this.cluster = cluster;
        this.settings = settings;
        this.index = index;
    }

    int index() {
        return index;
    }

    int applied() {
        return applied;
    }

    /** The clock jumps. */
    void shiftClock(final long byMs) {
        clockOffsetMs += byMs;
    }

    /** What the node calls the time. */
    long clockMs() {
        return TimeUnit.NANOSECONDS.toMillis(nowNs()) + clockOffsetMs;
    }

    /** Forgets what it has on disk, too, behind this many entries of the log. */
    void forgetBehind(final int kept) {
        if (snapshot != null && snapshot.applied() > kept) {
            snapshot = null;
        }
    }

    @Override
    protected void onStart() {
        final SequencerCounters counters = new SequencerCounters();
        service = new SequencerService(
                new Charter(settings.nodes(), settings.tickMs(), settings.limits()),
                settings.keys(),
                counters,
                new CounterMirror(index, settings.limits(), Admission.SESSIONS_MAX_DEFAULT, counters));
        context = new NodeContext(index);
        applied = 0;
        heardNs.clear();
        service.onStart(context, null);
        if (snapshot != null) {
            load();
        }
    }

    private void load() {
        applied = snapshot.applied();
        context.logPosition((long) applied * ENTRY_LENGTH);
        final SnapshotAdapter adapter = service.restorer();
        for (final byte[] bytes : snapshot.records()) {
            adapter.onRecord(new UnsafeBuffer(bytes), 0, bytes.length);
        }
        if (!adapter.isWhole()) {
            throw new IllegalStateException("a node's own snapshot is not whole: applied=" + applied);
        }
        snapshot.routes().forEach((id, route) -> context.sessions().put(id, new NodeSession(this, id, route)));
        context.timers().putAll(snapshot.timers());
    }

    @Override
    protected void onKilled() {
        service = null;
        context = null;
    }

    @Override
    protected void turn() {
        Object message = take();
        while (message != null) {
            cluster.onIngress(this, (Ingress) message);
            message = take();
        }
        if (cluster.leads(this)) {
            fireTimers();
            closeSilent();
        } else if (cluster.follows(this)) {
            applyUpTo(cluster.size());
        }
        wake(TURN_NS);
    }

    private void fireTimers() {
        final long clockMs = clockMs();
        for (final Map.Entry<Long, Long> timer : List.copyOf(context.timers().entrySet())) {
            if (timer.getValue() <= clockMs) {
                // Fired once: a leader that loses the entry leaves it to the next one, which has it in its own list.
                context.timers().put(timer.getKey(), Long.MAX_VALUE);
                cluster.propose(this, LogEntry.of(LogEntry.Kind.TIMER, cluster.term(), clockMs, timer.getKey()));
            }
        }
    }

    private void closeSilent() {
        for (final NodeSession session : List.copyOf(context.sessions().values())) {
            if (session.route().client() == null) {
                continue;
            }
            final long heard = heardNs.computeIfAbsent(session.id(), id -> nowNs());
            if (nowNs() - heard > settings.sessionTimeoutNs()) {
                heardNs.put(session.id(), nowNs());
                cluster.propose(this, LogEntry.of(LogEntry.Kind.CLOSE, cluster.term(), clockMs(), session.id()));
            }
        }
    }

    /** A client was heard in a session. Returns false if there is no such session. */
    boolean onHeard(final long session) {
        heardNs.put(session, nowNs());
        return context.sessions().containsKey(session);
    }

    /** Applies the log. */
    void applyUpTo(final int size) {
        while (applied < size) {
            final LogEntry entry = cluster.entry(applied);
            applied++;
            context.logPosition((long) applied * ENTRY_LENGTH);
            apply(entry);
            cluster.onApplied(this, applied, entry);
        }
    }

    private void apply(final LogEntry entry) {
        final long timestamp = entry.timestamp();
        if (isDelivered(entry)) {
            cluster.onDelivered(applied, entry);
        }
        switch (entry.kind()) {
            case TERM -> {
                heardNs.clear();
                final long position = context.logPosition();
                service.onNewLeadershipTermEvent(
                        entry.term(), position, timestamp, position, (int) entry.number(), 0, TimeUnit.MILLISECONDS, 1);
            }
            case OPEN -> {
                final NodeSession session = new NodeSession(this, entry.number(), entry.route());
                context.sessions().put(session.id(), session);
                service.onSessionOpen(session, timestamp);
            }
            case CLOSE -> {
                final NodeSession session = context.sessions().remove(entry.number());
                if (session != null) {
                    service.onSessionClose(session, timestamp, CloseReason.TIMEOUT);
                    cluster.onClosed(this, session);
                }
            }
            case MESSAGE -> {
                final NodeSession session = context.sessions().get(entry.number());
                if (session != null) {
                    final UnsafeBuffer buffer = new UnsafeBuffer(entry.message());
                    service.onSessionMessage(session, timestamp, buffer, 0, buffer.capacity(), null);
                }
            }
            case TIMER -> {
                // Whether this node had scheduled it or not: the leader's timers are everybody's.
                context.timers().remove(entry.number());
                service.onTimerEvent(entry.number(), timestamp);
            }
            case SNAPSHOT -> snapshot = takeSnapshot();
            default -> throw new IllegalStateException("kind=" + entry.kind());
        }
    }

    /** Whether the service is told of it. */
    private boolean isDelivered(final LogEntry entry) {
        return switch (entry.kind()) {
            case TERM, OPEN, TIMER -> true;
            case CLOSE, MESSAGE -> context.sessions().containsKey(entry.number());
            case SNAPSHOT -> false;
        };
    }

    /** The whole state, as the service tells it. */
    NodeSnapshot takeSnapshot() {
        final List<byte[]> records = new ArrayList<>();
        service.tell((buffer, offset, length) -> {
            final byte[] bytes = new byte[length];
            buffer.getBytes(offset, bytes);
            records.add(bytes);
        });
        final Map<Long, Route> routes = new TreeMap<>();
        context.sessions().forEach((id, session) -> routes.put(id, session.route()));
        final Map<Long, Long> timers = new TreeMap<>();
        context.timers().keySet().forEach(id -> timers.put(id, 0L));
        return new NodeSnapshot(applied, List.copyOf(records), routes, timers);
    }

    /** The open sessions. */
    List<NodeSession> sessions() {
        return List.copyOf(context.sessions().values());
    }

    /** The service answers. */
    long onEgress(final NodeSession session, final byte[] message) {
        return cluster.onEgress(this, session, message) ? 1 : Publication.BACK_PRESSURED;
    }
}
