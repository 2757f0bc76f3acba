package io.fencegate.core.lease;

import io.fencegate.core.access.AccessTable;
import io.fencegate.core.access.Right;
import io.fencegate.core.grant.LeaseEnd;
import io.fencegate.core.grant.LeaseEventKind;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.lease.command.LeaseAnswers;
import io.fencegate.core.lease.command.LeaseCommand;
import io.fencegate.core.lease.command.LeaseLimits;
import io.fencegate.core.lease.order.Chain;
import io.fencegate.core.lease.order.ExpiryQueue;
import io.fencegate.core.lease.order.Name;
import io.fencegate.core.lease.order.NameTree;
import io.fencegate.core.lease.order.TokenSequence;
import io.fencegate.core.lease.watch.WatchTable;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The live leases and the queues behind them: begins and ends leases and waits, hands a lease that ended to the head of
 * its queue, tells those who watch it, remembers each answer, and then says it. A lease that is over is used again for
 * another one: it allocates only while there are more than ever before.
 *
 * <p>One thread.
 */
final class Succession {
    private final TokenSequence tokens;
    private final AccessTable access;
    private final AnswerCache cache;
    private final LeaseAnswers answers;
    private final WatchTable watches;
    private final NameTree<Lease> leases = new NameTree<>();
    private final Chain<Lease> leasesFree = new Chain<>();
    private final ExpiryQueue<Lease> leasesByEnd = new ExpiryQueue<>();
    private final ExpiryQueue<Request> waitsByEnd = new ExpiryQueue<>();
    private final UnsafeBuffer nameSought = new UnsafeBuffer(new byte[0]);
    private long waitOrderLast;

    Succession(
            final TokenSequence tokens,
            final AccessTable access,
            final AnswerCache cache,
            final WatchTable watches,
            final LeaseAnswers answers) {
        this.tokens = tokens;
        this.access = access;
        this.cache = cache;
        this.watches = watches;
        this.answers = answers;
    }

    /** The live lease of a command's resource, or null; one that is over is ended first. */
    Lease live(final LeaseCommand command, final long logTimeMs) {
        nameSought.wrap(command.nameBuffer(), command.nameOffset(), command.nameLength());
        final Lease lease = leases.find(nameSought);
        return lease != null && lives(lease, logTimeMs) ? lease : null;
    }

    /** Grants a resource that nobody holds. */
    void grant(final Request request, final long logTimeMs) {
        final long token = tokens.next();
        if (token == TokenSequence.EXHAUSTED) {
            conclude(request, LeaseVerdict.TOKENS_EXHAUSTED, null, logTimeMs);
            return;
        }
        final Lease lease = newLease(request.name());
        lease.begin(request.client(), token, request.ttlMs(), logTimeMs + request.ttlMs());
        add(lease);
        tell(LeaseEventKind.GRANTED, lease, logTimeMs);
        conclude(request, LeaseVerdict.GRANTED, lease, logTimeMs);
    }

    /** Lets a lease run for a whole TTL from now. */
    void prolong(final Lease lease, final long ttlMs, final long logTimeMs) {
        if (lease.prolong(ttlMs, ttlMs, logTimeMs)) {
            onProlonged(lease, logTimeMs);
        }
    }

    /** Puts a request behind all that wait for a lease. */
    void enqueue(final Request request, final Lease lease, final long logTimeMs) {
        add(request, lease, logTimeMs + request.waitMs(), waitOrderLast + 1);
        answers.onQueued(request.client().id(), request.id(), lease.queue().size());
    }

    /**
     * Ends a wait for its client.
     *
     * @return false if it was over already
     */
    boolean cancel(final Request wait, final long logTimeMs) {
        if (wait.isOver(logTimeMs)) {
            timeOut(wait, logTimeMs);
            return false;
        }
        final Lease lease = wait.lease();
        remove(wait, logTimeMs);
        conclude(wait, LeaseVerdict.WAIT_CANCELLED, lease, logTimeMs);
        return true;
    }

    /** Ends a lease for an operator, who gets a token that is higher than its own and has no lease. */
    void revoke(final Request request, final Lease lease, final long logTimeMs) {
        final long token = tokens.next();
        if (token == TokenSequence.EXHAUSTED) {
            conclude(request, LeaseVerdict.TOKENS_EXHAUSTED, lease, logTimeMs);
            return;
        }
        request.answer(LeaseVerdict.REVOKED).of(lease.holder().id(), token);
        cache.answered(request);
        say(request, logTimeMs);
        end(lease, LeaseEnd.REVOKED, logTimeMs);
    }

    /**
     * Ends a lease. The head of its queue is granted; what it finds there that is over gets told so.
     *
     * @return whether the lease lives on, with a new holder
     */
    boolean end(final Lease lease, final LeaseEnd end, final long logTimeMs) {
        watches.tell(
                switch (end) {
                    case RELEASED -> LeaseEventKind.RELEASED;
                    case REVOKED -> LeaseEventKind.REVOKED;
                    default -> LeaseEventKind.EXPIRED;
                },
                lease.holder().id(),
                lease.token(),
                0,
                lease.name());
        lease.holder().leaseEnded(lease.token(), end);
        cache.touch(lease.holder(), logTimeMs);
        for (Request head = lease.queue().first();
                head != null;
                head = lease.queue().first()) {
            remove(head, logTimeMs);
            if (head.isOver(logTimeMs)) {
                conclude(head, LeaseVerdict.WAIT_TIMED_OUT, null, logTimeMs);
                continue;
            }
            if (!mayHold(head, lease)) {
                conclude(head, LeaseVerdict.NOT_ALLOWED, null, logTimeMs);
                continue;
            }
            final long token = tokens.next();
            if (token == TokenSequence.EXHAUSTED) {
                conclude(head, LeaseVerdict.TOKENS_EXHAUSTED, null, logTimeMs);
                continue;
            }
            handOver(lease, head, token, logTimeMs);
            return true;
        }
        leases.remove(lease);
        leasesByEnd.remove(lease);
        lease.end();
        leasesFree.push(lease);
        return false;
    }

    /** Says again what a request was answered, after ending what is over. */
    void repeat(final Request request, final long logTimeMs) {
        if (!request.isQueued()) {
            say(request, logTimeMs);
            return;
        }
        lives(request.lease(), logTimeMs);
        if (request.isQueued()) { // Else it was answered just now.
            if (request.isOver(logTimeMs)) {
                timeOut(request, logTimeMs);
            } else {
                say(request, logTimeMs);
            }
        }
    }

    /** Ends the wait that is over first. Returns false if none is over. */
    boolean endOneWait(final long logTimeMs) {
        final Request wait = waitsByEnd.firstOver(logTimeMs);
        if (wait == null) {
            return false;
        }
        timeOut(wait, logTimeMs);
        return true;
    }

    /** Ends the lease that is over first. Returns false if none is over. */
    boolean endOneLease(final long logTimeMs) {
        final Lease lease = leasesByEnd.firstOver(logTimeMs);
        if (lease == null) {
            return false;
        }
        end(lease, LeaseEnd.EXPIRED, logTimeMs);
        return true;
    }

    /** A request has its last answer: remembers it, then says it. The lease is what the answer tells of, if any. */
    void conclude(final Request request, final LeaseVerdict verdict, final Lease lease, final long logTimeMs) {
        request.answer(verdict);
        if (lease != null) {
            request.of(lease.holder().id(), lease.token()).until(lease.ttlMs(), lease.deadlineMs());
        }
        cache.answered(request);
        say(request, logTimeMs);
    }

    /** A request is about a lease that is not its client's any more: says how it ended, and whose the resource is now. */
    void concludeLost(final Request request, final Lease lease, final long logTimeMs) {
        request.answer(LeaseVerdict.LEASE_LOST).lostBy(request.client().ended().of(request.token()));
        if (lease != null) {
            request.of(lease.holder().id(), lease.token());
        }
        cache.answered(request);
        say(request, logTimeMs);
    }

    /** A command wants all tokens from now on above its own: raises the floor if it may and must, and answers it. */
    void raiseFloor(final Request request, final boolean isProven, final long logTimeMs) {
        final LeaseVerdict verdict = isProven ? tokens.raiseAbove(request.token()) : LeaseVerdict.BAD_SEAL;
        request.answer(verdict);
        if (!verdict.isRefusal()) {
            request.floor(tokens.termOffset());
        }
        cache.answered(request);
        say(request, logTimeMs);
    }

    /** A lease of a resource that nobody holds, before it begins. */
    Lease newLease(final Name name) {
        final Lease free = leasesFree.poll();
        return (free == null ? new Lease() : free).of(name);
    }

    /** Takes in a lease that has begun. */
    void add(final Lease lease) {
        leases.add(lease);
        leasesByEnd.add(lease);
        lease.holder().leaseBegan();
    }

    /** Takes in a wait, behind all others of its lease. */
    void add(final Request wait, final Lease lease, final long deadlineMs, final long order) {
        waitOrderLast = Math.max(waitOrderLast, order);
        wait.waitFor(lease, deadlineMs, order);
        lease.queue().append(wait);
        waitsByEnd.add(wait);
        wait.client().waitBegan();
    }

    Lease find(final DirectBuffer name) {
        return leases.find(name);
    }

    void visit(final LeaseStateVisitor visitor) {
        final LeaseCommand command = new LeaseCommand();
        for (Lease lease = leases.first(); lease != null; lease = leases.next(lease)) {
            final DirectBuffer name = lease.name();
            visitor.onLease(
                    lease.holder().id(), lease.token(), lease.ttlMs(), lease.deadlineMs(), name, 0, name.capacity());
            for (Request wait = lease.queue().first(); wait != null; wait = wait.next()) {
                wait.describe(command);
                visitor.onWait(command, wait.deadlineMs(), wait.order());
            }
        }
    }

    /** Live leases, and those that are over and were not ended yet, by name. Others only look. */
    NameTree<Lease> byName() {
        return leases;
    }

    int leases() {
        return leases.size();
    }

    int waits() {
        return waitsByEnd.size();
    }

    private void tell(final LeaseEventKind kind, final Lease lease, final long logTimeMs) {
        watches.tell(kind, lease.holder().id(), lease.token(), lease.remainingMs(logTimeMs), lease.name());
    }

    private void onProlonged(final Lease lease, final long logTimeMs) {
        leasesByEnd.changed(lease);
        tell(LeaseEventKind.RENEWED, lease, logTimeMs);
    }

    private boolean lives(final Lease lease, final long logTimeMs) {
        return !lease.isOver(logTimeMs) || end(lease, LeaseEnd.EXPIRED, logTimeMs);
    }

    private void handOver(final Lease lease, final Request head, final long token, final long logTimeMs) {
        final Client holder = head.client();
        lease.begin(holder, token, head.ttlMs(), logTimeMs + pushedRunMs(head));
        leasesByEnd.changed(lease);
        holder.leaseBegan();
        cache.touch(holder, logTimeMs);
        tell(LeaseEventKind.GRANTED, lease, logTimeMs);
        conclude(head, LeaseVerdict.GRANTED, lease, logTimeMs);
        boolean isProlonged = false;
        Request wait = lease.queue().first();
        while (wait != null && holder.isWaiting()) {
            final Request next = wait.next();
            if (wait.client() == holder) {
                isProlonged |= grantToHolder(lease, wait, logTimeMs);
            }
            wait = next;
        }
        if (isProlonged) { // Told once, however many waits there were.
            onProlonged(lease, logTimeMs);
        }
    }

    /** The holder must not wait behind itself. Returns whether this wait lets the lease run longer. */
    private boolean grantToHolder(final Lease lease, final Request wait, final long logTimeMs) {
        remove(wait, logTimeMs);
        if (wait.isOver(logTimeMs)) {
            conclude(wait, LeaseVerdict.WAIT_TIMED_OUT, lease, logTimeMs);
            return false;
        }
        final boolean isProlonged = lease.prolong(wait.ttlMs(), pushedRunMs(wait), logTimeMs);
        conclude(wait, LeaseVerdict.GRANTED, lease, logTimeMs);
        return isProlonged;
    }

    /** A right that was taken from who waits ends the wait when it would be served. */
    private boolean mayHold(final Request head, final Lease lease) {
        final DirectBuffer name = lease.name();
        return access.allows(head.client().principal(), Right.ACQUIRE, name, 0, name.capacity());
    }

    private static long pushedRunMs(final Request wait) {
        return Math.min(wait.ttlMs(), LeaseLimits.PUSHED_RUN_MAX_MS);
    }

    private void timeOut(final Request wait, final long logTimeMs) {
        final Lease lease = wait.lease();
        remove(wait, logTimeMs);
        conclude(wait, LeaseVerdict.WAIT_TIMED_OUT, lease.isOver(logTimeMs) ? null : lease, logTimeMs);
    }

    private void remove(final Request wait, final long logTimeMs) {
        wait.lease().queue().remove(wait);
        waitsByEnd.remove(wait);
        wait.client().waitEnded();
        cache.touch(wait.client(), logTimeMs);
    }

    private void say(final Request request, final long logTimeMs) {
        final long clientId = request.client().id();
        final long id = request.id();
        final long token = request.answerToken();
        final long ttlMs = request.answerTtlMs();
        final long remainingMs = remainingMs(request, logTimeMs);
        final DirectBuffer name = request.name();
        final int length = name.capacity();
        switch (request.verdict()) {
            case GRANTED -> answers.onGranted(clientId, id, token, ttlMs, remainingMs, name, 0, length);
            case RENEWED -> answers.onRenewed(clientId, id, token, ttlMs, remainingMs, name, 0, length);
            case QUEUED -> answers.onQueued(clientId, id, request.lease().place(request));
            case DENIED -> answers.onDenied(clientId, id, request.answerHolder(), token, remainingMs);
            case RELEASED -> answers.onReleased(clientId, id, token);
            case CANCELLED -> answers.onCancelled(clientId, id, request.waitRequestId());
            case FLOOR_RAISED -> answers.onFloor(clientId, id, true, token);
            case FLOOR_KEPT -> answers.onFloor(clientId, id, false, token);
            case REVOKED ->
                answers.onRevoked(clientId, id, token, request.token(), request.answerHolder(), name, 0, length);
            default -> answers.onRefused(clientId, id, request.verdict(), token, request.answerHolder(), request.end());
        }
    }

    /** The deadline of an answer is fixed, but nothing is left of a lease that ended before. */
    private long remainingMs(final Request request, final long logTimeMs) {
        if (request.isOver(logTimeMs)) {
            return 0;
        }
        final Lease lease = leases.find(request.name());
        return lease != null && lease.token() == request.answerToken() ? request.deadlineMs() - logTimeMs : 0;
    }
}
