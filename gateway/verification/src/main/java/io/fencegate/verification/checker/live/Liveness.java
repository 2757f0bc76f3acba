package io.fencegate.verification.checker.live;

import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.grant.Token;
import io.fencegate.core.grant.Verdict;
import io.fencegate.verification.checker.fact.Call;
import io.fencegate.verification.checker.fact.Checker;
import io.fencegate.verification.checker.fact.Findings;
import io.fencegate.verification.checker.fact.Property;
import io.fencegate.verification.checker.fact.Scene;
import io.fencegate.verification.history.Event;
import io.fencegate.verification.history.EventKind;
import io.fencegate.verification.history.Fault;
import io.fencegate.verification.history.Words;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * L1 and L2 within a bound, once faults have stopped: an acquire is answered, and the opens and writes of the holder of a
 * resource's newest token succeed, within the bound after they were called and after HEALED, whichever is later. The bound
 * has to be longer than the longest wait in the queue that callers ask for.
 *
 * <p>A caller that crashes is owed nothing; one that gives up before the bound decides nothing; a fault behind HEALED
 * begins everything anew.
 *
 * <p>One thread.
 */
public final class Liveness implements Checker {
    private static final long NEVER = Long.MAX_VALUE;

    private final Map<String, Set<Call>> open = new HashMap<>();
    private final Map<String, Long> newest = new HashMap<>();
    private final Scene scene;
    private final long boundNs;
    private final Findings findings;
    private boolean isStaleWrong;
    private long healedNs = NEVER;
    private long nowNs;

    /** Begins. @param scene of the history @param boundNs within which @param findings that are added to */
    public Liveness(final Scene scene, final long boundNs, final Findings findings) {
        this.scene = scene;
        this.boundNs = boundNs;
        this.findings = findings;
        isStaleWrong = scene.header().isSealed() && scene.has(EventKind.ISSUED);
    }

    @Override
    public void onObserved(final Event event, final long index) {
        nowNs = event.atNs();
        switch (event.kind()) {
            case HEALED -> healedNs = event.atNs();
            case FAULT -> onFault(event);
            case CRASHED -> open.remove(event.actor());
            case ISSUED -> newest.merge(event.resource(), event.token(), Math::max);
            default -> {
                // Time goes on.
            }
        }
    }

    private void onFault(final Event event) {
        if (!event.says(Fault.RESUMED) && !event.says(Fault.JOINED)) {
            healedNs = NEVER;
        }
        isStaleWrong &= !scene.isDirectoryLoss(event);
    }

    @Override
    public void onCalled(final Call call) {
        nowNs = call.called().atNs();
        if (propertyOf(call) != null) {
            open.computeIfAbsent(call.called().actor(), actor -> new LinkedHashSet<>())
                    .add(call);
        }
    }

    @Override
    public void onEnded(final Call call, final Event end, final long index) {
        nowNs = end.atNs();
        if (end.says(LeaseVerdict.GRANTED) || end.says(LeaseVerdict.REVOKED)) {
            newest.merge(call.called().resource(), end.token(), Math::max);
        }
        final Set<Call> calls = open.get(end.actor());
        if (calls != null && calls.remove(call) && healedNs != NEVER && isOwed(call)) {
            judge(call, end);
        }
    }

    @Override
    public void onFinished() {
        if (healedNs == NEVER) {
            return;
        }
        for (final Set<Call> calls : open.values()) {
            for (final Call call : calls) {
                if (isOwed(call) && nowNs - deadlineNs(call) > 0) {
                    findings.check(propertyOf(call), false, () -> late(call), call.called());
                }
            }
        }
    }

    private void judge(final Call call, final Event end) {
        final Property property = propertyOf(call);
        if (end.atNs() - deadlineNs(call) > 0) {
            findings.check(property, false, () -> late(call), call.called(), end);
        } else if (property == Property.L1 ? !end.word().equals(Words.UNANSWERED) : isSuccess(end)) {
            findings.checked(property);
        } else if (property == Property.L2 && end.says(Verdict.STALE_TOKEN) && isStaleWrong) {
            findings.check(
                    property,
                    false,
                    () -> "the holder of the newest token was refused as stale: resource="
                            + call.called().resource() + " token="
                            + Token.describe(call.called().token()),
                    call.called(),
                    end);
        }
    }

    private String late(final Call call) {
        return "no answer within " + boundNs / 1_000_000 + " ms after faults had stopped: resource="
                + call.called().resource();
    }

    private long deadlineNs(final Call call) {
        return Math.max(healedNs, call.called().atNs()) + boundNs;
    }

    /** Only the holder of the newest token is promised that it can write. */
    private boolean isOwed(final Call call) {
        final Event called = call.called();
        return propertyOf(call) == Property.L1 || called.token() >= newest.getOrDefault(called.resource(), NEVER);
    }

    private static boolean isSuccess(final Event end) {
        return end.says(Verdict.OPENED) || end.says(Verdict.ACCEPTED) || end.says(Verdict.DUPLICATE);
    }

    private static Property propertyOf(final Call call) {
        return switch (call.called().kind()) {
            case ACQUIRE_CALLED -> Property.L1;
            case OPEN_CALLED, WRITE_CALLED -> Property.L2;
            default -> null;
        };
    }
}
