package io.fencegate.verification.simulator.client;

import io.fencegate.client.session.lease.AcquireSession;
import io.fencegate.client.session.lease.LeaseLoss;
import io.fencegate.client.session.writer.WriteWindow;
import io.fencegate.client.session.writer.WriterSession;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.verification.history.Event;
import io.fencegate.verification.history.EventBuilder;
import io.fencegate.verification.history.EventKind;
import io.fencegate.verification.history.History;
import io.fencegate.verification.history.Words;
import io.fencegate.verification.simulator.gateway.Reply;
import io.fencegate.verification.simulator.world.Actor;
import io.fencegate.verification.simulator.world.Agenda;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes down what a client's user asks and is told.
 *
 * <p>One thread.
 */
final class CallLog {
    private final History history;
    private final Agenda agenda;
    private final Actor client;
    private final Map<WriterSession, Long> opens = new LinkedHashMap<>();
    private final Map<WriterSession, ArrayDeque<Long>> writes = new HashMap<>();
    private final Map<Long, Read> reads = new LinkedHashMap<>();
    private long ops;

    /** A read under way. */
    private record Read(long op, String resource) {}

    CallLog(final History history, final Agenda agenda, final Actor client) {
        this.history = history;
        this.agenda = agenda;
        this.client = client;
    }

    private EventBuilder event(final EventKind kind) {
        return Event.at(agenda.nowNs(), client.name(), kind);
    }

    long onAcquireCalled(final String resource, final long clientId) {
        history.add(event(EventKind.ACQUIRE_CALLED).op(++ops).resource(resource).clientId(clientId));
        return ops;
    }

    void onAcquireEnded(final long op, final AcquireSession session) {
        final EventBuilder event =
                event(EventKind.ACQUIRE_ENDED).op(op).resource(session.acquire().resource());
        switch (session.state()) {
            case GRANTED ->
                event.word(LeaseVerdict.GRANTED).token(session.grant().token());
            case REFUSED -> event.word(session.outcome().verdict());
            case CANCELLED -> event.word(LeaseVerdict.CANCELLED);
            default -> event.word(Words.UNANSWERED);
        }
        history.add(event.clientId(session.acquire().clientId()));
    }

    void onCalled(final EventKind kind, final long op, final Grant grant) {
        history.add(event(kind)
                .op(op)
                .resource(grant.resource())
                .clientId(grant.clientId())
                .token(grant.token()));
    }

    long nextOp() {
        return ++ops;
    }

    void onEnded(final EventKind kind, final long op, final String resource, final String word, final long token) {
        history.add(event(kind).op(op).resource(resource).word(word).token(token));
    }

    void onLost(final long clientId, final LeaseLoss loss) {
        history.add(event(EventKind.LEASE_LOST)
                .resource(loss.resource())
                .clientId(clientId)
                .token(loss.token())
                .word(loss.end()));
    }

    void onOpenCalled(final WriterSession writer) {
        onOpenEnded(writer, Words.UNANSWERED, null);
        opens.put(writer, ++ops);
        onCalled(EventKind.OPEN_CALLED, ops, writer.grant());
    }

    void onOpened(final WriterSession writer, final Reply reply) {
        onOpenEnded(writer, reply.verdict().name(), reply);
    }

    void onOpenRefused(final WriterSession writer, final Reply reply) {
        onOpenEnded(writer, reply.verdict().name(), reply);
    }

    private void onOpenEnded(final WriterSession writer, final String word, final Reply reply) {
        final Long op = opens.remove(writer);
        if (op == null) {
            return;
        }
        final Grant grant = writer.grant();
        final EventBuilder event = event(EventKind.OPEN_ENDED)
                .op(op)
                .resource(grant.resource())
                .clientId(grant.clientId())
                .token(grant.token())
                .word(word);
        if (reply != null) {
            event.sequence(reply.sequenceLast())
                    .crc(reply.crc())
                    .record(reply.generation(), reply.position())
                    .fence(reply.fenceToken());
        }
        history.add(event);
    }

    void onSessionLost() {
        for (final WriterSession writer : Map.copyOf(opens).keySet().stream()
                .sorted((a, b) -> Long.compare(opens.get(a), opens.get(b)))
                .toList()) {
            onOpenEnded(writer, Words.UNANSWERED, null);
        }
        reads.values()
                .forEach(read -> history.add(event(EventKind.READ_ENDED)
                        .op(read.op())
                        .resource(read.resource())
                        .word(Words.UNANSWERED)));
        reads.clear();
    }

    void onWriteCalled(final WriterSession writer, final long sequence, final int crc) {
        writes.computeIfAbsent(writer, key -> new ArrayDeque<>()).add(++ops);
        final Grant grant = writer.grant();
        history.add(event(EventKind.WRITE_CALLED)
                .op(ops)
                .resource(grant.resource())
                .clientId(grant.clientId())
                .token(grant.token())
                .sequence(sequence)
                .crc(crc));
    }

    /** What became of the oldest write that was not told. Writes are told once each, in the order of their offers. */
    void onWriteEnded(final WriterSession writer, final WriteWindow told) {
        final long op = writes.get(writer).remove();
        final String word = switch (told.outcome()) {
            case ACCEPTED, REFUSED ->
                told.verdict() == null ? Words.UNANSWERED : told.verdict().name();
            case IN_DOUBT -> Words.IN_DOUBT;
            case TIMED_OUT -> Words.UNANSWERED;
        };
        history.add(event(EventKind.WRITE_ENDED)
                .op(op)
                .resource(writer.grant().resource())
                .clientId(writer.grant().clientId())
                .token(writer.grant().token())
                .sequence(told.sequence())
                .word(word)
                .record(told.generation(), told.position())
                .fence(told.fenceToken()));
    }

    /** The writer is closed: what it was not told, it never will be. */
    void onClosed(final WriterSession writer) {
        onOpenEnded(writer, Words.UNANSWERED, null);
        final ArrayDeque<Long> untold = writes.remove(writer);
        if (untold != null) {
            untold.forEach(op -> history.add(event(EventKind.WRITE_ENDED)
                    .op(op)
                    .resource(writer.grant().resource())
                    .word(Words.UNANSWERED)));
        }
    }

    void onReadCalled(final long correlationId, final String resource) {
        reads.put(correlationId, new Read(++ops, resource));
        history.add(event(EventKind.READ_CALLED).op(ops).resource(resource));
    }

    void onRead(final Reply reply) {
        final Read read = reads.remove(reply.correlationId());
        if (read != null) {
            history.add(event(EventKind.READ_ENDED)
                    .op(read.op())
                    .resource(read.resource())
                    .word(reply.verdict())
                    .token(reply.token())
                    .sequence(reply.sequence())
                    .crc(reply.crc())
                    .record(reply.generation(), reply.position()));
        }
    }

    boolean onReadRefused(final Reply reply) {
        final Read read = reads.remove(reply.correlationId());
        if (read != null) {
            history.add(event(EventKind.READ_ENDED)
                    .op(read.op())
                    .resource(read.resource())
                    .word(reply.verdict()));
        }
        return read != null;
    }

    void onCrashed() {
        history.add(event(EventKind.CRASHED));
    }
}
