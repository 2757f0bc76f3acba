package io.fencegate.verification.simulator.client;

import io.fencegate.client.session.CallTimes;
import io.fencegate.client.session.Jitter;
import io.fencegate.client.session.PatientClock;
import io.fencegate.client.session.RequestIds;
import io.fencegate.client.session.heal.HealSession;
import io.fencegate.client.session.heal.HealState;
import io.fencegate.client.session.lease.AcquireSession;
import io.fencegate.client.session.lease.KeeperNews;
import io.fencegate.client.session.lease.KeeperSession;
import io.fencegate.client.session.lease.LeaseCommand;
import io.fencegate.client.session.lease.LeaseSession;
import io.fencegate.client.session.writer.WriteWindow;
import io.fencegate.client.session.writer.WriterSession;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.verification.history.EventKind;
import io.fencegate.verification.history.Words;
import io.fencegate.verification.simulator.gateway.Reply;
import io.fencegate.verification.simulator.sequencer.Egress;
import io.fencegate.verification.simulator.world.Actor;
import io.fencegate.verification.simulator.world.Chance;
import io.fencegate.verification.simulator.world.FaultKind;
import java.util.Map;
import java.util.TreeMap;

/**
 * A process that links the client library: asks for leases, keeps them, and writes, with the sessions that ship. What
 * joins those sessions here does what the library does with them, over the simulated network.
 *
 * <p>One thread.
 */
public final class SimulatedClient extends Actor {
    private static final long TURN_NS = 40_000_000L;
    private static final int WINDOW = 32;
    private static final int WINDOW_BYTES = 4096;
    private static final int HEALING_PERCENT = 80;

    private final ClientWorld world;
    private final CallTimes times;
    private final long writeTimeoutNs;
    private final Chance chance;
    private final long clientId;
    private final boolean isZombie;
    private final CallLog calls;
    private final Jitter jitter;
    private final Map<String, Holding> holdings = new TreeMap<>();
    private final PatientClock patience;
    private final RequestIds requestIds;
    private final LeaseSession session;
    private final SequencerPort sequencer;
    private final GatewayPort gateway;
    private final WriterDesk desk;
    private final Healing healing;
    private final Operator operator;
    private long readUntilNs;

    /**
     * A client that asks for nothing yet.
     *
     * @param name of the process
     * @param world that it lives in
     * @param chance of its clientId, numbers and pauses
     * @param isZombie whether it goes on as a holder when it was told that its lease is lost
     */
    public SimulatedClient(final String name, final ClientWorld world, final Chance chance, final boolean isZombie) {
        super(name, world.agenda());
        this.world = world;
        this.chance = chance;
        this.isZombie = isZombie;
        this.times = world.times();
        this.writeTimeoutNs = world.writeTimeoutNs();
        this.clientId = chance.bits() | 1;
        this.jitter = boundNs -> boundNs <= 0 ? 0 : chance.between(0, boundNs);
        this.calls = new CallLog(world.history(), world.agenda(), this);
        this.patience = new PatientClock(clockNs());
        this.requestIds = new RequestIds(chance.bits());
        this.session = new LeaseSession(times);
        this.sequencer = new SequencerPort(this, world.nodes(), world.network(), session, times, jitter);
        this.gateway = new GatewayPort(this, world.gateway(), world.network(), clientId, times, jitter, calls);
        this.operator = new Operator(clientId, calls, requestIds, world.tally(), this::beginIfUp);
        this.desk = new WriterDesk(gateway, calls, chance, clientId);
        this.healing = new Healing(calls, requestIds, chance.of("healing").once(HEALING_PERCENT));
    }

    // ---- what its user asks ---------------------------------------------------------------------------------------

    /**
     * Asks for a lease, unless it has it or asks already.
     *
     * @param resource to hold
     * @param ttlMs of the lease
     * @param waitMs in the queue at most
     */
    public void acquire(final String resource, final long ttlMs, final long waitMs) {
        final Holding holding = holdings.computeIfAbsent(resource, Holding::new);
        if (!isUp() || !holding.isIdle()) {
            return;
        }
        forgetGrant(holding);
        final LeaseCommand command = LeaseCommand.acquire(clientId, requestIds.next(), resource, ttlMs, waitMs);
        holding.acquireOp = calls.onAcquireCalled(resource, clientId);
        holding.acquire = new AcquireSession(command, requestIds, times.callTimeoutNs());
        begin(command, waitMs * 1_000_000L);
        wake(0);
    }

    /** Gives up waiting. @param resource that it waits for */
    public void cancel(final String resource) {
        final Holding holding = holdings.get(resource);
        if (isUp() && holding != null && holding.acquire != null) {
            holding.acquire.giveUp();
            wake(0);
        }
    }

    /** Gives the lease back, if it has one. @param resource that it holds */
    public void release(final String resource) {
        final Holding holding = holdings.get(resource);
        if (!isUp() || holding == null || holding.grant == null || holding.release != null || holding.heal != null) {
            return;
        }
        dropKeeper(holding);
        holding.release = LeaseCommand.release(requestIds.next(), holding.grant);
        holding.releaseOp = calls.nextOp();
        calls.onCalled(EventKind.RELEASE_CALLED, holding.releaseOp, holding.grant);
        begin(holding.release, 0);
        wake(0);
    }

    /** Ends somebody else's lease, as an operator does. @param resource of the lease @param token of the lease */
    public void revoke(final String resource, final long token) {
        final Holding holding = holdings.computeIfAbsent(resource, Holding::new);
        if (!isUp() || !holding.isIdle()) {
            return;
        }
        forgetGrant(holding);
        operator.revoke(holding, token);
    }

    /** What it asks as an operator. @return its calls */
    public Operator operator() {
        return operator;
    }

    /** Writes under its grant, as soon as it can. @param resource to write to @param count of writes */
    public void write(final String resource, final int count) {
        final Holding holding = holdings.get(resource);
        if (isUp() && holding != null && holding.writer != null) {
            if (holding.isLost) {
                world.tally().count(FaultKind.ZOMBIE_WROTE);
            }
            holding.unwritten = Math.min(2 * WINDOW, holding.unwritten + count);
            wake(0);
        }
    }

    /** Reads the last record. @param resource to read */
    public void read(final String resource) {
        if (isUp()) {
            readUntilNs = clockNs() + times.callTimeoutNs();
            final long id = gateway.offerRead(resource);
            if (id != 0) {
                calls.onReadCalled(id, resource);
            }
            wake(0);
        }
    }

    /**
     * Goes on with a ticket of another process of the same holder.
     *
     * @param grant on the ticket
     */
    public void useTicket(final Grant grant) {
        final Holding holding = holdings.computeIfAbsent(grant.resource(), Holding::new);
        if (isUp() && holding.isIdle()) {
            world.tally().count(FaultKind.TICKET_SHARED);
            forgetGrant(holding);
            open(holding, grant);
            wake(0);
        }
    }

    /** Its sessions with gateway and sequencer break. */
    public void breakConnections() {
        world.tally().count(FaultKind.CONNECTION_BROKEN);
        gateway.lose("broken=connection");
        sequencer.drop(clockNs());
        wake(0);
    }

    /** The grant under which it writes. @param resource written to @return null if it has none */
    public Grant grant(final String resource) {
        final Holding holding = holdings.get(resource);
        return holding == null ? null : holding.grant;
    }

    // ---- its duty cycle -------------------------------------------------------------------------------------------

    @Override
    protected void onStart() {
        // It begins with what its constructor made.
    }

    @Override
    protected void onKilled() {
        calls.onCrashed();
    }

    @Override
    protected void turn() {
        final long realNs = clockNs();
        final long nowNs = patience.advance(realNs);
        Object message = take();
        while (message != null) {
            if (message instanceof Egress egress) {
                sequencer.onEgress(egress, realNs);
            } else if (message instanceof Reply reply) {
                gateway.onReply(reply);
            }
            message = take();
        }
        sequencer.poll(realNs);
        session.settle(nowNs);
        for (final Holding holding : holdings.values()) {
            work(holding, realNs, nowNs);
        }
        sequencer.send(realNs, nowNs);
        workWriters(nowNs);
        wake(TURN_NS);
    }

    private void workWriters(final long nowNs) {
        boolean isNeeded = clockNs() < readUntilNs;
        for (final Holding holding : holdings.values()) {
            isNeeded |= holding.writer != null && holding.writer.life().isActive();
        }
        gateway.poll(nowNs, isNeeded);
        for (final Holding holding : holdings.values()) {
            if (holding.writer != null) {
                desk.work(holding, nowNs);
                if (holding.heal == null && healing.begins(holding)) {
                    dropKeeper(holding);
                    wake(0);
                }
            }
        }
    }

    private void beginIfUp(final LeaseCommand command) {
        if (isUp()) {
            begin(command, 0);
            wake(0);
        }
    }

    private void begin(final LeaseCommand command, final long moreNs) {
        session.begin(command, times.attemptTimeoutNs(), patience.advance(clockNs()) + times.callTimeoutNs() + moreNs);
    }

    private void work(final Holding holding, final long realNs, final long nowNs) {
        workAcquire(holding, nowNs);
        if (holding.keeper != null) {
            workKeeper(holding, realNs);
        }
        if (holding.heal != null) {
            workHeal(holding);
        }
        if (holding.release != null && holding.release.isDone()) {
            final LeaseVerdict verdict = holding.release.answer().verdict();
            calls.onEnded(
                    EventKind.RELEASE_ENDED,
                    holding.releaseOp,
                    holding.resource,
                    holding.release.isTimedOut() ? Words.UNANSWERED : verdict.name(),
                    0);
            holding.release = null;
            holding.isLost = true;
        }
        if (holding.revoke != null && holding.revoke.isDone()) {
            onRevoked(holding);
        }
    }

    private void workAcquire(final Holding holding, final long nowNs) {
        boolean isGoingOn = holding.acquire != null;
        while (isGoingOn) {
            final AcquireSession.State before = holding.acquire.state();
            final LeaseCommand next = holding.acquire.next(nowNs);
            if (next != null) {
                begin(next, 0);
            }
            isGoingOn = holding.acquire.state() != before && !holding.acquire.isDone();
        }
        if (holding.acquire != null && holding.acquire.isDone()) {
            final AcquireSession done = holding.acquire;
            holding.acquire = null;
            session.forget(done.acquire());
            calls.onAcquireEnded(holding.acquireOp, done);
            if (done.state() == AcquireSession.State.GRANTED) {
                final Grant grant = done.grant();
                holding.keeper =
                        new KeeperSession(grant, done.outcome().remainingMs(), done.firstSentNs(), clockNs(), jitter);
                open(holding, grant);
            }
        }
    }

    private void workKeeper(final Holding holding, final long realNs) {
        final LeaseCommand renew = holding.keeper.next(realNs, requestIds);
        if (renew != null) {
            session.begin(
                    renew, Math.min(holding.keeper.attemptNs(), times.attemptTimeoutNs()), LeaseCommand.NO_DEADLINE);
        }
        KeeperNews news = holding.keeper.news(realNs);
        while (news != KeeperNews.NONE) {
            if (news == KeeperNews.LOST) {
                calls.onLost(clientId, holding.keeper.loss());
                holding.isLost = true;
                if (!isZombie) {
                    holding.unwritten = 0;
                }
            }
            news = holding.keeper.news(realNs);
        }
        holding.reseal();
        if (holding.isLost) {
            holding.keeper = null;
        }
    }

    private void workHeal(final Holding holding) {
        final LeaseCommand next = healing.next(holding);
        if (next != null) {
            begin(next, 0);
        }
        if (!holding.heal.isDone()) {
            return;
        }
        final HealSession done = holding.heal;
        holding.heal = null;
        if (done.state() == HealState.HEALED) {
            world.tally().count(FaultKind.LEASE_HEALED);
            forgetGrant(holding);
            final LeaseCommand acquire = done.command();
            holding.keeper = new KeeperSession(
                    done.grant(), acquire.answer().remainingMs(), acquire.pace().firstSentNs(), clockNs(), jitter);
            open(holding, done.grant());
            return;
        }
        if (done.state() == HealState.LOST) {
            calls.onLost(clientId, done.loss());
        }
        holding.isLost = true;
    }

    private void dropKeeper(final Holding holding) {
        if (holding.keeper != null && holding.keeper.renewal() != null) {
            session.forget(holding.keeper.renewal());
        }
        holding.keeper = null;
    }

    private void onRevoked(final Holding holding) {
        final Grant fresh = operator.revoked(holding);
        if (fresh != null) {
            // The operator's token has no lease: it opens, so that the old holder is fenced at once.
            open(holding, fresh);
            holding.isLost = true;
        }
    }

    private void open(final Holding holding, final Grant grant) {
        holding.grant = grant;
        holding.isLost = false;
        holding.writer = new WriterSession(grant, new WriteWindow(WINDOW, WINDOW_BYTES), times, writeTimeoutNs, jitter);
    }

    private void forgetGrant(final Holding holding) {
        if (holding.writer != null) {
            holding.writer.close();
            calls.onClosed(holding.writer);
        }
        holding.writer = null;
        holding.grant = null;
        holding.keeper = null;
        holding.unwritten = 0;
        holding.isLost = false;
    }
}
