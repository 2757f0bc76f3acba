package io.fencegate.verification.client;

import io.fencegate.client.FencedWriter;
import io.fencegate.client.FencegateClient;
import io.fencegate.client.LastRecord;
import io.fencegate.client.Receipt;
import io.fencegate.client.WriteListener;
import io.fencegate.client.error.FencegateException;
import io.fencegate.client.error.RefusedException;
import io.fencegate.client.error.StaleTokenException;
import io.fencegate.client.lease.Lease;
import io.fencegate.client.session.writer.Opened;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.grant.PayloadCrc;
import io.fencegate.core.grant.Verdict;
import io.fencegate.verification.history.Event;
import io.fencegate.verification.history.EventBuilder;
import io.fencegate.verification.history.EventKind;
import io.fencegate.verification.history.History;
import io.fencegate.verification.history.Words;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.agrona.concurrent.UnsafeBuffer;

/** A client whose calls, and what it is told, are written into a history. */
final class RecordedClient {
    private final FencegateClient client;
    private final String name;
    private final History history;
    private final PayloadCrc crc = new PayloadCrc();
    private long opLast;

    RecordedClient(final FencegateClient client, final String name, final History history) {
        this.client = client;
        this.name = name;
        this.history = history;
    }

    Lease acquire(final String resource, final Duration ttl, final Duration wait) {
        final long op = called(EventKind.ACQUIRE_CALLED, resource, 0);
        final Lease lease = call(EventKind.ACQUIRE_ENDED, op, () -> client.acquire(resource, ttl, wait));
        history.add(ended(EventKind.ACQUIRE_ENDED, op, LeaseVerdict.GRANTED).token(lease.token()));
        return lease;
    }

    void release(final Grant grant) {
        final long op = called(EventKind.RELEASE_CALLED, grant.resource(), grant.token());
        call(EventKind.RELEASE_ENDED, op, () -> {
            client.release(grant);
            return null;
        });
        history.add(ended(EventKind.RELEASE_ENDED, op, LeaseVerdict.RELEASED));
    }

    Writer open(final Grant grant) {
        final long op = ++opLast;
        history.add(at(EventKind.OPEN_CALLED)
                .op(op)
                .resource(grant.resource())
                .clientId(grant.clientId())
                .token(grant.token()));
        final FencedWriter writer = call(EventKind.OPEN_ENDED, op, () -> client.open(grant));
        final Opened opened = writer.opened();
        history.add(ended(EventKind.OPEN_ENDED, op, Verdict.OPENED)
                .sequence(opened.sequenceLast())
                .crc(opened.runningCrc())
                .record(opened.lastGeneration(), opened.lastPosition()));
        return new Writer(writer);
    }

    LastRecord read(final String resource) {
        final long op = called(EventKind.READ_CALLED, resource, 0);
        final LastRecord read = call(EventKind.READ_ENDED, op, () -> client.read(resource));
        history.add(ended(EventKind.READ_ENDED, op, Verdict.FOUND)
                .token(read.token())
                .sequence(read.sequence())
                .crc(crcOf(read.payload()))
                .record(read.generation(), read.position()));
        return read;
    }

    private <T> T call(final EventKind end, final long op, final Supplier<T> call) {
        try {
            return call.get();
        } catch (final FencegateException told) {
            history.add(refused(end, op, told));
            throw told;
        }
    }

    private EventBuilder refused(final EventKind end, final long op, final FencegateException told) {
        final String word =
                told instanceof RefusedException refusal ? refusal.verdict().name() : Words.UNANSWERED;
        final long fence = told instanceof StaleTokenException stale ? stale.fenceToken() : 0;
        return at(end).op(op).word(word).fence(fence);
    }

    private long called(final EventKind kind, final String resource, final long token) {
        history.add(at(kind).op(++opLast)
                .resource(resource)
                .clientId(client.clientId())
                .token(token));
        return opLast;
    }

    private EventBuilder ended(final EventKind kind, final long op, final Enum<?> word) {
        return at(kind).op(op).word(word);
    }

    private EventBuilder at(final EventKind kind) {
        return Event.at(history.events().size(), name, kind);
    }

    private int crcOf(final byte[] payload) {
        return crc.compute(new UnsafeBuffer(payload), 0, payload.length);
    }

    /** A writer of this client. */
    final class Writer {
        private final FencedWriter writer;
        private final Map<Long, Long> offered = new HashMap<>();

        private Writer(final FencedWriter writer) {
            this.writer = writer;
        }

        Opened opened() {
            return writer.opened();
        }

        Receipt write(final byte[] payload) {
            final long op = ++opLast;
            written(op, writer.sequenceAcknowledged() + 1, crcOf(payload));
            final Receipt receipt = call(EventKind.WRITE_ENDED, op, () -> writer.write(payload));
            accepted(op, receipt.verdict(), receipt.generation(), receipt.position());
            return receipt;
        }

        /** Offers. All clients are on one thread, so nothing is told between the offer and its event. */
        long offer(final UnsafeBuffer payload) {
            final long sequence = writer.offer(payload, 0, payload.capacity());
            if (sequence > 0) {
                offered.put(sequence, ++opLast);
                written(opLast, sequence, crc.compute(payload, 0, payload.capacity()));
            }
            return sequence;
        }

        int poll(final WriteListener listener, final int limit) {
            return writer.poll(listener, limit);
        }

        void offerAccepted(final long sequence, final Verdict verdict, final long generation, final long position) {
            accepted(offered.remove(sequence), verdict, generation, position);
        }

        private void written(final long op, final long sequence, final int payloadCrc) {
            history.add(at(EventKind.WRITE_CALLED)
                    .op(op)
                    .resource(writer.resource())
                    .clientId(client.clientId())
                    .token(writer.grant().token())
                    .sequence(sequence)
                    .crc(payloadCrc));
        }

        private void accepted(final long op, final Verdict verdict, final long generation, final long position) {
            history.add(ended(EventKind.WRITE_ENDED, op, verdict).record(generation, position));
        }
    }
}
