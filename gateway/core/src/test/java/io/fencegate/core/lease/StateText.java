package io.fencegate.core.lease;

import io.fencegate.core.access.AccessChange;
import io.fencegate.core.access.AccessRule;
import io.fencegate.core.access.Principal;
import io.fencegate.core.grant.LeaseEnd;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.lease.command.CommandKind;
import io.fencegate.core.lease.command.LeaseCommand;
import org.agrona.DirectBuffer;

/** A state as text, one line for each thing that a snapshot is told. */
final class StateText implements LeaseStateVisitor {
    private final StringBuilder text = new StringBuilder();

    static String of(final LeaseState state) {
        final StateText text = new StateText();
        state.visit(text);
        return text.text.toString();
    }

    @Override
    public void onClock(final long leadershipTermId, final long timestampMs, final long logTimeMs) {
        line("clock", leadershipTermId, timestampMs, logTimeMs);
    }

    @Override
    public void onTokens(final long termOffset, final long leadershipTermId, final long serial) {
        line("tokens", termOffset, leadershipTermId, serial);
    }

    @Override
    public void onEvents(final long revision, final long watchNumberLast) {
        line("events", revision, watchNumberLast);
    }

    @Override
    public void onEnded(final long token, final LeaseEnd end) {
        line("ended", token, end);
    }

    @Override
    public void onWatch(final long number, final LeaseCommand command, final long sessionId) {
        line("watch", number, AnswerLog.describe(command), command.principal(), sessionId);
    }

    @Override
    public void onAccess(final long revision, final AccessChange last) {
        line("access", revision, last);
    }

    @Override
    public void onRule(final AccessRule rule) {
        line("rule", rule);
    }

    @Override
    public void onClient(
            final long clientId,
            final Principal principal,
            final long forgottenHighest,
            final boolean busy,
            final long idleSinceMs) {
        line("client", clientId, principal, forgottenHighest, busy, busy ? "" : idleSinceMs);
    }

    @Override
    public void onAnswer(
            final CommandKind kind,
            final LeaseCommand command,
            final LeaseVerdict verdict,
            final long holder,
            final long token,
            final long ttlMs,
            final long deadlineMs,
            final LeaseEnd end) {
        line("answer", kind, AnswerLog.describe(command), verdict, holder, token, ttlMs, deadlineMs, end);
    }

    @Override
    public void onLease(
            final long holder,
            final long token,
            final long ttlMs,
            final long deadlineMs,
            final DirectBuffer name,
            final int offset,
            final int length) {
        line("lease", holder, token, ttlMs, deadlineMs, AnswerLog.text(name, offset, length));
    }

    @Override
    public void onWait(final LeaseCommand acquire, final long deadlineMs, final long order) {
        line("wait", AnswerLog.describe(acquire), deadlineMs, order);
    }

    private void line(final Object... words) {
        for (final Object word : words) {
            text.append(word).append(' ');
        }
        text.append('\n');
    }
}
