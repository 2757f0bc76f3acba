package io.fencegate.client.session.heal;

import io.fencegate.client.session.RequestIds;
import io.fencegate.client.session.lease.Fence;
import io.fencegate.client.session.lease.LeaseAnswer;
import io.fencegate.client.session.lease.LeaseCommand;
import io.fencegate.client.session.lease.LeaseLoss;
import io.fencegate.client.session.lease.LeaseState;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.LeaseEnd;
import io.fencegate.core.grant.LeaseVerdict;

/**
 * Heals one lease that a gateway refused because of a grant from another life of the sequencer: a sequencer that was
 * built anew has forgotten its tokens, and issues some that gateways have seen.
 *
 * <pre>
 *   is this client still the holder?  --no-->  LOST
 *       | yes
 *   show the proof: the floor of the tokens rises above the fence
 *   release, and acquire at once, without a wait  --somebody else holds it-->  LOST
 *       | granted
 *   HEALED, with a token above the fence
 * </pre>
 *
 * <p>Only who is the holder at the sequencer's word goes on, so a client that was paused past the end of its lease never
 * acquires it again by this. Each command is asked for once: what the sequencer refuses ends the heal.
 *
 * <p>One thread.
 */
public final class HealSession {
    private final Grant grant;
    private final Fence fence;
    private final RequestIds requestIds;
    private LeaseCommand command;
    private HealState state = HealState.DESCRIBING;
    private LeaseLoss loss;

    /**
     * A heal that asks nothing yet.
     *
     * @param grant of the lease that was refused
     * @param fence the grant by which it was refused
     * @param requestIds for its commands
     */
    public HealSession(final Grant grant, final Fence fence, final RequestIds requestIds) {
        this.grant = grant;
        this.fence = fence;
        this.requestIds = requestIds;
    }

    /**
     * Goes on from what was answered.
     *
     * @return a command that is to be begun now, or null
     */
    public LeaseCommand next() {
        if (isDone() || command != null && !command.isDone()) {
            return null;
        }
        if (command == null) {
            command = LeaseCommand.describe(grant.clientId(), requestIds.next(), grant.resource());
            return command;
        }
        if (command.isTimedOut()) {
            state = HealState.TIMED_OUT;
            return null;
        }
        final LeaseCommand answered = command;
        switch (state) {
            case DESCRIBING -> onDescribed(answered.answer());
            case RAISING -> onRaised(answered.answer().verdict());
            case RELEASING -> onReleased(answered.answer());
            default -> onAcquired(answered.answer());
        }
        return command == answered ? null : command;
    }

    private void onDescribed(final LeaseAnswer answer) {
        final LeaseState found = answer.state();
        if (found == null) {
            state = HealState.REFUSED;
        } else if (found.holder() == grant.clientId() && found.token() == grant.token()) {
            state = HealState.RAISING;
            command = LeaseCommand.raiseFloor(grant.clientId(), requestIds.next(), grant.resource(), fence);
        } else {
            lose(LeaseEnd.UNKNOWN, found.token(), found.holder());
        }
    }

    private void onRaised(final LeaseVerdict verdict) {
        // Who holds a token that is no lower than the fence needs no proof: the next token is above its own.
        final boolean isAbove = verdict == LeaseVerdict.FLOOR_RAISED
                || verdict == LeaseVerdict.FLOOR_KEPT
                || verdict == LeaseVerdict.BAD_SEAL && fence.token() <= grant.token();
        if (isAbove) {
            state = HealState.RELEASING;
            command = LeaseCommand.release(requestIds.next(), grant);
        } else {
            state = HealState.REFUSED;
        }
    }

    private void onReleased(final LeaseAnswer answer) {
        if (answer.verdict() == LeaseVerdict.RELEASED) {
            state = HealState.ACQUIRING;
            command = LeaseCommand.acquire(grant.clientId(), requestIds.next(), grant.resource(), grant.ttlMs(), 0);
        } else if (answer.verdict() == LeaseVerdict.LEASE_LOST) {
            lose(answer.end(), answer.token(), answer.holder());
        } else {
            state = HealState.REFUSED;
        }
    }

    private void onAcquired(final LeaseAnswer answer) {
        if (answer.verdict() == LeaseVerdict.GRANTED) {
            state = HealState.HEALED;
        } else if (answer.verdict() == LeaseVerdict.DENIED) {
            lose(LeaseEnd.RELEASED, answer.token(), answer.holder());
        } else {
            state = HealState.REFUSED;
        }
    }

    private void lose(final LeaseEnd end, final long currentToken, final long currentHolder) {
        state = HealState.LOST;
        loss = new LeaseLoss(grant.resource(), grant.token(), end, currentToken, currentHolder);
    }

    /** How it stands. @return its state */
    public HealState state() {
        return state;
    }

    /** Whether the outcome is known. @return true from then on */
    public boolean isDone() {
        return state.compareTo(HealState.HEALED) >= 0;
    }

    /** The lease's grant that was refused. @return as it was given */
    public Grant refused() {
        return grant;
    }

    /** The command that was begun last: that of the outcome, once it is done. @return null before the first */
    public LeaseCommand command() {
        return command;
    }

    /** How the lease was lost. @return null as long as it is not */
    public LeaseLoss loss() {
        return loss;
    }

    /** The grant of the healed lease. @return what was acquired; null unless it is HEALED */
    public Grant grant() {
        if (state != HealState.HEALED) {
            return null;
        }
        final LeaseAnswer answer = command.answer();
        return new Grant(grant.resource(), answer.token(), grant.clientId(), answer.ttlMs(), answer.seal());
    }
}
