package io.fencegate.core.lease;

import io.fencegate.core.access.AccessRule;
import io.fencegate.core.access.AccessTable;
import io.fencegate.core.access.Principal;
import io.fencegate.core.access.Right;
import io.fencegate.core.grant.LeaseEnd;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.grant.ResourceName;
import io.fencegate.core.lease.command.CommandKind;
import io.fencegate.core.lease.command.LeaseCommand;
import io.fencegate.core.lease.command.LeaseLimits;
import io.fencegate.core.lease.command.LeasePage;
import io.fencegate.core.lease.command.LeaseVisitor;
import io.fencegate.core.lease.order.TokenSequence;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.concurrent.UnsafeBuffer;

/** The twin of the lease table: slow and obvious, it looks through everything each time. */
final class PlainLeaseTable implements LeaseLaw {
    private final LeaseLimits limits;
    private final AnswerLog answers;
    private final TokenSequence tokens = new TokenSequence();
    private final Map<String, Held> leases = new TreeMap<>();
    private final Map<Long, Caller> callers = new LinkedHashMap<>();
    private final AccessTable access = new AccessTable();
    private final PlainWatches watches;
    private long asked;
    private long touches;
    private long now;

    PlainLeaseTable(final LeaseLimits limits, final AnswerLog answers) {
        this.limits = limits;
        this.answers = answers;
        watches = new PlainWatches(limits, answers);
    }

    @Override
    public void acquire(final LeaseCommand command, final long logTimeMs) {
        now = logTimeMs;
        final Asked request = admit("acquire", command);
        if (request == null) {
            return;
        }
        final Held lease = leases.get(request.name);
        if (lease == null) {
            grantFree(request);
        } else if (lease.holder == request.caller) {
            prolong(lease, request.ttlMs, now + request.ttlMs);
            answer(request, LeaseVerdict.GRANTED, lease);
        } else if (request.waitMs == 0) {
            answer(request, LeaseVerdict.DENIED, lease);
        } else if (lease.queue.size() == limits.waitersPerResource()) {
            answer(request, LeaseVerdict.TOO_MANY_WAITERS_FOR_RESOURCE, lease);
        } else if (waits().size() == limits.waiters()) {
            answer(request, LeaseVerdict.TOO_MANY_WAITERS, lease);
        } else {
            lease.queue.add(request);
            request.deadlineMs = now + request.waitMs;
            request.verdict = LeaseVerdict.QUEUED;
            say(request);
        }
        touch(request.caller);
    }

    @Override
    public void renew(final LeaseCommand command, final long logTimeMs) {
        now = logTimeMs;
        final Asked request = admit("renew", command);
        if (request == null) {
            return;
        }
        final Held lease = leases.get(request.name);
        if (lease != null && lease.holder == request.caller && lease.token == command.token()) {
            prolong(lease, request.ttlMs, now + request.ttlMs);
            answer(request, LeaseVerdict.RENEWED, lease);
        } else {
            answer(request, LeaseVerdict.LEASE_LOST, lease);
        }
        touch(request.caller);
    }

    @Override
    public void release(final LeaseCommand command, final long logTimeMs) {
        now = logTimeMs;
        final Asked request = admit("release", command);
        if (request == null) {
            return;
        }
        final Held lease = leases.get(request.name);
        if (lease != null && lease.holder == request.caller && lease.token == command.token()) {
            answer(request, LeaseVerdict.RELEASED, lease);
            end(lease, LeaseEnd.RELEASED);
        } else {
            answer(request, LeaseVerdict.LEASE_LOST, lease);
        }
        touch(request.caller);
    }

    @Override
    public void cancelWait(final LeaseCommand command, final long logTimeMs) {
        now = logTimeMs;
        final Asked request = admit("cancelWait", command);
        if (request == null) {
            return;
        }
        final boolean isCancelled = cancel(request, command.waitRequestId());
        final Held lease = leases.get(request.name);
        answer(request, isCancelled ? LeaseVerdict.CANCELLED : LeaseVerdict.NOT_WAITING, lease);
        touch(request.caller);
    }

    private boolean cancel(final Asked request, final long waitId) {
        final Caller caller = request.caller;
        final Asked wait = caller.asked.get(waitId);
        final Held lease = leases.get(request.name);
        if (wait == null) {
            final long behind = request.id - waitId;
            if (behind < 1 || behind >= 1L << 32 || caller.isForgotten(waitId)) {
                return false;
            }
            final Asked unheard = new Asked();
            unheard.caller = caller;
            unheard.content = "acquire " + request.name + " unheard";
            unheard.id = waitId;
            unheard.name = request.name;
            caller.asked.put(waitId, unheard);
            answer(unheard, LeaseVerdict.WAIT_CANCELLED, lease);
            return true;
        }
        if (!wait.content.startsWith("acquire " + request.name + " ")) {
            return false;
        }
        if (wait.verdict != LeaseVerdict.QUEUED) {
            return wait.verdict == LeaseVerdict.WAIT_CANCELLED;
        }
        if (wait.deadlineMs <= now) {
            timeOut(wait);
            return false;
        }
        lease.queue.remove(wait);
        touch(caller);
        answer(wait, LeaseVerdict.WAIT_CANCELLED, lease);
        return true;
    }

    @Override
    public void revoke(final LeaseCommand command, final long logTimeMs) {
        now = logTimeMs;
        final Asked request = admit("revoke", command);
        if (request == null) {
            return;
        }
        final Held lease = leases.get(request.name);
        if (lease == null || lease.token != command.token()) {
            answer(request, LeaseVerdict.LEASE_LOST, lease);
        } else {
            final long token = tokens.next();
            if (token == 0) {
                answer(request, LeaseVerdict.TOKENS_EXHAUSTED, lease);
            } else {
                request.fresh = token;
                answer(request, LeaseVerdict.REVOKED, lease);
                end(lease, LeaseEnd.REVOKED);
            }
        }
        touch(request.caller);
    }

    @Override
    public void raiseFloor(final CommandKind kind, final LeaseCommand command, final long logTimeMs) {
        now = logTimeMs;
        final Asked request = admit(kind == CommandKind.SET_FLOOR ? "setFloor" : "raiseFloor", command);
        if (request == null) {
            return;
        }
        if (kind == CommandKind.RAISE_FLOOR && command.proof() != 1) {
            answer(request, LeaseVerdict.BAD_SEAL, null);
        } else {
            final long before = tokens.termOffset();
            request.fresh = PlainFloor.offsetAbove(command.token(), tokens);
            if (request.fresh == PlainFloor.NONE) {
                answer(request, LeaseVerdict.TOKENS_EXHAUSTED, null);
            } else {
                tokens.restore(request.fresh, tokens.leadershipTermId(), tokens.serial());
                answer(request, request.fresh > before ? LeaseVerdict.FLOOR_RAISED : LeaseVerdict.FLOOR_KEPT, null);
            }
        }
        touch(request.caller);
    }

    @Override
    public void describe(final LeaseCommand command, final long logTimeMs) {
        now = logTimeMs;
        if (!ResourceName.isValid(command.nameBuffer(), command.nameOffset(), command.nameLength())) {
            refuse(command, LeaseVerdict.BAD_NAME);
            return;
        }
        final String name = AnswerLog.text(command.nameBuffer(), command.nameOffset(), command.nameLength());
        if (!mayDo(command.principal(), Right.WATCH, name)) {
            refuse(command, LeaseVerdict.NOT_ALLOWED);
            return;
        }
        endIfOver(leases.get(name));
        final Held lease = leases.get(name);
        if (lease == null) {
            answers.onDescribed(command, 0, 0, 0, 0, 0);
        } else {
            final long left = lease.deadlineMs - now;
            answers.onDescribed(command, lease.holder.id, lease.token, lease.ttlMs, left, lease.queue.size());
        }
    }

    @Override
    public void watch(final LeaseCommand command, final long sessionId) {
        final String prefix = AnswerLog.text(command.nameBuffer(), command.nameOffset(), command.nameLength());
        if (prefix.length() <= 128 && !mayDo(command.principal(), Right.WATCH, prefix)) {
            watches.end(command, command.requestId());
            refuse(command, LeaseVerdict.NOT_ALLOWED);
            return;
        }
        watches.watch(command, sessionId);
    }

    @Override
    public void unwatch(final LeaseCommand command) {
        watches.unwatch(command);
    }

    @Override
    public AccessTable access() {
        return access;
    }

    @Override
    public boolean isOwner(final Principal principal, final long clientId) {
        return !callers.containsKey(clientId) || callers.get(clientId).principal.equals(principal);
    }

    private boolean mayDo(final Principal principal, final Right right, final String name) {
        boolean may = access.rules().isEmpty();
        for (final AccessRule rule : access.rules()) {
            final UnsafeBuffer prefix = new UnsafeBuffer(rule.prefix().getBytes(StandardCharsets.UTF_8));
            may |= (rule.principal().equals("*") || rule.principal().equals(principal.name()))
                    && Right.of(rule.rights()).contains(right)
                    && name.startsWith(AnswerLog.text(prefix, 0, prefix.capacity()));
        }
        return may;
    }

    @Override
    public void endSession(final long sessionId) {
        watches.endSession(sessionId);
    }

    private void event(final String kind, final Held lease, final long remainingMs) {
        watches.event(kind, lease.token, lease.holder.id, remainingMs, lease.name);
    }

    private void prolong(final Held lease, final long ttlMs, final long deadlineMs) {
        if (extend(lease, ttlMs, deadlineMs)) {
            event("RENEWED", lease, deadlineMs - now);
        }
    }

    private static boolean extend(final Held lease, final long ttlMs, final long deadlineMs) {
        if (deadlineMs <= lease.deadlineMs) {
            return false;
        }
        lease.ttlMs = ttlMs;
        lease.deadlineMs = deadlineMs;
        return true;
    }

    @Override
    public long sweep(final long logTimeMs, final int workMax) {
        now = logTimeMs;
        final long toldBefore = watches.told();
        long ended = 0;
        while (ended + watches.told() - toldBefore < workMax && sweepOne()) {
            ended++;
        }
        return ended + watches.told() - toldBefore;
    }

    @Override
    public boolean list(final LeasePage page, final long logTimeMs, final LeaseVisitor visitor) {
        final String prefix = AnswerLog.text(page.prefix(), 0, page.prefix().capacity());
        final String after = AnswerLog.text(page.after(), 0, page.after().capacity());
        int shown = 0;
        for (final Held lease : leases.values()) {
            if (lease.name.startsWith(prefix) && lease.name.compareTo(after) > 0 && lease.deadlineMs > logTimeMs) {
                final UnsafeBuffer name = new UnsafeBuffer(lease.name.getBytes(StandardCharsets.ISO_8859_1));
                final long remainingMs = lease.deadlineMs - logTimeMs;
                final int waiters = lease.queue.size();
                if (shown == page.leasesMax()
                        || !visitor.onLease(
                                lease.holder.id, lease.token, remainingMs, waiters, name, 0, name.capacity())) {
                    return true;
                }
                shown++;
            }
        }
        return false;
    }

    @Override
    public TokenSequence tokens() {
        return tokens;
    }

    @Override
    public String counts() {
        return "leases=" + leases.size() + " waiters=" + waits().size() + " clients=" + callers.size() + " watches="
                + watches.size();
    }

    @Override
    public LeaseLaw snapshotAndRestore() {
        return this;
    }

    private Asked admit(final String verb, final LeaseCommand command) {
        final LeaseVerdict flaw = flawOf(verb, command);
        if (flaw != null) {
            return refuse(command, flaw);
        }
        final String name = AnswerLog.text(command.nameBuffer(), command.nameOffset(), command.nameLength());
        final boolean mayDo = verb.equals("setFloor")
                ? access.mayOperate(command.principal())
                : mayDo(command.principal(), verb.equals("revoke") ? Right.REVOKE : Right.ACQUIRE, name);
        if (!mayDo) {
            return refuse(command, LeaseVerdict.NOT_ALLOWED);
        }
        Caller caller = callers.get(command.clientId());
        if (caller == null) {
            if (callers.size() == limits.clients() && !forgetOne()) {
                return refuse(command, LeaseVerdict.TOO_MANY_CLIENTS);
            }
            caller = new Caller();
            caller.id = command.clientId();
            caller.principal = command.principal();
            caller.forgotten = command.requestId() - limits.answersPerClient();
            callers.put(caller.id, caller);
        }
        final String content = verb + " " + AnswerLog.describe(command);
        final Asked first = caller.asked.get(command.requestId());
        final String unheard = verb + " " + content.split(" ")[1] + " unheard";
        if (first != null && !first.content.equals(content) && !first.content.equals(unheard)) {
            return refuse(command, LeaseVerdict.REQUEST_MISMATCH);
        }
        if (first == null && caller.isForgotten(command.requestId())) {
            return refuse(command, LeaseVerdict.REQUEST_TOO_OLD);
        }
        if (first != null) {
            repeat(first);
            touch(caller);
            return null;
        }
        final Asked request = new Asked();
        request.caller = caller;
        request.order = ++asked;
        request.content = content;
        request.id = command.requestId();
        request.about = command.token();
        request.aboutRequest = command.waitRequestId();
        request.name = name;
        request.ttlMs = command.ttlMs();
        request.waitMs = command.waitMs();
        if (!verb.endsWith("Floor")) {
            endIfOver(leases.get(request.name));
        }
        caller.asked.put(request.id, request);
        return request;
    }

    private static LeaseVerdict flawOf(final String verb, final LeaseCommand command) {
        if (!verb.equals("setFloor")
                && !ResourceName.isValid(command.nameBuffer(), command.nameOffset(), command.nameLength())) {
            return LeaseVerdict.BAD_NAME;
        }
        if (verb.endsWith("Floor") && (command.token() <= 0 || command.token() % (1L << 40) == 0)) {
            return LeaseVerdict.MALFORMED;
        }
        if ((verb.equals("acquire") || verb.equals("renew"))
                && (command.ttlMs() < 50 || command.ttlMs() > 86_400_000)) {
            return LeaseVerdict.TTL_OUT_OF_RANGE;
        }
        if (verb.equals("acquire") && (command.waitMs() < 0 || command.waitMs() > 86_400_000)) {
            return LeaseVerdict.WAIT_OUT_OF_RANGE;
        }
        return null;
    }

    private Asked refuse(final LeaseCommand command, final LeaseVerdict verdict) {
        answers.onRefused(command.clientId(), command.requestId(), verdict, 0, 0, LeaseEnd.UNKNOWN);
        return null;
    }

    private void repeat(final Asked first) {
        final boolean wasQueued = first.verdict == LeaseVerdict.QUEUED;
        if (wasQueued) {
            endIfOver(leases.get(first.name));
            if (first.verdict == LeaseVerdict.QUEUED && first.deadlineMs <= now) {
                timeOut(first);
            }
        }
        if (wasQueued == (first.verdict == LeaseVerdict.QUEUED)) {
            say(first);
        }
    }

    private void grantFree(final Asked request) {
        if (leases.size() == limits.leases()) {
            answer(request, LeaseVerdict.TOO_MANY_LEASES, null);
            return;
        }
        final long token = tokens.next();
        if (token == 0) {
            answer(request, LeaseVerdict.TOKENS_EXHAUSTED, null);
            return;
        }
        final Held lease = new Held();
        lease.name = request.name;
        lease.begin(request, token, now + request.ttlMs);
        leases.put(lease.name, lease);
        event("GRANTED", lease, request.ttlMs);
        answer(request, LeaseVerdict.GRANTED, lease);
    }

    private void endIfOver(final Held lease) {
        if (lease != null && lease.deadlineMs <= now) {
            end(lease, LeaseEnd.EXPIRED);
        }
    }

    private void end(final Held lease, final LeaseEnd end) {
        event(end.toString(), lease, 0);
        final Caller holder = lease.holder;
        holder.ended.put(lease.token, end);
        if (holder.ended.size() > LeaseLimits.ENDS_PER_CLIENT) {
            holder.ended.remove(holder.ended.keySet().iterator().next());
        }
        lease.holder = null;
        touch(holder);
        while (!lease.queue.isEmpty()) {
            final Asked head = lease.queue.remove(0);
            touch(head.caller);
            final boolean mayHold = mayDo(head.caller.principal, Right.ACQUIRE, head.name);
            final long token = head.deadlineMs <= now || !mayHold ? 0 : tokens.next();
            if (head.deadlineMs <= now) {
                answer(head, LeaseVerdict.WAIT_TIMED_OUT, null);
            } else if (!mayHold) {
                answer(head, LeaseVerdict.NOT_ALLOWED, null);
            } else if (token == 0) {
                answer(head, LeaseVerdict.TOKENS_EXHAUSTED, null);
            } else {
                lease.begin(head, token, now + Math.min(head.ttlMs, 10_000));
                event("GRANTED", lease, lease.deadlineMs - now);
                answer(head, LeaseVerdict.GRANTED, lease);
                final long granted = lease.deadlineMs;
                for (final Asked other : List.copyOf(lease.queue)) {
                    if (other.caller == head.caller) {
                        lease.queue.remove(other);
                        if (other.deadlineMs > now) {
                            extend(lease, other.ttlMs, now + Math.min(other.ttlMs, 10_000));
                        }
                        answer(
                                other,
                                other.deadlineMs > now ? LeaseVerdict.GRANTED : LeaseVerdict.WAIT_TIMED_OUT,
                                lease);
                    }
                }
                if (lease.deadlineMs > granted) {
                    event("RENEWED", lease, lease.deadlineMs - now);
                }
                return;
            }
        }
        leases.remove(lease.name);
    }

    private boolean sweepOne() {
        final Asked wait = waits().stream()
                .filter(w -> w.deadlineMs <= now)
                .min(Comparator.comparingLong((Asked w) -> w.deadlineMs).thenComparingLong(w -> w.order))
                .orElse(null);
        if (wait != null) {
            timeOut(wait);
            return true;
        }
        final Held over = leases.values().stream()
                .filter(lease -> lease.deadlineMs <= now)
                .min(Comparator.comparingLong((Held lease) -> lease.deadlineMs).thenComparingLong(lease -> lease.token))
                .orElse(null);
        if (over != null) {
            end(over, LeaseEnd.EXPIRED);
            return true;
        }
        return forgetOne();
    }

    private void timeOut(final Asked wait) {
        final Held lease = leases.get(wait.name);
        lease.queue.remove(wait);
        touch(wait.caller);
        answer(wait, LeaseVerdict.WAIT_TIMED_OUT, lease.deadlineMs > now ? lease : null);
    }

    private boolean forgetOne() {
        return callers.values().stream()
                .filter(caller -> !isBusy(caller))
                .min(Comparator.comparingLong(caller -> caller.touch))
                .filter(caller -> now - caller.touchedMs >= limits.answersKeptMs())
                .map(caller -> callers.remove(caller.id))
                .isPresent();
    }

    private boolean isBusy(final Caller caller) {
        return leases.values().stream().anyMatch(lease -> lease.holder == caller)
                || waits().stream().anyMatch(wait -> wait.caller == caller);
    }

    private void touch(final Caller caller) {
        caller.touch = ++touches;
        caller.touchedMs = now;
    }

    private List<Asked> waits() {
        return leases.values().stream().flatMap(lease -> lease.queue.stream()).toList();
    }

    private void answer(final Asked request, final LeaseVerdict verdict, final Held lease) {
        request.verdict = verdict;
        request.token = lease == null ? 0 : lease.token;
        request.holder = lease == null ? 0 : lease.holder.id;
        request.end = verdict == LeaseVerdict.LEASE_LOST
                ? request.caller.ended.getOrDefault(request.about, LeaseEnd.UNKNOWN)
                : LeaseEnd.UNKNOWN;
        request.answeredTtlMs = lease == null ? 0 : lease.ttlMs;
        request.deadlineMs = lease == null ? 0 : lease.deadlineMs;
        final Caller caller = request.caller;
        caller.answered.add(request);
        if (caller.answered.size() > limits.answersPerClient()) {
            final Asked oldest = caller.answered.remove(0);
            caller.asked.remove(oldest.id);
            if (!caller.isForgotten(oldest.id)) {
                caller.forgotten = oldest.id;
            }
        }
        say(request);
    }

    private void say(final Asked asked) {
        final long client = asked.caller.id;
        final UnsafeBuffer name = new UnsafeBuffer(asked.name.getBytes(StandardCharsets.ISO_8859_1));
        final int length = name.capacity();
        final long ttlMs = asked.answeredTtlMs;
        final Held lease = leases.get(asked.name);
        final boolean lives = lease != null && lease.token == asked.token;
        final long remainingMs = lives ? Math.max(0, asked.deadlineMs - now) : 0;
        switch (asked.verdict) {
            case GRANTED -> answers.onGranted(client, asked.id, asked.token, ttlMs, remainingMs, name, 0, length);
            case RENEWED -> answers.onRenewed(client, asked.id, asked.token, ttlMs, remainingMs, name, 0, length);
            case QUEUED -> answers.onQueued(client, asked.id, lease.queue.indexOf(asked) + 1);
            case DENIED -> answers.onDenied(client, asked.id, asked.holder, asked.token, remainingMs);
            case RELEASED -> answers.onReleased(client, asked.id, asked.token);
            case CANCELLED -> answers.onCancelled(client, asked.id, asked.aboutRequest);
            case FLOOR_RAISED -> answers.onFloor(client, asked.id, true, asked.fresh);
            case FLOOR_KEPT -> answers.onFloor(client, asked.id, false, asked.fresh);
            case REVOKED ->
                answers.onRevoked(client, asked.id, asked.fresh, asked.about, asked.holder, name, 0, length);
            default -> answers.onRefused(client, asked.id, asked.verdict, asked.token, asked.holder, asked.end);
        }
    }
}
