package io.fencegate.client.lease;

import io.fencegate.client.error.DeniedException;
import io.fencegate.client.error.LeaseLostException;
import io.fencegate.client.error.LeaseRefusedException;
import io.fencegate.client.error.NotReachableException;
import io.fencegate.client.error.WaitTimedOutException;
import io.fencegate.client.link.AeronLink;
import io.fencegate.client.link.CallTimer;
import io.fencegate.client.sequencer.CommandPublisher;
import io.fencegate.client.sequencer.EgressAdapter;
import io.fencegate.client.sequencer.SequencerConnection;
import io.fencegate.client.session.CallTimes;
import io.fencegate.client.session.RequestIds;
import io.fencegate.client.session.RetryTimer;
import io.fencegate.client.session.lease.HeldLease;
import io.fencegate.client.session.lease.LeaseEnd;
import io.fencegate.client.session.lease.LeaseLoss;
import io.fencegate.client.session.lease.LeaseSession;
import io.fencegate.client.session.lease.LeaseState;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.grant.ResourceName;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Blocking calls to the sequencer. A command is sent again, with its requestId, until it is answered or the call's time
 * is over: after a silence, at a new leader, on a new connection. The sequencer answers a repeated command as it
 * answered the first one.
 *
 * <p>The client's thread.
 */
public final class LeaseCalls implements AutoCloseable {
    private final LeaseSession session = new LeaseSession();
    private final CommandPublisher command = new CommandPublisher();
    private final SequencerConnection connection;
    private final long clientId;
    private final String endpoints;
    private final CallTimes times;
    private final CallTimer timer;
    private final RequestIds requestIds;
    private final RetryTimer retry;
    private boolean hasBegun;
    private boolean hasRepeated;
    private long sentEpoch;

    /**
     * Calls that connect at first need.
     *
     * @param clientId this client as a holder of leases
     * @param endpoints of the sequencer's nodes
     * @param egressChannel on which the sequencer answers
     * @param times of the calls
     * @param link to the media driver
     * @param timer of the calls
     * @param requestIdStart random
     */
    public LeaseCalls(
            final long clientId,
            final String endpoints,
            final String egressChannel,
            final CallTimes times,
            final AeronLink link,
            final CallTimer timer,
            final long requestIdStart) {
        this.clientId = clientId;
        this.endpoints = endpoints;
        this.times = times;
        this.timer = timer;
        this.requestIds = new RequestIds(requestIdStart);
        this.retry = times.newRetryTimer();
        this.connection = new SequencerConnection(
                link, endpoints, egressChannel, times.newRetryTimer(), new EgressAdapter(session));
    }

    /** Acquires a lease. @param resource its name @param ttlMs of the lease @param waitMs in the queue @return the lease */
    public Lease acquire(final String resource, final long ttlMs, final long waitMs) {
        checkName(resource);
        final long requestId = requestIds.next();
        command.acquire(clientId, requestId, resource, ttlMs, waitMs);
        final long waitNs = TimeUnit.MILLISECONDS.toNanos(Math.max(0, waitMs));
        call(clientId, requestId, resource, times.callTimeoutNs() + waitNs);
        if (session.verdict() == LeaseVerdict.DENIED) {
            throw new DeniedException(resource, session.token(), 0, session.remainingMs());
        }
        if (session.verdict() == LeaseVerdict.WAIT_TIMED_OUT) {
            throw new WaitTimedOutException(resource, session.token());
        }
        if (session.verdict() != LeaseVerdict.GRANTED) {
            throw new LeaseRefusedException(session.verdict(), resource, session.token());
        }
        final boolean mustRenew = session.mustRenew();
        final Lease lease = lease(resource, clientId);
        return mustRenew ? renewedAtOnce(lease) : lease;
    }

    /** A lease that comes out of the queue runs a short time only until the sequencer hears of its holder. */
    private Lease renewedAtOnce(final Lease lease) {
        try {
            return renew(lease.grant(), lease.grant().ttlMs());
        } catch (final NotReachableException ignored) {
            return lease;
        }
    }

    /** Prolongs a lease. @param grant of it @param ttlMs from now @return the lease */
    public Lease renew(final Grant grant, final long ttlMs) {
        final long requestId = requestIds.next();
        command.renew(requestId, grant, ttlMs);
        call(grant.clientId(), requestId, grant.resource(), times.callTimeoutNs());
        checkHeld(grant, LeaseVerdict.RENEWED);
        return lease(grant.resource(), grant.clientId());
    }

    /** Ends a lease. @param grant of it */
    public void release(final Grant grant) {
        final long requestId = requestIds.next();
        command.release(requestId, grant);
        call(grant.clientId(), requestId, grant.resource(), times.callTimeoutNs());
        checkHeld(grant, LeaseVerdict.RELEASED);
    }

    /** Lists leases. @param prefix of their names @return in their order */
    public List<HeldLease> leases(final String prefix) {
        if (!prefix.isEmpty()) {
            checkName(prefix);
        }
        final List<HeldLease> leases = new ArrayList<>();
        String last = "";
        do {
            final long requestId = requestIds.next();
            command.list(clientId, requestId, prefix, last);
            call(clientId, requestId, prefix, times.callTimeoutNs());
            if (session.verdict() != null) {
                throw new LeaseRefusedException(session.verdict(), prefix, session.token());
            }
            leases.addAll(session.page());
            last = leases.isEmpty() ? "" : leases.get(leases.size() - 1).resource();
        } while (session.hasMore() && !session.page().isEmpty());
        return leases;
    }

    /** Begins an acquire. @param resource its name @param ttlMs of the lease @param waitMs in the queue @return under way */
    public PendingLease offerAcquire(final String resource, final long ttlMs, final long waitMs) {
        throw new UnsupportedOperationException();
    }

    /** Begins a release. @param grant of the lease @return under way */
    public PendingRelease offerRelease(final Grant grant) {
        throw new UnsupportedOperationException();
    }

    /** Keeps a lease. @param lease that is held @param listener that is told @return the keeper */
    public LeaseKeeper keep(final Lease lease, final LeaseListener listener) {
        throw new UnsupportedOperationException();
    }

    /** Watches leases. @param prefix of their names @param listener that is told @return the watch */
    public LeaseWatch watch(final String prefix, final WatchListener listener) {
        throw new UnsupportedOperationException();
    }

    /** Describes a resource. @param resource its name @return who holds it */
    public LeaseState describe(final String resource) {
        throw new UnsupportedOperationException();
    }

    /** Ends somebody's lease. @param resource its name @return the fresh grant */
    public Revocation revoke(final String resource) {
        throw new UnsupportedOperationException();
    }

    /** Takes in answers. @return work done */
    public int poll() {
        return hasBegun ? connection.poll(System.nanoTime()) : 0;
    }

    private void call(final long holder, final long requestId, final String resource, final long timeoutNs) {
        hasBegun = true;
        timer.begin(timeoutNs);
        session.start(holder, requestId);
        retry.start(timer.nowNs());
        sentEpoch = 0;
        while (true) {
            final int workCount = connection.poll(System.nanoTime());
            if (session.isAnswered()) {
                return;
            }
            if (timer.isOver()) {
                throw new NotReachableException(
                        "unreachable=sequencer endpoints=" + endpoints + " connected=" + connection.isConnected()
                                + " resource=" + resource,
                        connection.isConnected() ? null : connection.lastError());
            }
            timer.idle(workCount + (connection.isConnected() ? send() : 0));
        }
    }

    /** Sends the command on a new connection, to a new leader, and after a silence; a second silence ends the connection. */
    private int send() {
        final long nowNs = timer.nowNs();
        if (connection.epoch() != sentEpoch && command.send(connection)) {
            sentEpoch = connection.epoch();
            hasRepeated = false;
            retry.start(nowNs);
            return 1;
        }
        if (!retry.isExpired(nowNs)) {
            return 0;
        }
        retry.again(nowNs);
        final boolean isSilent = !session.takeHeard() && (hasRepeated || connection.epoch() != sentEpoch);
        hasRepeated = !isSilent && command.send(connection);
        if (!hasRepeated) {
            connection.drop(System.nanoTime());
        }
        return 1;
    }

    private void checkHeld(final Grant grant, final LeaseVerdict expected) {
        if (session.verdict() == LeaseVerdict.LEASE_LOST) {
            throw new LeaseLostException(
                    new LeaseLoss(grant.resource(), grant.token(), LeaseEnd.UNKNOWN, session.token(), 0));
        }
        if (session.verdict() != expected) {
            throw new LeaseRefusedException(session.verdict(), grant.resource(), session.token());
        }
    }

    private static void checkName(final String name) {
        if (!ResourceName.isValid(name)) {
            throw new LeaseRefusedException(LeaseVerdict.BAD_NAME, String.valueOf(name), 0);
        }
    }

    private Lease lease(final String resource, final long holder) {
        return new Lease(
                new Grant(resource, session.token(), holder, session.ttlMs(), session.seal()), session.remainingMs());
    }

    @Override
    public void close() {
        connection.close();
    }
}
