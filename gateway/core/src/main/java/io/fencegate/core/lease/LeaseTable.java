package io.fencegate.core.lease;

import io.fencegate.core.access.AccessTable;
import io.fencegate.core.access.Principal;
import io.fencegate.core.grant.LeaseEnd;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.lease.command.CommandKind;
import io.fencegate.core.lease.command.LeaseAnswers;
import io.fencegate.core.lease.command.LeaseCommand;
import io.fencegate.core.lease.command.LeaseLimits;
import io.fencegate.core.lease.command.LeasePage;
import io.fencegate.core.lease.command.LeaseVisitor;
import io.fencegate.core.lease.order.Name;
import io.fencegate.core.lease.order.NamePool;
import io.fencegate.core.lease.order.TokenSequence;
import io.fencegate.core.lease.watch.LeaseEvents;
import io.fencegate.core.lease.watch.Watch;
import io.fencegate.core.lease.watch.WatchTable;
import java.util.function.Consumer;

/**
 * The law of the sequencer: who holds which lease, who waits for it, and what was answered.
 *
 * <p>Every command gets one answer, through {@link LeaseAnswers}; answers to other requests may come beside it, pushed to
 * clients whose waits ended. First match of: BAD_NAME, TTL_OUT_OF_RANGE, WAIT_OUT_OF_RANGE; NOT_ALLOWED; TOO_MANY_CLIENTS;
 * a repeat gets the latest answer of the first one, or REQUEST_MISMATCH; REQUEST_TOO_OLD; and then what the command's own
 * rules say. Before all of it, {@link #isOwner} tells whether the caller may speak for its clientId. A lease or wait is
 * over from its deadline on. That shows at once to whoever asks for its resource; all others are ended by {@link #sweep}.
 * Who drives the table calls it before each command with a small amount of work, and regularly where no commands come.
 *
 * <p>Deterministic: the same commands at the same log times give the same answers in the same order, also across a
 * snapshot. No command throws. Log time must never fall. The answers must not call back. Once it has held as many leases,
 * requests and clients as it will hold at once, no acquire, renew, release, or end of a wait or lease allocates. One
 * thread.
 */
public final class LeaseTable {
    private final LeaseLimits limits;
    private final LeaseAnswers answers;
    private final AccessTable access = new AccessTable();
    private final AnswerCache cache;
    private final Succession leases;
    private final WatchTable watches;
    private final Cancellation cancellation;
    private final NamePool names = new NamePool();

    /**
     * An empty table.
     *
     * @param limits of the table
     * @param tokens the sequence from which it grants; nobody else may take tokens from it
     * @param answers where it speaks
     * @param events where it tells those who watch
     */
    public LeaseTable(
            final LeaseLimits limits,
            final TokenSequence tokens,
            final LeaseAnswers answers,
            final LeaseEvents events) {
        this.limits = limits;
        this.answers = answers;
        cache = new AnswerCache(limits);
        watches = new WatchTable(limits.watches(), limits.watchesPerSession(), events);
        leases = new Succession(tokens, access, cache, watches, answers);
        cancellation = new Cancellation(cache, leases);
    }

    /**
     * Asks for a lease: GRANTED; to its holder its own grant again, prolonged; else QUEUED if it waits, or DENIED. Or
     * TOO_MANY_LEASES, TOO_MANY_WAITERS_FOR_RESOURCE, TOO_MANY_WAITERS, TOKENS_EXHAUSTED. A wait ends with GRANTED (the
     * lease then runs {@link LeaseLimits#PUSHED_RUN_MAX_MS} at most, until the holder renews or acquires it),
     * WAIT_TIMED_OUT or TOKENS_EXHAUSTED, to the same request.
     *
     * @param command name, ttlMs, waitMs (0: does not wait)
     * @param logTimeMs now
     */
    public void acquire(final LeaseCommand command, final long logTimeMs) {
        final Client client = admit(CommandKind.ACQUIRE, command, logTimeMs);
        if (client == null) {
            return;
        }
        final Lease lease = leases.live(command, logTimeMs);
        final Request request = cache.remember(client, CommandKind.ACQUIRE, command, nameOf(command, lease));
        if (lease == null) {
            grant(request, logTimeMs);
        } else if (lease.holder() == client) {
            leases.prolong(lease, command.ttlMs(), logTimeMs);
            leases.conclude(request, LeaseVerdict.GRANTED, lease, logTimeMs);
        } else if (command.waitMs() == 0) {
            leases.conclude(request, LeaseVerdict.DENIED, lease, logTimeMs);
        } else if (lease.queue().size() >= limits.waitersPerResource()) {
            leases.conclude(request, LeaseVerdict.TOO_MANY_WAITERS_FOR_RESOURCE, lease, logTimeMs);
        } else if (leases.waits() >= limits.waiters()) {
            leases.conclude(request, LeaseVerdict.TOO_MANY_WAITERS, lease, logTimeMs);
        } else {
            leases.enqueue(request, lease, logTimeMs);
        }
        cache.touch(client, logTimeMs);
    }

    /**
     * Prolongs a lease, and never shortens it: RENEWED, or LEASE_LOST with how the lease ended and whose it is now.
     *
     * @param command name, token, ttlMs
     * @param logTimeMs now
     */
    public void renew(final LeaseCommand command, final long logTimeMs) {
        final Client client = admit(CommandKind.RENEW, command, logTimeMs);
        if (client == null) {
            return;
        }
        final Lease lease = leases.live(command, logTimeMs);
        final Request request = cache.remember(client, CommandKind.RENEW, command, nameOf(command, lease));
        if (lease != null && lease.isHeldBy(client, command.token())) {
            leases.prolong(lease, command.ttlMs(), logTimeMs);
            leases.conclude(request, LeaseVerdict.RENEWED, lease, logTimeMs);
        } else {
            leases.concludeLost(request, lease, logTimeMs);
        }
        cache.touch(client, logTimeMs);
    }

    /**
     * Ends a lease: RELEASED or LEASE_LOST. The head of the queue is granted next.
     *
     * @param command name, token
     * @param logTimeMs now
     */
    public void release(final LeaseCommand command, final long logTimeMs) {
        final Client client = admit(CommandKind.RELEASE, command, logTimeMs);
        if (client == null) {
            return;
        }
        final Lease lease = leases.live(command, logTimeMs);
        final Request request = cache.remember(client, CommandKind.RELEASE, command, nameOf(command, lease));
        if (lease != null && lease.isHeldBy(client, command.token())) {
            leases.conclude(request, LeaseVerdict.RELEASED, lease, logTimeMs);
            leases.end(lease, LeaseEnd.RELEASED, logTimeMs);
        } else {
            leases.concludeLost(request, lease, logTimeMs);
        }
        cache.touch(client, logTimeMs);
    }

    /**
     * Ends a wait: CANCELLED, and from then on WAIT_CANCELLED is the answer to its acquire; or NOT_WAITING. An acquire
     * that has not come yet, but may have been sent before this command, is cancelled as well: it will never be granted.
     *
     * @param command name, waitRequestId
     * @param logTimeMs now
     */
    public void cancelWait(final LeaseCommand command, final long logTimeMs) {
        final Client client = admit(CommandKind.CANCEL_WAIT, command, logTimeMs);
        if (client == null) {
            return;
        }
        final Lease lease = leases.live(command, logTimeMs);
        final Request request = cache.remember(client, CommandKind.CANCEL_WAIT, command, nameOf(command, lease));
        if (cancellation.run(request, lease, logTimeMs)) {
            leases.conclude(request, LeaseVerdict.CANCELLED, null, logTimeMs);
        } else {
            leases.conclude(request, LeaseVerdict.NOT_WAITING, lease, logTimeMs);
        }
        cache.touch(client, logTimeMs);
    }

    /**
     * Ends a lease whoever holds it, if the token is its own: REVOKED, with a fresh token that has no lease; the head of
     * the queue is granted next. Or LEASE_LOST with the current token, TOKENS_EXHAUSTED.
     *
     * @param command name, token
     * @param logTimeMs now
     */
    public void revoke(final LeaseCommand command, final long logTimeMs) {
        final Client client = admit(CommandKind.REVOKE, command, logTimeMs);
        if (client == null) {
            return;
        }
        final Lease lease = leases.live(command, logTimeMs);
        final Request request = cache.remember(client, CommandKind.REVOKE, command, nameOf(command, lease));
        if (lease != null && lease.token() == command.token()) {
            leases.revoke(request, lease, logTimeMs);
        } else {
            leases.concludeLost(request, lease, logTimeMs);
        }
        cache.touch(client, logTimeMs);
    }

    /**
     * Raises the floor of the tokens above one that another life of the sequencer issued: FLOOR_RAISED, or FLOOR_KEPT if
     * the next token is above it already. Or BAD_SEAL, TOKENS_EXHAUSTED; MALFORMED if it is no token.
     *
     * @param kind RAISE_FLOOR, with a name, provenClientId and proof; or SET_FLOOR: an operator's word, without these
     * @param command token
     * @param isProven whether the proof, or the operator's word, is to be believed
     * @param logTimeMs now
     */
    public void raiseFloor(
            final CommandKind kind, final LeaseCommand command, final boolean isProven, final long logTimeMs) {
        final Client client = admit(kind, command, logTimeMs);
        if (client == null) {
            return;
        }
        final Request request = cache.remember(client, kind, command, names.copy(command));
        leases.raiseFloor(request, isProven, logTimeMs);
        cache.touch(client, logTimeMs);
    }

    /** Says who holds a resource. Or BAD_NAME, NOT_ALLOWED. Not remembered. @param command name @param logTimeMs now */
    public void describe(final LeaseCommand command, final long logTimeMs) {
        final LeaseVerdict flaw = Flaws.ofDescribe(command, access);
        if (flaw != null) {
            refuse(command, flaw);
            return;
        }
        final Lease lease = leases.live(command, logTimeMs);
        if (lease == null) {
            answers.onDescribed(command, 0, 0, 0, 0, 0);
        } else {
            answers.onDescribed(
                    command,
                    lease.holder().id(),
                    lease.token(),
                    lease.ttlMs(),
                    lease.remainingMs(logTimeMs),
                    lease.queue().size());
        }
    }

    /**
     * Asks to be told what happens to leases, through {@link LeaseEvents}. Or BAD_NAME, NOT_ALLOWED (the watch
     * ends, if it stands), REQUEST_MISMATCH, REQUEST_TOO_OLD (it stands in a newer session), TOO_MANY_WATCHES. The same
     * request again is the same watch.
     *
     * @param command with a prefix for a name, which may be empty
     * @param sessionId in which it came; sessions are numbered as they open
     */
    public void watch(final LeaseCommand command, final long sessionId) {
        final LeaseVerdict flaw = Flaws.ofWatch(command, access);
        final LeaseVerdict refusal = flaw == null ? watches.watch(command, sessionId) : flaw;
        if (flaw == LeaseVerdict.NOT_ALLOWED) {
            watches.unwatch(command.clientId(), command.requestId(), command.principal());
        }
        if (refusal != null) {
            refuse(command, refusal);
        }
    }

    /** Ends a watch, if it stands. Or NOT_ALLOWED: it is another's. @param command watchRequestId in place of a wait's */
    public void unwatch(final LeaseCommand command) {
        final long watchRequestId = command.waitRequestId();
        if (watches.unwatch(command.clientId(), watchRequestId, command.principal())) {
            answers.onUnwatched(command.clientId(), command.requestId(), watchRequestId);
        } else {
            refuse(command, LeaseVerdict.NOT_ALLOWED);
        }
    }

    /** A session closed: its watches end, its clients' leases and waits do not. @param sessionId of the session */
    public void endSession(final long sessionId) {
        watches.endSession(sessionId);
    }

    /**
     * Ends what is over: first waits, then leases, each by deadline; then forgets silent clients. The work is counted:
     * one for each of these, and one for each watch that is told of it. It begins nothing once it has done as much as it
     * may; one end tells each watch at most three events (the end, a grant, and a renewal).
     *
     * @param logTimeMs now
     * @param workMax how much work it begins nothing more after
     * @return the work done; less than that if nothing is left to do
     */
    public long sweep(final long logTimeMs, final int workMax) {
        final long toldBefore = watches.told();
        long ended = 0;
        long work = 0;
        while (work < workMax && endOne(logTimeMs)) {
            ended++;
            work = ended + watches.told() - toldBefore;
        }
        return work;
    }

    /**
     * Shows live leases in the order of their names.
     *
     * @param page which ones
     * @param logTimeMs now
     * @param visitor that is shown them
     * @return whether there are more behind those shown
     */
    public boolean list(final LeasePage page, final long logTimeMs, final LeaseVisitor visitor) {
        return Listing.show(leases.byName(), page, logTimeMs, visitor);
    }

    /** Leases, those that are over but not swept yet included. @return their count */
    public int leases() {
        return leases.leases();
    }

    /** Waits in all queues, those that are over but not swept yet included. @return their count */
    public int waiters() {
        return leases.waits();
    }

    /** Clients remembered. @return their count */
    public int clients() {
        return cache.size();
    }

    /** Watches that stand. @return their count */
    public int watches() {
        return watches.size();
    }

    /** Lease events so far, watched or not. @return their count */
    public long revision() {
        return watches.revision();
    }

    /** Shows every watch, in the order in which they were asked for first. @param visitor that is shown them */
    public void forEachWatch(final Consumer<Watch> visitor) {
        watches.forEach(visitor);
    }

    /** Who may do what. @return the rules, which may be changed through it */
    public AccessTable access() {
        return access;
    }

    /** Whether somebody may speak for a client. @param principal who speaks @param clientId whose @return false: NOT_ALLOWED */
    public boolean isOwner(final Principal principal, final long clientId) {
        final Client client = cache.find(clientId);
        return client == null || client.principal().equals(principal);
    }

    WatchTable watchTable() {
        return watches;
    }

    AnswerCache cache() {
        return cache;
    }

    Succession succession() {
        return leases;
    }

    NamePool names() {
        return names;
    }

    /** Answers what is decided without a look at the leases and returns null; else returns the client that asks. */
    private Client admit(final CommandKind kind, final LeaseCommand command, final long logTimeMs) {
        final LeaseVerdict flaw = Flaws.of(kind, command, access);
        if (flaw != null) {
            return refuse(command, flaw);
        }
        final Client known = cache.find(command.clientId());
        if (known == null) {
            final Client client = cache.admit(command, logTimeMs);
            return client == null ? refuse(command, LeaseVerdict.TOO_MANY_CLIENTS) : client;
        }
        final Request first = known.find(command.requestId());
        if (first == null) {
            return known.hasForgotten(command.requestId()) ? refuse(command, LeaseVerdict.REQUEST_TOO_OLD) : known;
        }
        if (!first.isSame(kind, command)) {
            return refuse(command, LeaseVerdict.REQUEST_MISMATCH);
        }
        leases.repeat(first, logTimeMs);
        cache.touch(known, logTimeMs);
        return null;
    }

    private boolean endOne(final long logTimeMs) {
        return leases.endOneWait(logTimeMs) || leases.endOneLease(logTimeMs) || cache.forgetOne(logTimeMs);
    }

    private Client refuse(final LeaseCommand command, final LeaseVerdict verdict) {
        answers.onRefused(command.clientId(), command.requestId(), verdict, 0, 0, LeaseEnd.UNKNOWN);
        return null;
    }

    private void grant(final Request request, final long logTimeMs) {
        if (leases.leases() >= limits.leases()) {
            leases.conclude(request, LeaseVerdict.TOO_MANY_LEASES, null, logTimeMs);
        } else {
            leases.grant(request, logTimeMs);
        }
    }

    /** The bytes of a command's name, kept once where there is a lease of it. */
    private Name nameOf(final LeaseCommand command, final Lease lease) {
        return lease == null ? names.copy(command) : lease.name();
    }
}
