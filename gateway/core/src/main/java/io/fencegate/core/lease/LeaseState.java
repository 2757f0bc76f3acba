package io.fencegate.core.lease;

import io.fencegate.core.access.AccessChange;
import io.fencegate.core.access.AccessRule;
import io.fencegate.core.access.AccessTable;
import io.fencegate.core.access.Principal;
import io.fencegate.core.grant.LeaseEnd;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.lease.command.CommandKind;
import io.fencegate.core.lease.command.LeaseCommand;
import io.fencegate.core.lease.order.LogClock;
import io.fencegate.core.lease.order.Name;
import io.fencegate.core.lease.order.NameOrder;
import io.fencegate.core.lease.order.NamePool;
import io.fencegate.core.lease.order.TokenSequence;
import io.fencegate.core.lease.watch.WatchTable;
import org.agrona.DirectBuffer;

/**
 * All that the sequencer's answers depend on, besides its limits: told to a snapshot, and taken over from one.
 *
 * <p>One thread.
 *
 * @param clock of the log
 * @param tokens the sequence from which the table grants
 * @param table of the leases
 */
public record LeaseState(LogClock clock, TokenSequence tokens, LeaseTable table) {
    /**
     * Tells the whole state.
     *
     * @param visitor that is told
     */
    public void visit(final LeaseStateVisitor visitor) {
        visitor.onClock(clock.leadershipTermId(), clock.timestampMs(), clock.logTimeMs());
        visitor.onTokens(tokens.termOffset(), tokens.leadershipTermId(), tokens.serial());
        visitor.onEvents(table.watchTable().revision(), table.watchTable().numberLast());
        visitRules(visitor);
        table.cache().visit(visitor);
        table.succession().visit(visitor);
        visitWatches(visitor);
    }

    /**
     * Takes over a state that is told to it; clock and tokens forget theirs. It throws {@link IllegalStateException} at
     * the first thing told that no state has: the snapshot is corrupt, and this state must not be used any more.
     *
     * @return a visitor to be told one whole state
     * @throws IllegalStateException if the table is not empty
     */
    public LeaseStateVisitor restorer() {
        if (table.clients() > 0 || table.watches() > 0) {
            throw new IllegalStateException("only an empty table takes over a state: clients=" + table.clients()
                    + " watches=" + table.watches());
        }
        return new Restorer(this);
    }

    private void visitRules(final LeaseStateVisitor visitor) {
        final AccessTable access = table.access();
        if (!access.isOpen()) {
            visitor.onAccess(access.revision(), access.last());
            access.rules().forEach(visitor::onRule);
        }
    }

    private void visitWatches(final LeaseStateVisitor visitor) {
        final LeaseCommand command = new LeaseCommand();
        table.watchTable().forEach(watch -> {
            command.from(watch.clientId(), watch.requestId())
                    .by(watch.principal())
                    .name(watch.prefix(), 0, watch.prefix().capacity());
            visitor.onWatch(watch.number(), command, watch.sessionId());
        });
    }

    /** Builds the state up as it is told. */
    private static final class Restorer implements LeaseStateVisitor {
        private final LogClock clock;
        private final TokenSequence tokens;
        private final AccessTable access;
        private final AnswerCache cache;
        private final Succession leases;
        private final WatchTable watches;
        private final NamePool names;
        private Client client;
        private Lease lease;

        Restorer(final LeaseState state) {
            clock = state.clock;
            tokens = state.tokens;
            access = state.table.access();
            cache = state.table.cache();
            leases = state.table.succession();
            watches = state.table.watchTable();
            names = state.table.names();
        }

        @Override
        public void onClock(final long leadershipTermId, final long timestampMs, final long logTimeMs) {
            clock.restore(leadershipTermId, timestampMs, logTimeMs);
        }

        @Override
        public void onTokens(final long termOffset, final long leadershipTermId, final long serial) {
            tokens.restore(termOffset, leadershipTermId, serial);
        }

        @Override
        public void onEvents(final long revision, final long watchNumberLast) {
            watches.restore(revision, watchNumberLast);
        }

        @Override
        public void onAccess(final long revision, final AccessChange last) {
            access.restore(revision, last);
        }

        @Override
        public void onRule(final AccessRule rule) {
            access.restore(rule);
        }

        @Override
        public void onClient(
                final long clientId,
                final Principal principal,
                final long forgottenHighest,
                final boolean busy,
                final long idleSinceMs) {
            check(cache.find(clientId) == null, "client told twice", clientId);
            client = cache.add(clientId, principal, forgottenHighest, busy, idleSinceMs);
        }

        @Override
        public void onEnded(final long token, final LeaseEnd end) {
            check(client != null, "ended lease of no client", token);
            check(end != null && end != LeaseEnd.UNKNOWN, "ended lease without an end", token);
            client.ended().add(token, end);
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
            check(client != null && client.id() == command.clientId(), "answer of another client", command.clientId());
            check(kind != null && verdict != null && end != null, "answer of no kind or verdict", command.requestId());
            check(verdict != LeaseVerdict.QUEUED, "wait told as an answer", command.requestId());
            final Name name = nameOf(client, command.nameBuffer(), command.nameOffset(), command.nameLength());
            final Request request = remember(client, kind, command, name);
            request.answer(verdict).of(holder, token).until(ttlMs, deadlineMs).lostBy(end);
            cache.answered(request);
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
            final Client owner = busy(holder);
            lease = leases.newLease(nameOf(owner, name, offset, length));
            check(leases.find(lease.name()) == null, "lease told twice", token);
            lease.begin(owner, token, ttlMs, deadlineMs);
            leases.add(lease);
        }

        @Override
        public void onWait(final LeaseCommand acquire, final long deadlineMs, final long order) {
            check(
                    lease != null && NameOrder.isSame(lease.name(), acquire),
                    "wait without its lease",
                    acquire.requestId());
            final Client waiter = busy(acquire.clientId());
            leases.add(remember(waiter, CommandKind.ACQUIRE, acquire, lease.name()), lease, deadlineMs, order);
        }

        @Override
        public void onWatch(final long number, final LeaseCommand command, final long sessionId) {
            watches.restore(number, command, sessionId);
        }

        private Request remember(
                final Client owner, final CommandKind kind, final LeaseCommand command, final Name name) {
            check(owner.find(command.requestId()) == null, "request told twice", command.requestId());
            return cache.remember(owner, kind, command, name);
        }

        /** Most of what tells of a client tells of one resource: its name is kept once. */
        private Name nameOf(final Client owner, final DirectBuffer buffer, final int offset, final int length) {
            final Request before = owner.lastAnswered();
            return before != null && NameOrder.isSame(before.name(), buffer, offset, length)
                    ? before.name()
                    : names.copy(buffer, offset, length);
        }

        private Client busy(final long clientId) {
            final Client found = cache.find(clientId);
            check(found != null && found.isListedAsBusy(), "holder or waiter is not a busy client", clientId);
            return found;
        }

        private static void check(final boolean holds, final String flaw, final long value) {
            if (!holds) {
                throw new IllegalStateException("the told state contradicts itself: " + flaw + ": " + value);
            }
        }
    }
}
