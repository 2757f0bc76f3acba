package io.fencegate.verification.simulator.gateway;

import io.fencegate.core.fence.OffHeapFenceTable;
import io.fencegate.core.grant.Sealer;
import io.fencegate.core.grant.Verdict;
import io.fencegate.storage.flow.LawParts;
import io.fencegate.storage.flow.LineDuty;
import io.fencegate.storage.flow.LineLaw;
import io.fencegate.storage.flow.RecoveringLaw;
import io.fencegate.storage.flow.RequestHandler;
import io.fencegate.storage.flow.ServingLaw;
import io.fencegate.storage.flow.Tally;
import io.fencegate.storage.recovery.FenceRecovery;
import io.fencegate.storage.session.Answer;
import io.fencegate.storage.session.AnswerKind;
import io.fencegate.storage.session.Outlet;
import io.fencegate.storage.session.Session;
import io.fencegate.storage.session.Sessions;
import io.fencegate.verification.history.Event;
import io.fencegate.verification.history.EventBuilder;
import io.fencegate.verification.history.EventKind;
import io.fencegate.verification.history.Fault;
import io.fencegate.verification.history.History;
import io.fencegate.verification.simulator.disk.DiskListener;
import io.fencegate.verification.simulator.disk.JournalWriter;
import io.fencegate.verification.simulator.disk.ProcessDiedException;
import io.fencegate.verification.simulator.disk.SimulatedDisk;
import io.fencegate.verification.simulator.world.Actor;
import io.fencegate.verification.simulator.world.Agenda;
import io.fencegate.verification.simulator.world.Chance;
import io.fencegate.verification.simulator.world.FaultKind;
import io.fencegate.verification.simulator.world.FaultTally;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The gateway's process: the line that ships, its law and its sessions, on a simulated disk, with a sync agent that takes
 * its time.
 *
 * <p>One thread.
 */
public final class SimulatedGateway extends Actor {
    private static final long TURN_NS = 50_000_000L;
    private static final int NAME_BYTES_MAX = 4096;
    private static final int OVERHEARD_MAX = 64;

    private final Agenda agenda;
    private final GatewaySettings settings;
    private final Chance chance;
    private final FaultTally tally;
    private final History history;
    private final SimulatedDisk disk;
    private final Map<Connection, SimulatedCaller> callers = new LinkedHashMap<>();
    private final Set<Connection> ended = new HashSet<>();
    private final ArrayDeque<Request> overheard = new ArrayDeque<>();
    private final List<String> names = new ArrayList<>();
    private OffHeapFenceTable fences;
    private JournalWriter journal;
    private Sessions sessions;
    private LineDuty duty;
    private Sealer sealer;
    private SimulatedCaller turnedTo;
    private Request served;
    private boolean isSyncing;
    private boolean isServing;
    private int stepsToLive = Integer.MAX_VALUE;
    private String failure;

    /**
     * A gateway that is not started.
     *
     * @param agenda of the world
     * @param settings of the gateway
     * @param chance of its syncs, starts and losses
     * @param tally of what went wrong
     * @param history that records and answers are written into
     */
    public SimulatedGateway(
            final Agenda agenda,
            final GatewaySettings settings,
            final Chance chance,
            final FaultTally tally,
            final History history) {
        super("gateway", agenda);
        this.agenda = agenda;
        this.settings = settings;
        this.chance = chance;
        this.tally = tally;
        this.history = history;
        this.disk = new SimulatedDisk(chance.bits());
    }

    /** What it writes to. @return outlives the process */
    public SimulatedDisk disk() {
        return disk;
    }

    /** What stopped it that must never happen. @return null if nothing did */
    public String failure() {
        return failure;
    }

    /** Requests that somebody may have overheard. @return the latest ones */
    public List<Request> overheard() {
        return List.copyOf(overheard);
    }

    /** Looks which keys there are; its next start does so by itself. */
    public void lookForKeys() {
        if (isUp() && isServing) {
            sealer.rekey(settings.keys().read());
        }
    }

    /** The process dies after so many steps that leave something on disk. @param steps from 0 */
    public void dieAfter(final int steps) {
        stepsToLive = steps;
        if (journal != null) {
            journal.dieAfter(steps);
        }
    }

    // ---- its life
    // -----------------------------------------------------------------------------------------------------

    @Override
    protected void onStart() {
        sessions = new Sessions(settings.sessions().sessionsMax());
        fences = new OffHeapFenceTable(settings.resourcesMax(), NAME_BYTES_MAX, settings.payloadLengthMax(), 1);
        names.clear();
        final Verdicts verdicts = new Verdicts();
        final LineLaw law = new RecoveringLaw(this::send, verdicts);
        duty = new LineDuty(law, sessions, verdicts, clockNs());
        isServing = false;
        isSyncing = false;
        journal = new JournalWriter(disk, settings.disk(), new Writing());
        journal.dieAfter(stepsToLive);
        stepsToLive = Integer.MAX_VALUE;
        later(chance.between(0, settings.recoveryNs()), this::recover);
    }

    private void recover() {
        final FenceRecovery recovery = new FenceRecovery(fences, "simulated", settings.isSealed(), () -> {});
        try {
            journal.start(recovery);
        } catch (final ProcessDiedException died) {
            tally.count(FaultKind.GATEWAY_START_BROKEN);
            die();
            return;
        } catch (final RuntimeException refused) {
            failure = "the gateway does not start: " + refused;
            die();
            return;
        }
        for (int handle = 0; handle < fences.size(); handle++) {
            names.add(nameOf(handle));
        }
        sealer = Sealer.of(settings.keys().read());
        final LawParts parts =
                new LawParts(fences, sealer, journal, journal, settings.disk().isSyncedFirst());
        final LineLaw law = new ServingLaw(parts, sessions, settings.sessions(), this::send, new Verdicts());
        duty.law(law, clockNs());
        isServing = true;
        wake(0);
    }

    private String nameOf(final int handle) {
        final UnsafeBuffer name = new UnsafeBuffer(new byte[128]);
        return name.getStringWithoutLengthUtf8(0, fences.copyName(handle, name, 0));
    }

    private void die() {
        history.add(event(EventKind.FAULT).word(Fault.KILLED));
        kill();
        if (failure == null) {
            agenda.after(chance.between(10_000_000L, 2_000_000_000L), this::start);
        }
    }

    @Override
    protected void onKilled() {
        callers.values().forEach(caller -> caller.connection().refuse());
        ended.addAll(callers.keySet());
        callers.clear();
        turnedTo = null;
        fences.close();
        journal = null;
    }

    @Override
    protected void turn() {
        Object message = take();
        while (message != null) {
            onRequest((Request) message);
            message = take();
        }
        try {
            duty.beginTurn(clockNs(), clockNs());
            duty.pollRequests();
            duty.releaseAnswers();
            if (duty.isTendingDue()) {
                duty.tendSessions();
            }
        } catch (final ProcessDiedException died) {
            tally.count(FaultKind.GATEWAY_KILLED);
            die();
            return;
        }
        syncIfDue();
        boolean hasMore = false;
        for (final SimulatedCaller caller : callers.values()) {
            hasMore |= caller.hasRequests() && caller.session().isRead();
        }
        wake(hasMore ? chance.between(1_000, 100_000) : TURN_NS);
    }

    private void onRequest(final Request request) {
        final Connection connection = request.connection();
        if (ended.contains(connection)) {
            return;
        }
        if (overheard.size() == OVERHEARD_MAX) {
            overheard.poll();
        }
        overheard.add(request);
        SimulatedCaller caller = callers.get(connection);
        if (caller == null) {
            caller = new SimulatedCaller(this, connection, new Session(settings.sessions(), clockNs()));
            callers.put(connection, caller);
            duty.admit(caller);
        }
        caller.add(request);
    }

    private void syncIfDue() {
        if (!isServing || isSyncing || !journal.isSyncDue()) {
            return;
        }
        isSyncing = true;
        final int entries = journal.entries();
        final long position = journal.position();
        later(chance.between(settings.disk().syncMinNs(), settings.disk().syncMaxNs()), () -> {
            isSyncing = false;
            journal.synced(entries, position);
            wake(0);
        });
    }

    // ---- its line
    // -----------------------------------------------------------------------------------------------------

    int requestsPerTurn() {
        return settings.requestsPerTurn();
    }

    RequestHandler requests() {
        return duty.requests();
    }

    void serves(final Request request) {
        served = request;
    }

    void turnTo(final SimulatedCaller caller) {
        turnedTo = caller;
    }

    void onEnded(final SimulatedCaller caller) {
        callers.remove(caller.connection());
        ended.add(caller.connection());
        caller.connection().refuse();
    }

    private Outlet.Result send(final Session session, final Answer answer, final long durablePosition) {
        if (chance.once(settings.blockedPercent())) {
            return Outlet.Result.BLOCKED;
        }
        final Connection connection = turnedTo.connection();
        if (answer.kind() == AnswerKind.WELCOME) {
            connection
                    .replies()
                    .send(Reply.welcome(connection, answer, session, disk.journalId(), journal.generation()));
        } else {
            connection.replies().send(Reply.of(connection, answer));
        }
        if (answer.kind() == AnswerKind.OPENED) {
            history.add(event(EventKind.OPEN_ANSWERED)
                    .resource(names.get(answer.handle()))
                    .clientId(answer.clientId())
                    .token(answer.token())
                    .sequence(answer.sequenceLast()));
        }
        return Outlet.Result.SENT;
    }

    private EventBuilder event(final EventKind kind) {
        return Event.at(nowNs(), name(), kind);
    }

    /** Verdicts are counted by the histories' readers. */
    private static final class Verdicts implements Tally {
        @Override
        public void count(final Verdict verdict) {
            // The answer itself is in the history.
        }

        @Override
        public void sessions(final int count) {
            // Sessions are no part of a history.
        }

        @Override
        public void countBlocked() {
            // That a session ended, its client finds out.
        }
    }

    /** What is written is noted. */
    private final class Writing implements DiskListener {
        @Override
        public void onRecovered(final long generation, final long position) {
            history.add(event(EventKind.RECOVERED).record(generation, position));
        }

        @Override
        public void onFenceRaised(
                final String resource,
                final long token,
                final long clientId,
                final long generation,
                final long position) {
            while (names.size() < fences.size()) {
                names.add(nameOf(names.size()));
            }
            history.add(event(EventKind.FENCE_RAISED)
                    .resource(resource)
                    .token(token)
                    .clientId(clientId)
                    .record(generation, position));
        }

        @Override
        public void onOpenTaken() {
            history.add(event(EventKind.OPEN_TAKEN)
                    .resource(served.resource())
                    .token(served.token())
                    .clientId(served.clientId()));
        }

        @Override
        public void onFenceSynced(final String resource, final long token) {
            history.add(event(EventKind.FENCE_SYNCED).resource(resource).token(token));
        }

        @Override
        public void onAppended(
                final int handle,
                final long token,
                final long sequence,
                final int crc,
                final long generation,
                final long position) {
            history.add(event(EventKind.APPENDED)
                    .resource(names.get(handle))
                    .token(token)
                    .sequence(sequence)
                    .crc(crc)
                    .record(generation, position));
        }

        @Override
        public void onSynced(final long position) {
            history.add(event(EventKind.JOURNAL_SYNCED).position(position));
        }
    }
}
