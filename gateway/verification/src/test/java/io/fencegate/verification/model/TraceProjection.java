package io.fencegate.verification.model;

import io.fencegate.core.grant.Verdict;
import io.fencegate.storage.durability.Durability;
import io.fencegate.verification.history.Event;
import io.fencegate.verification.history.EventKind;
import io.fencegate.verification.history.Fault;
import io.fencegate.verification.history.History;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What of a history concerns one resource: its grants, its fence, its records; grants of others, because they count; crashes
 * of its gateway, which is the actor of its first fence.
 *
 * <p>A gateway whose folder is lost is beyond the model: the projection ends there.
 *
 * <p>One thread.
 */
final class TraceProjection {
    private static final String REVOKED = "REVOKED";
    private static final int NONE = -1;

    private final String resource;
    private final String gateway;
    private final boolean forgetsWhatItTold;
    private final List<TraceStep> steps = new ArrayList<>();
    private final List<Event> events;
    private final Map<String, String> resourcesOfCalls = new HashMap<>();
    private final List<TraceStep> held = new ArrayList<>();
    private int lastGrant = NONE;
    private boolean isDown;
    private Event syncedAtStart;
    private Event recovered;

    private TraceProjection(final History history, final String resource) {
        this.resource = resource;
        events = history.events();
        gateway = events.stream()
                .filter(event -> event.kind() == EventKind.FENCE_RAISED && isOwn(event))
                .map(Event::actor)
                .findFirst()
                .orElse("");
        forgetsWhatItTold = history.header().durability() == Durability.PROCESS
                && events.stream().anyMatch(event -> event.says(Fault.POWER_LOST));
    }

    /**
     * Projects a history.
     *
     * @param history in the order of observation
     * @param resource whose part is wanted
     * @return its steps, in order
     */
    static List<TraceStep> of(final History history, final String resource) {
        final TraceProjection projection = new TraceProjection(history, resource);
        for (final Event event : projection.events) {
            if (event.actor().equals(projection.gateway) && event.says(Fault.DIRECTORY_LOST)) {
                break;
            }
            projection.project(event);
        }
        projection.recover();
        projection.releaseHeld();
        return projection.steps;
    }

    private void project(final Event event) {
        if (event.actor().equals(gateway) && !isCrash(event)) {
            recover();
        }
        switch (event.kind()) {
            case TERM_BEGAN -> hold(ModelStep.TERM_BEGAN, event);
            case SUFFIX_LOST -> hold(ModelStep.SUFFIX_LOST, event);
            case LIFE_BEGAN -> lifeBegan(event);
            case FLOOR_RAISED -> {
                releaseHeld();
                add(ModelStep.FLOOR_RAISED, event);
            }
            case ISSUED -> issued(event);
            case LEASE_ENDED -> leaseEnded(event);
            case FENCE_RAISED -> addOwn(ModelStep.FENCE_RAISED, event);
            case OPEN_TAKEN -> addOwn(ModelStep.OPEN_TAKEN, event);
            case FENCE_SYNCED -> addOwn(ModelStep.FENCE_SYNCED, event);
            case OPEN_ANSWERED -> addOwn(ModelStep.OPEN_ANSWERED, event);
            case APPENDED -> addOwn(ModelStep.APPENDED, event);
            case JOURNAL_SYNCED, RECOVERED, FAULT -> {
                if (event.actor().equals(gateway)) {
                    ofTheGateway(event);
                }
            }
            case OPEN_CALLED, WRITE_CALLED, READ_CALLED -> resourcesOfCalls.put(call(event), event.resource());
            case OPEN_ENDED, WRITE_ENDED, READ_ENDED -> told(event);
            default -> {
                // What callers ask of the sequencer changes nothing, and what they are told beside records is the
                // checkers' affair.
            }
        }
    }

    private void lifeBegan(final Event event) {
        releaseHeld();
        final boolean isFirst =
                steps.stream().allMatch(step -> step.step().part().equals("gateway"));
        if (!isFirst || event.position() > 1) {
            lastGrant = NONE;
            add(ModelStep.LIFE_BEGAN, event);
        }
    }

    private void issued(final Event event) {
        releaseHeldUpTo(TraceNumbers.leadershipTerm(event.token()));
        if (isOwn(event)) {
            lastGrant = steps.size();
            add(ModelStep.ISSUED, event);
        } else {
            add(ModelStep.ISSUED_ELSEWHERE, event);
        }
    }

    /** An operator's token is issued before the lease that it replaces ends: both are one step. */
    private void leaseEnded(final Event event) {
        if (!isOwn(event)) {
            return;
        }
        final boolean isRevoked = event.word().toUpperCase(Locale.ROOT).equals(REVOKED);
        if (isRevoked && lastGrant != NONE && steps.get(lastGrant).event().token() != event.token()) {
            steps.set(
                    lastGrant,
                    new TraceStep(ModelStep.REVOKED, steps.get(lastGrant).event()));
        } else if (held.isEmpty()) {
            add(ModelStep.LEASE_ENDED, event);
        } else {
            held.add(new TraceStep(ModelStep.LEASE_ENDED, event));
        }
        lastGrant = NONE;
    }

    /** What a leader adopts from the term before it decides when its own has begun: whose term it is, a token shows. */
    private void hold(final ModelStep step, final Event event) {
        lastGrant = NONE;
        held.add(new TraceStep(step, event));
    }

    private void releaseHeldUpTo(final long leadershipTerm) {
        int mine = 0;
        for (int i = 0; i < held.size(); i++) {
            final TraceStep step = held.get(i);
            if (step.step() == ModelStep.TERM_BEGAN && step.event().token() <= leadershipTerm) {
                mine = i + 1;
            }
        }
        steps.addAll(held.subList(0, mine));
        held.subList(0, mine).clear();
        final List<TraceStep> ended = held.stream()
                .filter(step -> step.step() == ModelStep.LEASE_ENDED)
                .toList();
        steps.addAll(ended);
        held.removeAll(ended);
    }

    private void releaseHeld() {
        steps.addAll(held);
        held.clear();
    }

    private void ofTheGateway(final Event event) {
        if (isCrash(event)) {
            add(event.says(Fault.KILLED) ? ModelStep.KILLED : ModelStep.POWER_LOST, event);
            isDown = true;
            syncedAtStart = null;
            recovered = null;
        } else if (event.kind() == EventKind.RECOVERED) {
            recovered = event;
        } else if (event.kind() == EventKind.JOURNAL_SYNCED && isDown) {
            syncedAtStart = event;
        } else if (event.kind() == EventKind.JOURNAL_SYNCED) {
            add(ModelStep.JOURNAL_SYNCED, event);
        }
    }

    /**
     * A start that nothing follows but the next crash was broken off, and is none. While it starts, a gateway syncs what it
     * recovered, maybe before it says that it has.
     */
    private void recover() {
        if (recovered != null) {
            add(ModelStep.RECOVERED, recovered);
            if (syncedAtStart != null) {
                add(ModelStep.JOURNAL_SYNCED, syncedAtStart);
            }
            isDown = false;
            syncedAtStart = null;
            recovered = null;
        }
    }

    private static boolean isCrash(final Event event) {
        return event.kind() == EventKind.FAULT && (event.says(Fault.KILLED) || event.says(Fault.POWER_LOST));
    }

    private void told(final Event event) {
        final boolean tells = event.says(Verdict.OPENED)
                || event.says(Verdict.ACCEPTED)
                || event.says(Verdict.DUPLICATE)
                || event.says(Verdict.FOUND);
        if (tells && event.position() > 0 && !forgetsWhatItTold) {
            final String asked = resourcesOfCalls.getOrDefault(call(event), event.resource());
            if (asked.equals(resource)) {
                add(ModelStep.TOLD, event);
            }
        }
    }

    private static String call(final Event event) {
        return event.op() + " " + event.actor();
    }

    private void add(final ModelStep step, final Event event) {
        steps.add(new TraceStep(step, event));
    }

    private void addOwn(final ModelStep step, final Event event) {
        if (isOwn(event)) {
            add(step, event);
        }
    }

    private boolean isOwn(final Event event) {
        return event.resource().equals(resource);
    }
}
