package io.fencegate.verification.checker.record;

import io.fencegate.core.grant.Token;
import io.fencegate.storage.durability.Durability;
import io.fencegate.verification.checker.fact.Call;
import io.fencegate.verification.checker.fact.Checker;
import io.fencegate.verification.checker.fact.Findings;
import io.fencegate.verification.checker.fact.Property;
import io.fencegate.verification.checker.fact.Scene;
import io.fencegate.verification.history.Event;
import io.fencegate.verification.history.EventKind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * S5 while it goes on: no answer tells less than an earlier one told before it was asked for, and no answer tells of a
 * record before that is appended, and at level {@code disk} synced, where the gateway is seen.
 *
 * <p>One thread.
 */
public final class ToldBefore implements Checker {
    private record Stream(String resource, long token) {}

    private record Place(String resource, long generation, long position) {}

    /** What had been told when a call began. */
    private record Before(Event place, Event sequence, long sequenceTold) {}

    private final Map<String, Event> places = new HashMap<>();
    private final Map<Stream, Event> sequences = new HashMap<>();
    private final Map<Stream, Long> sequencesTold = new HashMap<>();
    private final Map<Call, Before> before = new HashMap<>();
    private final Set<Place> appended = new HashSet<>();
    private final Map<String, String> gateways = new HashMap<>();
    private final Map<String, Long> synced = new HashMap<>();
    private final boolean seesAppends;
    private final boolean seesSyncs;
    private final Scene scene;
    private final Findings findings;
    private long lostAt = -1;

    /** Begins. @param scene of the history @param findings that are added to */
    public ToldBefore(final Scene scene, final Findings findings) {
        this.scene = scene;
        this.findings = findings;
        seesAppends = scene.has(EventKind.APPENDED);
        seesSyncs = seesAppends
                && scene.has(EventKind.JOURNAL_SYNCED)
                && scene.header().durability() == Durability.DISK;
    }

    @Override
    public void onObserved(final Event event, final long index) {
        if (scene.mayLoseWrites(event)) {
            lostAt = index;
            places.clear();
            sequences.clear();
            sequencesTold.clear();
        }
        switch (event.kind()) {
            case APPENDED -> {
                appended.add(new Place(event.resource(), event.generation(), event.position()));
                gateways.put(event.resource(), event.actor());
            }
            case JOURNAL_SYNCED, RECOVERED -> synced.merge(event.actor(), event.position(), Math::max);
            default -> {
                // Not about a record.
            }
        }
    }

    @Override
    public void onCalled(final Call call) {
        final Event called = call.called();
        if (called.kind() == EventKind.OPEN_CALLED || called.kind() == EventKind.READ_CALLED) {
            final Stream stream = new Stream(called.resource(), called.token());
            before.put(
                    call,
                    new Before(
                            places.get(called.resource()),
                            sequences.get(stream),
                            sequencesTold.getOrDefault(stream, 0L)));
        }
    }

    @Override
    public void onEnded(final Call call, final Event end, final long index) {
        final Before told = before.remove(call);
        final boolean tellsPlace = Ends.isOpened(end) || Ends.isFound(end) || Ends.isAcknowledged(end);
        if (tellsPlace && end.position() != 0) {
            durable(call, end);
        }
        if (call.index() < lostAt) {
            return;
        }
        if (told != null && (Ends.isOpened(end) || Ends.isFound(end) || Ends.isNotFound(end))) {
            notLess(call, end, told);
        }
        if (tellsPlace) {
            remember(call.called(), end);
        }
    }

    private void notLess(final Call call, final Event end, final Before told) {
        final String resource = call.called().resource();
        findings.check(
                Property.S5,
                told.place == null || end.position() >= told.place.position(),
                () -> "an answer tells of an older record than an earlier answer: resource=" + resource,
                told.place,
                call.called(),
                end);
        if (Ends.isOpened(end)) {
            findings.check(
                    Property.S5,
                    end.sequence() >= told.sequenceTold,
                    () -> "an OPENED tells of fewer writes than were acknowledged: resource=" + resource + " token="
                            + Token.describe(call.called().token()) + " acknowledged=" + told.sequenceTold
                            + " told=" + end.sequence(),
                    told.sequence,
                    call.called(),
                    end);
        }
    }

    private void remember(final Event called, final Event end) {
        if (end.position() != 0) {
            places.merge(called.resource(), end, (old, young) -> young.position() > old.position() ? young : old);
        }
        if (Ends.isFound(end)) {
            remember(new Stream(called.resource(), end.token()), end.sequence(), end);
        } else {
            final boolean isOpened = Ends.isOpened(end);
            remember(new Stream(called.resource(), called.token()), isOpened ? end.sequence() : called.sequence(), end);
        }
    }

    private void remember(final Stream stream, final long sequence, final Event end) {
        if (sequence > sequencesTold.getOrDefault(stream, 0L)) {
            sequencesTold.put(stream, sequence);
            sequences.put(stream, end);
        }
    }

    private void durable(final Call call, final Event end) {
        final String resource = call.called().resource();
        if (seesAppends) {
            findings.check(
                    Property.S5,
                    appended.contains(new Place(resource, end.generation(), end.position())),
                    () -> "an answer tells of a record that was not appended yet: resource=" + resource,
                    call.called(),
                    end);
        }
        if (seesSyncs && gateways.containsKey(resource)) {
            findings.check(
                    Property.S5,
                    synced.getOrDefault(gateways.get(resource), 0L) >= end.position(),
                    () -> "an answer tells of a record that was not synced yet: resource=" + resource,
                    call.called(),
                    end);
        }
    }
}
