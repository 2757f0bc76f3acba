package io.fencegate.client.session.lease;

import io.fencegate.client.session.RequestIds;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.LeaseVerdict;

/**
 * One acquire until its outcome: a grant out of the queue is renewed at once, and a wait that is given up is cancelled at
 * the sequencer, whose word decides: a lease that was granted just before is the caller's.
 *
 * <p>One thread.
 */
public final class AcquireSession {
    /** How an acquire stands. */
    public enum State {
        /** The answer, or the end of the wait, is awaited. */
        ACQUIRING,
        /** The wait was given up, and the sequencer is asked to end it. */
        CANCELLING,
        /** A lease out of the queue is renewed. */
        RENEWING,
        /** The lease was granted. */
        GRANTED,
        /** The sequencer refused, or the lease ended before this client knew of it. */
        REFUSED,
        /** The wait was given up. */
        CANCELLED,
        /** The time was over. */
        TIMED_OUT
    }

    private final LeaseCommand acquire;
    private final RequestIds requestIds;
    private final long callTimeoutNs;
    private LeaseCommand cancel;
    private LeaseCommand renew;
    private LeaseCommand decisive;
    private State state = State.ACQUIRING;
    private boolean isGivenUp;
    private boolean isHurried;

    /**
     * An acquire that was begun.
     *
     * @param acquire the command
     * @param requestIds for the commands that follow
     * @param callTimeoutNs how long to try to cancel, once the wait is given up
     */
    public AcquireSession(final LeaseCommand acquire, final RequestIds requestIds, final long callTimeoutNs) {
        this.callTimeoutNs = callTimeoutNs;
        this.acquire = acquire;
        this.requestIds = requestIds;
        this.decisive = acquire;
    }

    /** The caller gives up. */
    public void giveUp() {
        isGivenUp = true;
    }

    /**
     * Goes on from what was answered.
     *
     * @param nowNs the time of the calls
     * @return a command that is to be begun now, or null. Whatever becomes of a CANCEL_WAIT at the time's end, it is
     *     nobody's any more
     */
    public LeaseCommand next(final long nowNs) {
        switch (state) {
            case ACQUIRING:
                return acquire.isDone() ? onAcquired() : cancelIfGivenUp(nowNs);
            case CANCELLING:
                return acquire.isDone() ? onAcquired() : onCancelled();
            case RENEWING:
                onRenewed();
                return null;
            default:
                return null;
        }
    }

    private LeaseCommand cancelIfGivenUp(final long nowNs) {
        if (!isGivenUp) {
            return null;
        }
        if (!acquire.pace().isSent()) {
            state = State.CANCELLED;
            return null;
        }
        if (!isHurried) {
            isHurried = true;
            acquire.pace().shorten(nowNs + callTimeoutNs);
        }
        if (!acquire.isQueued()) {
            // Asked before the sequencer has taken up the acquire, it might end nothing, and the acquire come later.
            return null;
        }
        state = State.CANCELLING;
        acquire.pace().extend(nowNs + 2 * callTimeoutNs);
        cancel = LeaseCommand.cancelWait(requestIds.next(), acquire);
        return cancel;
    }

    private LeaseCommand onCancelled() {
        if (!cancel.isDone()) {
            return null;
        }
        if (cancel.answer().verdict() == LeaseVerdict.CANCELLED) {
            state = State.CANCELLED;
        } else if (cancel.isTimedOut()) {
            state = State.TIMED_OUT;
        } else {
            // It no longer waits: what became of it, the sequencer says if it is asked again.
            state = State.ACQUIRING;
            isGivenUp = cancel.answer().verdict() == LeaseVerdict.NOT_WAITING;
            acquire.answer().forgetPlace();
            acquire.pace().hurry();
        }
        return null;
    }

    private LeaseCommand onAcquired() {
        if (acquire.isTimedOut()) {
            state = State.TIMED_OUT;
            return acquire.pace().isSent() && acquire.waitMs() > 0
                    ? LeaseCommand.cancelWait(requestIds.next(), acquire)
                    : null;
        }
        final LeaseVerdict verdict = outcome().verdict();
        if (verdict == LeaseVerdict.WAIT_CANCELLED && isGivenUp) {
            state = State.CANCELLED;
        } else if (verdict != LeaseVerdict.GRANTED) {
            state = State.REFUSED;
        } else if (outcome().mustRenew()) {
            state = State.RENEWING;
            renew = LeaseCommand.renew(requestIds.next(), grant(), acquire.ttlMs());
            return renew;
        } else {
            state = State.GRANTED;
        }
        return null;
    }

    private void onRenewed() {
        if (!renew.isDone()) {
            return;
        }
        final LeaseVerdict verdict = renew.answer().verdict();
        if (!renew.isTimedOut() && (verdict == LeaseVerdict.RENEWED || verdict == LeaseVerdict.LEASE_LOST)) {
            decisive = renew;
        }
        state = verdict == LeaseVerdict.LEASE_LOST ? State.REFUSED : State.GRANTED;
    }

    /** How it stands. @return its state */
    public State state() {
        return state;
    }

    /** Whether the outcome is known. @return true from then on */
    public boolean isDone() {
        return state.compareTo(State.GRANTED) >= 0;
    }

    /** Whether the wait may still stand at the sequencer. @return false once the sequencer has answered, or never heard */
    public boolean mayWait() {
        return acquire.pace().isSent()
                && acquire.waitMs() > 0
                && !isDone()
                && !acquire.answer().isFinal();
    }

    /** The command that all is about. @return the acquire */
    public LeaseCommand acquire() {
        return acquire;
    }

    /** The answer that decides. @return of the acquire, or of the renewal behind it */
    public LeaseAnswer outcome() {
        return decisive.answer();
    }

    /** When the command of the deciding answer was sent first. @return by the process's monotonic clock, in nanoseconds */
    public long firstSentNs() {
        return decisive.pace().firstSentNs();
    }

    /** The grant, once there is one. @return as answered last */
    public Grant grant() {
        return new Grant(
                acquire.resource(),
                acquire.answer().token(),
                acquire.clientId(),
                outcome().ttlMs(),
                outcome().seal());
    }
}
