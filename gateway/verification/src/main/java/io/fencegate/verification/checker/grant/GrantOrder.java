package io.fencegate.verification.checker.grant;

import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.grant.Token;
import io.fencegate.verification.checker.fact.Call;
import io.fencegate.verification.checker.fact.Checker;
import io.fencegate.verification.checker.fact.Findings;
import io.fencegate.verification.checker.fact.Property;
import io.fencegate.verification.history.Event;
import io.fencegate.verification.history.EventKind;
import io.fencegate.verification.history.Words;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * S2: if one grant is answered before another is asked for, its token is lower. Within one life of the sequencer, and not
 * across the loss of a raised floor.
 *
 * <p>Which call asked for a grant, the sequencer tells by the call's number if it is seen; else it is the earliest call of
 * that client for that resource that may have: the call itself, one whose answer is not there or was lost, or, once the sequencer may
 * have forgotten that it answered, any. So what is reported is a violation, and some that only the sequencer could show
 * are not.
 *
 * <p>One thread.
 */
public final class GrantOrder implements Checker {
    private static final long NEVER = -1;

    private record Key(String resource, long clientId) {}

    private record Number(long clientId, long op) {}

    /** What had been answered when a call began. */
    private record Asked(Call call, long tokenAnswered, Event answered) {}

    /** The calls of one client for one resource that may have asked for what it is told later. */
    private static final class Asking {
        private final Map<Call, Asked> open = new LinkedHashMap<>();
        private Asked first;
        private Asked unanswered;

        Asked earliest(final long forgottenAt) {
            if (first.call.index() < forgottenAt) {
                return first;
            }
            final Iterator<Asked> opens = open.values().iterator();
            final Asked oldest = opens.hasNext() ? opens.next() : unanswered;
            return unanswered != null && unanswered.call.index() < oldest.call.index() ? unanswered : oldest;
        }
    }

    private final Map<Key, Asking> asking = new HashMap<>();
    private final Map<Number, Asked> byNumber = new HashMap<>();
    private final Map<Long, Key> known = new HashMap<>();
    private final Set<Long> judged = new HashSet<>();
    private final Findings findings;
    private long begunAt = NEVER;
    private long forgottenAt = NEVER;
    private long tokenAnswered;
    private Event answered;
    private boolean hasFloor;

    /** Begins. @param findings that are added to */
    public GrantOrder(final Findings findings) {
        this.findings = findings;
    }

    @Override
    public void onObserved(final Event event, final long index) {
        switch (event.kind()) {
            case LIFE_BEGAN -> begin(index);
            case FLOOR_RAISED -> hasFloor = true;
            case SUFFIX_LOST -> {
                forgottenAt = index;
                if (event.word().equals(EventKind.FLOOR_RAISED.name())
                        || event.word().isEmpty() && hasFloor) {
                    begin(index);
                }
            }
            case ISSUED -> onIssued(event);
            default -> {
                // Not about the order of grants.
            }
        }
    }

    private void begin(final long index) {
        begunAt = index;
        forgottenAt = index;
        tokenAnswered = 0;
        answered = null;
        hasFloor = false;
        known.clear();
        judged.clear();
    }

    @Override
    public void onCalled(final Call call) {
        final Event called = call.called();
        if (!Grants.isAsked(called)) {
            return;
        }
        final Asked asked = new Asked(call, tokenAnswered, answered);
        final Asking calls = asking.computeIfAbsent(keyOf(called), key -> new Asking());
        calls.open.put(call, asked);
        if (calls.first == null) {
            calls.first = asked;
        }
        if (called.op() != 0) {
            // A number that is used again tells nothing.
            final Number number = new Number(called.clientId(), called.op());
            byNumber.put(number, byNumber.containsKey(number) ? null : asked);
        }
    }

    private void onIssued(final Event event) {
        final Asked asked = byNumber.get(new Number(event.clientId(), event.op()));
        if (event.op() != 0 && asked != null && asked.call.called().resource().equals(event.resource())) {
            judged.add(event.token());
            judge(asked, event.token(), event);
        }
    }

    @Override
    public void onEnded(final Call call, final Event end, final long index) {
        if (!Grants.isAsked(call.called())) {
            return;
        }
        final Key key = keyOf(call.called());
        final Asking calls = asking.get(key);
        if (Grants.isTold(end) && call.index() > begunAt) {
            if (!key.equals(known.put(end.token(), key)) && !judged.contains(end.token())) {
                judge(calls.earliest(forgottenAt), end.token(), end);
            }
            if (end.token() > tokenAnswered) {
                tokenAnswered = end.token();
                answered = end;
            }
        }
        final Asked asked = calls.open.remove(call);
        // A call that comes too late was answered before, and that answer was lost.
        final boolean isLost = end.word().equals(Words.UNANSWERED) || end.says(LeaseVerdict.REQUEST_TOO_OLD);
        if (isLost && (calls.unanswered == null || call.index() < calls.unanswered.call.index())) {
            calls.unanswered = asked;
        }
    }

    private void judge(final Asked asked, final long token, final Event event) {
        if (asked.call.index() < begunAt) {
            findings.excused(Property.S2);
            return;
        }
        findings.check(
                Property.S2,
                token > asked.tokenAnswered,
                () -> "a grant was answered before another was asked for, and its token is not lower: " + "answered="
                        + Token.describe(asked.tokenAnswered) + " later=" + Token.describe(token),
                asked.answered,
                asked.call.called(),
                event);
    }

    private static Key keyOf(final Event called) {
        return new Key(called.resource(), called.clientId());
    }
}
