package io.fencegate.verification.simulator.client;

import io.fencegate.client.session.RequestIds;
import io.fencegate.client.session.heal.HealSession;
import io.fencegate.client.session.lease.CommandKind;
import io.fencegate.client.session.lease.Fence;
import io.fencegate.client.session.lease.LeaseCommand;
import io.fencegate.client.session.writer.StopReason;
import io.fencegate.client.session.writer.WriterLife;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.verification.history.EventKind;
import io.fencegate.verification.history.Words;

/**
 * A client's heals: begins one where a gateway refused its grant and nobody told it that the lease is lost, with the session
 * that ships, and writes down what that asks and is told.
 *
 * <p>One thread.
 */
final class Healing {
    private final CallLog calls;
    private final RequestIds requestIds;
    private final boolean isWilling;

    Healing(final CallLog calls, final RequestIds requestIds, final boolean isWilling) {
        this.calls = calls;
        this.requestIds = requestIds;
        this.isWilling = isWilling;
    }

    /** Begins to heal, once for each writer that was refused. Returns whether it did. */
    boolean begins(final Holding holding) {
        final WriterLife life = holding.writer.life();
        final boolean isFenced = life.stopReason() == StopReason.FENCED || life.stopReason() == StopReason.SUPERSEDED;
        final boolean isKept = holding.keeper != null && holding.release == null && !holding.isLost;
        if (!isWilling || !isFenced || life.fenceToken() == 0 || !isKept || holding.healTried == holding.writer) {
            return false;
        }
        holding.healTried = holding.writer;
        final Fence fence = new Fence(life.fenceToken(), life.fenceClientId(), life.proof());
        holding.heal = new HealSession(holding.grant, fence, requestIds);
        return true;
    }

    /** Goes on from what was answered. Returns the command that is to be begun now, or null. */
    LeaseCommand next(final Holding holding) {
        final LeaseCommand before = holding.heal.command();
        final LeaseCommand next = holding.heal.next();
        if (before != null && (next != null || holding.heal.isDone())) {
            onEnded(holding, before);
        }
        if (next != null) {
            onCalled(holding, next);
        }
        return next;
    }

    private void onCalled(final Holding holding, final LeaseCommand command) {
        if (command.kind() == CommandKind.RELEASE) {
            holding.healOp = calls.nextOp();
            calls.onCalled(EventKind.RELEASE_CALLED, holding.healOp, holding.grant);
        } else if (command.kind() == CommandKind.ACQUIRE) {
            holding.healOp = calls.onAcquireCalled(holding.resource, command.clientId());
        }
    }

    private void onEnded(final Holding holding, final LeaseCommand command) {
        final LeaseVerdict verdict = command.answer().verdict();
        final String word = command.isTimedOut() ? Words.UNANSWERED : String.valueOf(verdict);
        if (command.kind() == CommandKind.RELEASE) {
            calls.onEnded(EventKind.RELEASE_ENDED, holding.healOp, holding.resource, word, 0);
        } else if (command.kind() == CommandKind.ACQUIRE) {
            final boolean isGranted = !command.isTimedOut() && verdict == LeaseVerdict.GRANTED;
            final long token = isGranted ? command.answer().token() : 0;
            calls.onEnded(EventKind.ACQUIRE_ENDED, holding.healOp, holding.resource, word, token);
        }
    }
}
