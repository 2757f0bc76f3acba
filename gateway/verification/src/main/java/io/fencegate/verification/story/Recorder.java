package io.fencegate.verification.story;

import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.grant.PayloadCrc;
import io.fencegate.verification.history.Event;
import io.fencegate.verification.history.EventBuilder;
import io.fencegate.verification.history.EventKind;
import io.fencegate.verification.history.Fault;
import io.fencegate.verification.history.History;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes down what the actors of a story ask and are told, for the checkers.
 *
 * <p>One thread.
 */
final class Recorder {
    private static final String GATEWAY = "gateway";
    private static final String SEQUENCER = "sequencer";
    private static final Map<Call.Kind, EventKind> CALLED = Map.of(
            Call.Kind.ACQUIRE, EventKind.ACQUIRE_CALLED,
            Call.Kind.RELEASE, EventKind.RELEASE_CALLED,
            Call.Kind.REVOKE, EventKind.REVOKE_CALLED,
            Call.Kind.OPEN, EventKind.OPEN_CALLED,
            Call.Kind.WRITE, EventKind.WRITE_CALLED,
            Call.Kind.READ, EventKind.READ_CALLED);
    private static final Map<Call.Kind, EventKind> ENDED = Map.of(
            Call.Kind.ACQUIRE, EventKind.ACQUIRE_ENDED,
            Call.Kind.AWAIT, EventKind.ACQUIRE_ENDED,
            Call.Kind.RELEASE, EventKind.RELEASE_ENDED,
            Call.Kind.REVOKE, EventKind.REVOKE_ENDED,
            Call.Kind.OPEN, EventKind.OPEN_ENDED,
            Call.Kind.WRITE, EventKind.WRITE_ENDED,
            Call.Kind.READ, EventKind.READ_ENDED);

    private final History history;
    private final Stage stage;
    private final PayloadCrc crc = new PayloadCrc();
    private final Map<Call, Long> held = new HashMap<>();
    private final Map<String, Long> waits = new HashMap<>();
    private long opLast;

    Recorder(final Stage stage) {
        this.stage = stage;
        history = stage.history();
    }

    long onCall(final Call call) {
        final EventKind kind = CALLED.get(call.kind());
        if (kind == null) {
            return 0;
        }
        final EventBuilder event = at(call.actor(), kind)
                .op(++opLast)
                .resource(call.resource())
                .clientId(stage.clientId(call.actor()))
                .token(call.token());
        if (call.kind() == Call.Kind.WRITE) {
            event.sequence(call.sequence()).crc(crc(call.payload()));
        }
        history.add(event);
        return opLast;
    }

    void onHeldBack(final Call call, final long op) {
        held.put(call, op);
    }

    long delivered(final Call call) {
        return held.remove(call);
    }

    void onTold(final Call call, final long op, final Told told) {
        if (told.word().equals(LeaseVerdict.QUEUED.name())) {
            waits.put(call.actor() + call.resource(), op);
            return;
        }
        if (told.word().equals(LeaseVerdict.LEASE_LOST.name())) {
            history.add(at(call.actor(), EventKind.LEASE_LOST)
                    .resource(call.resource())
                    .clientId(stage.clientId(call.actor()))
                    .token(call.token())
                    .word(told.word()));
        }
        final EventKind kind = ENDED.get(call.kind());
        if (kind == null) {
            return;
        }
        final boolean isWait = call.kind() == Call.Kind.AWAIT;
        final EventBuilder event = at(call.actor(), kind)
                .op(isWait ? waits.remove(call.actor() + call.resource()) : op)
                .resource(call.resource())
                .clientId(stage.clientId(call.actor()))
                .word(told.word())
                .record(told.generation(), told.position())
                .fence(told.tokenOf("fence"));
        switch (told.word()) {
            case "GRANTED", "REVOKED" -> event.token(told.tokenOf("token"));
            case "OPENED" ->
                event.token(call.token()).sequence(told.numberOf("sequence")).crc(told.runningCrc());
            case "FOUND" ->
                event.token(told.tokenOf("token"))
                        .sequence(told.numberOf("sequence"))
                        .crc(crc(told.facts().get("payload")));
            default -> event.token(call.kind() == Call.Kind.OPEN ? call.token() : 0);
        }
        history.add(event);
    }

    void onUnanswered(final Call call, final long op) {
        onTold(call, op, Told.of(Told.UNANSWERED));
    }

    void onTurn(final Turn turn) {
        switch (turn.kind()) {
            case PAUSES -> fault(turn.actor(), Fault.PAUSED);
            case RESUMES -> fault(turn.actor(), Fault.RESUMED);
            case CUT -> fault(turn.actor(), Fault.PARTITIONED);
            case JOINED -> fault(turn.actor(), Fault.JOINED);
            case CRASHES -> history.add(at(turn.actor(), EventKind.CRASHED));
            case GATEWAY_STOPS -> fault(GATEWAY, Fault.KILLED);
            case SEQUENCER_STOPS, LEADER_CHANGES -> fault(SEQUENCER, Fault.KILLED);
            default -> {
                // What the sequencer lost, the stage tells; the rest is no fault.
            }
        }
    }

    void onJournal(final List<Journaled> records) {
        history.add(at(GATEWAY, EventKind.JOURNAL_READ));
        for (final Journaled record : records) {
            final EventBuilder event = at(
                            GATEWAY, record.isWrite() ? EventKind.JOURNALED_WRITE : EventKind.JOURNALED_FENCE)
                    .resource(record.resource())
                    .token(record.token())
                    .clientId(record.clientId())
                    .record(record.generation(), record.position());
            if (record.isWrite()) {
                event.sequence(record.sequence()).crc(crc(record.payload()));
            }
            history.add(event);
        }
    }

    private void fault(final String actor, final Fault fault) {
        history.add(at(actor, EventKind.FAULT).word(fault));
    }

    private EventBuilder at(final String actor, final EventKind kind) {
        return Event.at(stage.nowNs(), actor, kind);
    }

    private int crc(final String payload) {
        final byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        return crc.compute(new UnsafeBuffer(bytes), 0, bytes.length);
    }
}
