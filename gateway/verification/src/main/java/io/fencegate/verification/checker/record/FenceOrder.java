package io.fencegate.verification.checker.record;

import io.fencegate.core.grant.Token;
import io.fencegate.verification.checker.fact.Checker;
import io.fencegate.verification.checker.fact.Findings;
import io.fencegate.verification.checker.fact.Property;
import io.fencegate.verification.checker.fact.Scene;
import io.fencegate.verification.history.Event;
import io.fencegate.verification.history.EventKind;
import java.util.HashMap;
import java.util.Map;

/**
 * S3 as gateway and journal show it: per resource tokens never fall in the order of the journal, while it is written and
 * when all is over, and no write stands there but under its own fence; an OPENED leaves only when its fence is on disk,
 * and nothing below it is appended afterwards.
 *
 * <p>One thread.
 */
public final class FenceOrder implements Checker {
    private record Place(String gateway, String resource) {}

    private record Raised(long token, long index, Event event) {}

    private final Retractable<Place> appended = new Retractable<>();
    private final Map<Place, Event> journaled = new HashMap<>();
    private final Map<Place, Event> journaledFences = new HashMap<>();
    private final Map<Place, Event> answered = new HashMap<>();
    private final Map<Place, Raised> raised = new HashMap<>();
    private final Map<Place, Long> synced = new HashMap<>();
    private final Map<String, Long> recoveredAt = new HashMap<>();
    private final Scene scene;
    private final Findings findings;

    /** Begins. @param scene of the history @param findings that are added to */
    public FenceOrder(final Scene scene, final Findings findings) {
        this.scene = scene;
        this.findings = findings;
    }

    @Override
    public void onObserved(final Event event, final long index) {
        final Place place = new Place(event.actor(), event.resource());
        if (scene.isDirectoryLoss(event)) {
            appended.clear();
            answered.clear();
            raised.clear();
            synced.clear();
        }
        switch (event.kind()) {
            case FENCE_RAISED -> {
                raised.put(place, new Raised(event.token(), index, event));
                onAppended(place, event);
            }
            case APPENDED -> {
                onAppended(place, event);
                onWritten(place, event);
            }
            case FENCE_SYNCED -> synced.merge(place, event.token(), Math::max);
            case OPEN_ANSWERED -> onAnswered(place, event);
            case RECOVERED -> {
                recoveredAt.put(event.actor(), index);
                appended.retractAbove(event.position());
            }
            case JOURNALED_FENCE -> {
                onJournaled(place, event);
                journaledFences.put(place, event);
            }
            case JOURNALED_WRITE -> {
                onJournaled(place, event);
                onJournaledWrite(place, event);
            }
            default -> {
                // Not about a fence.
            }
        }
    }

    private void onAppended(final Place place, final Event event) {
        final long before = appended.get(place);
        findings.check(
                Property.S3,
                event.token() >= before,
                () -> "tokens fall in the order of the journal: resource=" + place.resource + " before="
                        + Token.describe(before) + " token=" + Token.describe(event.token()),
                event);
        appended.put(event.position(), place, event.token());
    }

    private void onWritten(final Place place, final Event event) {
        final Event open = answered.get(place);
        findings.check(
                Property.S3,
                open == null || event.token() >= open.token(),
                () -> "a write below a fence that was answered was appended: resource=" + place.resource + " token="
                        + Token.describe(event.token()),
                open,
                event);
    }

    private void onAnswered(final Place place, final Event event) {
        answered.merge(place, event, (old, young) -> young.token() > old.token() ? young : old);
        if (!scene.has(EventKind.FENCE_SYNCED)) {
            return;
        }
        final Raised fence = raised.get(place);
        final boolean isRecovered = fence != null
                && fence.token >= event.token()
                && fence.index < recoveredAt.getOrDefault(place.gateway, -1L);
        findings.check(
                Property.S3,
                isRecovered || synced.getOrDefault(place, 0L) >= event.token(),
                () -> "an open was answered before its fence was on disk: resource=" + place.resource + " token="
                        + Token.describe(event.token()),
                fence == null ? null : fence.event,
                event);
    }

    private void onJournaled(final Place place, final Event event) {
        final Event before = journaled.put(place, event);
        findings.check(
                Property.S3,
                before == null || event.token() >= before.token(),
                () -> "tokens fall in the order of the journal: resource=" + place.resource,
                before,
                event);
    }

    private void onJournaledWrite(final Place place, final Event event) {
        if (scene.has(EventKind.JOURNALED_FENCE)) {
            final Event fence = journaledFences.get(place);
            findings.check(
                    Property.S3,
                    fence != null && fence.token() == event.token(),
                    () -> "the journal holds a write that does not stand under its own fence: resource="
                            + place.resource + " token=" + Token.describe(event.token()),
                    fence,
                    event);
        }
    }
}
