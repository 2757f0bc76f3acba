package io.fencegate.verification.checker.record;

import io.fencegate.core.grant.Token;
import io.fencegate.core.grant.Verdict;
import io.fencegate.verification.checker.fact.Call;
import io.fencegate.verification.checker.fact.Checker;
import io.fencegate.verification.checker.fact.Findings;
import io.fencegate.verification.checker.fact.Property;
import io.fencegate.verification.checker.fact.Scene;
import io.fencegate.verification.history.Event;
import java.util.HashMap;
import java.util.Map;

/**
 * S4: per resource and token, accepted sequences are 1, 2, 3 … without gap or repeat: in the journal while it is written
 * (an end that was lost is written anew), in the journal when all is over, and in what callers are told: one write, told
 * ACCEPTED twice, does not stand at two places.
 *
 * <p>One thread.
 */
public final class ExactlyOnce implements Checker {
    private record Stream(String gateway, String resource, long token) {}

    private record Write(String resource, long token, long sequence) {}

    private final Retractable<Stream> appended = new Retractable<>();
    private final Map<Stream, Event> journaled = new HashMap<>();
    private final Map<Write, Event> accepted = new HashMap<>();
    private final Scene scene;
    private final Findings findings;
    private long lostAt = -1;

    /** Begins. @param scene of the history @param findings that are added to */
    public ExactlyOnce(final Scene scene, final Findings findings) {
        this.scene = scene;
        this.findings = findings;
    }

    @Override
    public void onObserved(final Event event, final long index) {
        if (scene.mayLoseWrites(event)) {
            lostAt = index;
            accepted.clear();
        }
        if (scene.isDirectoryLoss(event)) {
            appended.clear();
        }
        final Stream stream = new Stream(event.actor(), event.resource(), event.token());
        switch (event.kind()) {
            case APPENDED -> {
                check(appended.get(stream) + 1, event, null);
                appended.put(event.position(), stream, event.sequence());
            }
            case RECOVERED -> appended.retractAbove(event.position());
            case JOURNALED_WRITE -> {
                final Event before = journaled.put(stream, event);
                check(before == null ? 1 : before.sequence() + 1, event, before);
            }
            default -> {
                // Not about a write.
            }
        }
    }

    private void check(final long expected, final Event event, final Event before) {
        findings.check(
                Property.S4,
                event.sequence() == expected,
                () -> "the accepted sequences of a token are not 1, 2, 3: resource=" + event.resource() + " token="
                        + Token.describe(event.token()) + " expected=" + expected + " sequence=" + event.sequence(),
                before,
                event);
    }

    @Override
    public void onEnded(final Call call, final Event end, final long index) {
        if (!Ends.isAcknowledged(end) || !end.says(Verdict.ACCEPTED) || end.position() == 0 || call.index() < lostAt) {
            return;
        }
        final Event called = call.called();
        final Event before = accepted.putIfAbsent(new Write(called.resource(), called.token(), called.sequence()), end);
        findings.check(
                Property.S4,
                before == null || before.position() == end.position() && before.generation() == end.generation(),
                () -> "a sequence was accepted twice: resource=" + called.resource() + " token="
                        + Token.describe(called.token()) + " sequence=" + called.sequence(),
                before,
                end);
    }
}
