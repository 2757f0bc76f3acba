package io.fencegate.client.lease;

import io.fencegate.client.error.FencegateException;
import io.fencegate.client.error.WaitCancelledException;
import io.fencegate.client.session.lease.AcquireSession;
import io.fencegate.client.session.lease.LeaseCommand;

/**
 * An acquire under way, which survives a lost connection, a new leader, and a restart of the sequencer: the place in the
 * queue is the client's, not its connection's.
 *
 * <p>The client's thread.
 */
public final class PendingLease implements LeaseTask {
    private final LeaseEngine engine;
    private final AcquireSession session;
    private FencegateException unreachable;

    PendingLease(final LeaseEngine engine, final LeaseCommand acquire) {
        this.engine = engine;
        this.session =
                new AcquireSession(acquire, engine.requestIds(), engine.times().callTimeoutNs());
    }

    @Override
    public int work(final long realNs, final long nowNs) {
        int workCount = 0;
        boolean isGoingOn = !session.isDone();
        while (isGoingOn) {
            final AcquireSession.State before = session.state();
            final LeaseCommand next = session.next(nowNs);
            if (next != null) {
                engine.begin(next, 0);
            }
            isGoingOn = session.state() != before && !session.isDone();
            workCount += session.state() == before ? 0 : 1;
        }
        if (session.isDone()) {
            engine.session().forget(session.acquire());
            if (session.state() == AcquireSession.State.TIMED_OUT && unreachable == null) {
                unreachable = engine.unreachable(session.acquire());
            }
        }
        return workCount;
    }

    @Override
    public boolean isOver() {
        return session.isDone();
    }

    /** Whether the outcome is known. @return true from then on */
    public boolean isDone() {
        return session.isDone();
    }

    /**
     * The lease.
     *
     * @return as granted
     * @throws IllegalStateException if it is not done
     * @throws io.fencegate.client.error.DeniedException if somebody else holds it, and it was not to be waited for
     * @throws io.fencegate.client.error.WaitTimedOutException if it did not come free in time
     * @throws WaitCancelledException if it was cancelled
     * @throws io.fencegate.client.error.LeaseLostException if it came free, and ended again before this client knew
     * @throws io.fencegate.client.error.LeaseRefusedException if the sequencer refuses for another reason
     * @throws io.fencegate.client.error.LoginRefusedException if the sequencer does not let this client in
     * @throws io.fencegate.client.error.NotReachableException if the sequencer did not answer in time
     */
    public Lease lease() {
        final LeaseCommand acquire = session.acquire();
        return switch (session.state()) {
            case GRANTED -> new Lease(session.grant(), session.outcome().remainingMs(), session.firstSentNs());
            case REFUSED ->
                throw Outcomes.refusal(acquire.resource(), acquire.answer().token(), session.outcome());
            case CANCELLED -> throw new WaitCancelledException(acquire.resource());
            case TIMED_OUT -> throw unreachable;
            default ->
                throw new IllegalStateException(
                        "The acquire is not done: resource=" + acquire.resource() + ". Poll the client.");
        };
    }

    /** Resource that is asked for. @return its name */
    public String resource() {
        return session.acquire().resource();
    }

    /** Place in the queue as last told. @return from 1; 0 if not in the queue */
    public int place() {
        return session.isDone() ? 0 : session.acquire().answer().place();
    }

    /**
     * Gives up. Whether the lease was granted just before, the sequencer decides: once this is done, {@link #lease()}
     * tells, and a lease that it returns is this client's, to be released.
     */
    public void cancel() {
        final boolean isOutermost = engine.thread().enter();
        try {
            session.giveUp();
        } finally {
            engine.thread().exit(isOutermost);
        }
    }

    void farewell() {
        if (session.mayWait()) {
            engine.farewell(session.acquire());
        }
    }
}
