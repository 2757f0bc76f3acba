package io.fencegate.verification.simulator.gateway;

import io.fencegate.core.grant.Verdict;
import io.fencegate.storage.session.Answer;
import io.fencegate.storage.session.AnswerKind;
import io.fencegate.storage.session.Session;

/**
 * What the gateway says to a client: an answer of the line, as it was when it left. Immutable.
 *
 * @param connection that it goes over
 * @param kind of the answer
 * @param verdict that it tells
 * @param correlationId of the request
 * @param token of the request, or of the record
 * @param sequence of the write, or of the last record
 * @param handle of the resource
 * @param sequenceLast last under the token, or the one that is expected
 * @param lastToken of the last record
 * @param crc the running one, or the record's
 * @param fence that fences the caller
 * @param place of the record, or in a welcome generation and identity of the journal
 */
public record Reply(
        Connection connection,
        AnswerKind kind,
        Verdict verdict,
        long correlationId,
        long token,
        long sequence,
        int handle,
        long sequenceLast,
        long lastToken,
        int crc,
        Fence fence,
        Place place) {
    /** Whoever fences a caller. Immutable. @param token of the fence @param clientId of the fence @param proof of it */
    public record Fence(long token, long clientId, long proof) {
        private static final Fence NONE = new Fence(0, 0, 0);
    }

    /** Where something stands. Immutable. @param generation of the gateway @param position in the journal */
    public record Place(long generation, long position) {}

    static Reply of(final Connection connection, final Answer answer) {
        return new Reply(
                connection,
                answer.kind(),
                answer.verdict(),
                answer.correlationId(),
                answer.token(),
                answer.sequence(),
                answer.handle(),
                answer.sequenceLast(),
                answer.lastToken(),
                answer.crc(),
                new Fence(answer.fenceToken(), answer.fenceClientId(), answer.proof()),
                new Place(answer.record().generation(), answer.record().position()));
    }

    static Reply welcome(
            final Connection connection,
            final Answer answer,
            final Session session,
            final long journalId,
            final long generation) {
        return new Reply(
                connection,
                answer.kind(),
                answer.verdict(),
                answer.correlationId(),
                session.number(),
                0,
                0,
                0,
                0,
                0,
                Fence.NONE,
                new Place(generation, journalId));
    }

    /** Token that fences the caller. @return 0 where none does */
    public long fenceToken() {
        return fence.token();
    }

    /** Client of that fence. @return 0 where there is none */
    public long fenceClientId() {
        return fence.clientId();
    }

    /** The gateway's proof of that fence. @return 0 where there is none */
    public long proof() {
        return fence.proof();
    }

    /** Generation of the record, or of the gateway. @return 0 where there is none */
    public long generation() {
        return place.generation();
    }

    /** Position of the record, or in a welcome the journal's identity. @return 0 where there is none */
    public long position() {
        return place.position();
    }
}
