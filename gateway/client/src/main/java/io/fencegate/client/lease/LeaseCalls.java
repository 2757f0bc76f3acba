package io.fencegate.client.lease;

import io.fencegate.client.error.LeaseLostException;
import io.fencegate.client.error.LeaseRefusedException;
import io.fencegate.client.error.LoginRefusedException;
import io.fencegate.client.link.AeronLink;
import io.fencegate.client.link.CallTimer;
import io.fencegate.client.link.ClientThread;
import io.fencegate.client.login.Login;
import io.fencegate.client.session.CallTimes;
import io.fencegate.client.session.lease.HeldLease;
import io.fencegate.client.session.lease.LeaseAnswer;
import io.fencegate.client.session.lease.LeaseCommand;
import io.fencegate.client.session.lease.LeaseLoss;
import io.fencegate.client.session.lease.LeaseState;
import io.fencegate.client.session.lease.WatchSession;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.LeaseEnd;
import io.fencegate.core.grant.LeaseVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * Calls to the sequencer: those that begin something, and those that block, which go the same way and wait for its end.
 * While a call blocks, everything else that is under way goes on.
 *
 * <p>The client's thread.
 */
public final class LeaseCalls implements AutoCloseable {
    private final LeaseEngine engine;
    private final AccessCalls access;
    private final long clientId;

    /**
     * Where the sequencer is, and who calls.
     *
     * @param clientId this client as a holder of leases
     * @param ingressEndpoints of the sequencer's nodes
     * @param egressChannel on which the sequencer answers
     * @param login as whom the client logs in
     * @param thread notices a second thread inside of the client
     * @param chance random bits
     * @param renewed is told of each grant that is answered anew, maybe with another seal
     */
    public record Place(
            long clientId,
            String ingressEndpoints,
            String egressChannel,
            Login login,
            ClientThread thread,
            long chance,
            Consumer<Grant> renewed) {}

    /**
     * Calls that connect at first need.
     *
     * @param place where the sequencer is
     * @param times of the calls
     * @param link to the media driver
     * @param timer of the calls that block
     */
    public LeaseCalls(final Place place, final CallTimes times, final AeronLink link, final CallTimer timer) {
        this.clientId = place.clientId();
        this.access = new AccessCalls(this, place.clientId());
        this.engine = new LeaseEngine(place, times, link, timer);
    }

    /** Acquires a lease. @param resource its name @param ttlMs of the lease @param waitMs in the queue @return the lease */
    public Lease acquire(final String resource, final long ttlMs, final long waitMs) {
        engine.thread().enterAlone();
        try {
            final LeaseCommand acquire = newAcquire(resource, ttlMs, waitMs);
            final PendingLease pending = begin(acquire);
            try {
                engine.await(pending, acquire);
            } finally {
                if (!pending.isDone()) {
                    pending.cancel();
                }
            }
            final Lease lease = pending.lease();
            engine.onRenewed(lease.grant());
            return lease;
        } finally {
            engine.thread().exit(true);
        }
    }

    /** Begins an acquire. @param resource its name @param ttlMs of the lease @param waitMs in the queue @return under way */
    public PendingLease offerAcquire(final String resource, final long ttlMs, final long waitMs) {
        final boolean isOutermost = engine.thread().enter();
        try {
            engine.checkCount(PendingLease.class, LeaseEngine.PENDING_MAX);
            return begin(newAcquire(resource, ttlMs, waitMs));
        } finally {
            engine.thread().exit(isOutermost);
        }
    }

    private LeaseCommand newAcquire(final String resource, final long ttlMs, final long waitMs) {
        Outcomes.checkName(resource);
        return LeaseCommand.acquire(clientId, engine.requestIds().next(), resource, ttlMs, waitMs);
    }

    private PendingLease begin(final LeaseCommand acquire) {
        final PendingLease pending = new PendingLease(engine, acquire);
        engine.begin(acquire, TimeUnit.MILLISECONDS.toNanos(Math.max(0, acquire.waitMs())));
        engine.add(pending);
        return pending;
    }

    /** Prolongs a lease. @param grant of it @param ttlMs from now @return the lease */
    public Lease renew(final Grant grant, final long ttlMs) {
        final LeaseCommand renew = LeaseCommand.renew(engine.requestIds().next(), grant, ttlMs);
        final LeaseAnswer answer = engine.call(renew);
        Outcomes.check(grant, answer, LeaseVerdict.RENEWED);
        final Grant renewed =
                new Grant(grant.resource(), answer.token(), grant.clientId(), answer.ttlMs(), answer.seal());
        engine.onRenewed(renewed);
        return new Lease(renewed, answer.remainingMs(), renew.pace().firstSentNs());
    }

    /** Ends a lease. @param grant of it */
    public void release(final Grant grant) {
        Outcomes.check(
                grant, engine.call(LeaseCommand.release(engine.requestIds().next(), grant)), LeaseVerdict.RELEASED);
    }

    /** Begins a release. @param grant of the lease @return under way */
    public PendingRelease offerRelease(final Grant grant) {
        final boolean isOutermost = engine.thread().enter();
        try {
            return offerRelease(engine, grant);
        } finally {
            engine.thread().exit(isOutermost);
        }
    }

    static PendingRelease offerRelease(final LeaseEngine engine, final Grant grant) {
        engine.checkCount(PendingRelease.class, LeaseEngine.PENDING_MAX);
        final LeaseCommand release = LeaseCommand.release(engine.requestIds().next(), grant);
        final PendingRelease pending = new PendingRelease(engine, grant, release);
        engine.begin(release, 0);
        engine.add(pending);
        return pending;
    }

    /** Keeps a lease. @param lease that is held @param listener that is told @return the keeper */
    public LeaseKeeper keep(final Lease lease, final LeaseListener listener) {
        final boolean isOutermost = engine.thread().enter();
        try {
            engine.checkCount(LeaseKeeper.class, LeaseEngine.KEEPERS_MAX);
            final LeaseKeeper keeper = new LeaseKeeper(engine, lease, listener);
            engine.add(keeper);
            return keeper;
        } finally {
            engine.thread().exit(isOutermost);
        }
    }

    /** Watches leases. @param prefix of their names @param listener that is told @return the watch */
    public LeaseWatch watch(final String prefix, final WatchListener listener) {
        final boolean isOutermost = engine.thread().enter();
        try {
            Outcomes.checkPrefix(prefix);
            engine.checkCount(LeaseWatch.class, LeaseEngine.WATCHES_MAX);
            final WatchSession session =
                    new WatchSession(clientId, engine.requestIds().next(), prefix);
            final LeaseWatch watch = new LeaseWatch(engine, session, listener);
            engine.add(watch);
            return watch;
        } finally {
            engine.thread().exit(isOutermost);
        }
    }

    /** Describes a resource. @param resource its name @return who holds it */
    public LeaseState describe(final String resource) {
        Outcomes.checkName(resource);
        final LeaseAnswer answer =
                engine.call(LeaseCommand.describe(clientId, engine.requestIds().next(), resource));
        if (answer.verdict() != null) {
            throw Outcomes.refusal(resource, 0, answer);
        }
        return answer.state();
    }

    /** Ends somebody's lease. @param resource its name @return the fresh grant */
    public Revocation revoke(final String resource) {
        final LeaseState held = describe(resource);
        if (!held.isHeld()) {
            throw new LeaseRefusedException(LeaseVerdict.LEASE_LOST, resource, 0);
        }
        final long token = held.token();
        final LeaseAnswer answer =
                engine.call(LeaseCommand.revoke(clientId, engine.requestIds().next(), resource, token));
        if (answer.verdict() == LeaseVerdict.LEASE_LOST) {
            final LeaseEnd end = answer.end();
            throw new LeaseLostException(new LeaseLoss(resource, token, end, answer.token(), answer.holder()));
        }
        if (answer.verdict() != LeaseVerdict.REVOKED) {
            throw Outcomes.refusal(resource, token, answer);
        }
        return new Revocation(
                new Grant(resource, answer.token(), clientId, held.ttlMs(), answer.seal()),
                answer.state().token(),
                answer.state().holder());
    }

    /** Lists leases. @param prefix of their names @return in their order */
    public List<HeldLease> leases(final String prefix) {
        Outcomes.checkPrefix(prefix);
        final List<HeldLease> leases = new ArrayList<>();
        String last = "";
        LeaseAnswer answer;
        do {
            answer = engine.call(LeaseCommand.list(clientId, engine.requestIds().next(), prefix, last));
            if (answer.verdict() != null) {
                throw Outcomes.refusal(prefix, 0, answer);
            }
            leases.addAll(answer.page());
            last = leases.isEmpty() ? "" : leases.get(leases.size() - 1).resource();
        } while (answer.hasMore() && !answer.page().isEmpty());
        return leases;
    }

    /** Why the sequencer does not let this client in. @return null if it does, or did not say */
    public LoginRefusedException refusal() {
        return engine.refusal();
    }

    /** Who may do what. @return the calls of operators */
    public AccessCalls access() {
        return access;
    }

    LeaseAnswer call(final LongFunction<LeaseCommand> command) {
        return engine.call(command.apply(engine.requestIds().next()));
    }

    /** Heals leases. @return what does it */
    public Healer healer() {
        return new Healer(engine, clientId);
    }

    /** Calls about the keys of the seals. @return the calls */
    public KeyCalls keys() {
        return new KeyCalls(engine, clientId);
    }

    /** Lets everything under way go on. @return work done */
    public int poll() {
        return engine.poll();
    }

    @Override
    public void close() {
        engine.close();
    }
}
