package io.fencegate.verification.checker.grant;

import io.fencegate.core.grant.Token;
import io.fencegate.verification.checker.fact.Call;
import io.fencegate.verification.checker.fact.Checker;
import io.fencegate.verification.checker.fact.Findings;
import io.fencegate.verification.checker.fact.Property;
import io.fencegate.verification.checker.fact.Scene;
import io.fencegate.verification.history.Event;
import io.fencegate.verification.history.EventKind;
import io.fencegate.verification.history.Words;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * S6: in a sealed history no fence rises but by a grant of the sequencer to that client, for that resource, with that
 * token. Where the sequencer is not seen: by a grant that this client was told, or may have been given by a call that has
 * no answer.
 *
 * <p>One thread.
 */
public final class Forgery implements Checker {
    private record Grant(String resource, long token, long clientId) {}

    private record Asking(String resource, long clientId) {}

    private final Set<Grant> grants = new HashSet<>();
    private final Map<Asking, Integer> unanswered = new HashMap<>();
    private final boolean isSealed;
    private final boolean seesSequencer;
    private final Findings findings;

    /** Begins. @param scene of the history @param findings that are added to */
    public Forgery(final Scene scene, final Findings findings) {
        isSealed = scene.header().isSealed();
        seesSequencer = scene.has(EventKind.ISSUED);
        this.findings = findings;
    }

    @Override
    public void onCalled(final Call call) {
        if (Grants.isAsked(call.called())) {
            unanswered.merge(askingOf(call.called()), 1, Integer::sum);
        }
    }

    @Override
    public void onEnded(final Call call, final Event end, final long index) {
        final Event called = call.called();
        if (Grants.isAsked(called) && !end.word().equals(Words.UNANSWERED)) {
            unanswered.merge(askingOf(called), -1, Integer::sum);
        }
        if (Grants.isTold(end) && !seesSequencer) {
            grants.add(new Grant(called.resource(), end.token(), called.clientId()));
        }
        if (Grants.isOpened(end)) {
            check(new Grant(called.resource(), called.token(), called.clientId()), end);
        }
    }

    @Override
    public void onObserved(final Event event, final long index) {
        final Grant grant = new Grant(event.resource(), event.token(), event.clientId());
        switch (event.kind()) {
            case ISSUED -> grants.add(grant);
            case FENCE_RAISED, OPEN_ANSWERED, JOURNALED_FENCE -> check(grant, event);
            default -> {
                // Not about a fence.
            }
        }
    }

    private void check(final Grant grant, final Event event) {
        if (isSealed) {
            findings.check(
                    Property.S6,
                    grants.contains(grant) || mayHaveBeenGiven(grant),
                    () -> "a fence rose without a grant of the sequencer: resource=" + grant.resource + " token="
                            + Token.describe(grant.token) + " client=" + Long.toHexString(grant.clientId),
                    event);
        }
    }

    private boolean mayHaveBeenGiven(final Grant grant) {
        return !seesSequencer && unanswered.getOrDefault(new Asking(grant.resource, grant.clientId), 0) > 0;
    }

    private static Asking askingOf(final Event called) {
        return new Asking(called.resource(), called.clientId());
    }
}
