package io.fencegate.storage.line;

import io.aeron.ExclusivePublication;
import io.aeron.logbuffer.BufferClaim;
import io.fencegate.codecs.WireLimits;
import io.fencegate.codecs.wire.LastRecordEncoder;
import io.fencegate.codecs.wire.MessageHeaderEncoder;
import io.fencegate.codecs.wire.OpenedEncoder;
import io.fencegate.codecs.wire.PayloadEncodingEncoder;
import io.fencegate.codecs.wire.ReadDecoder;
import io.fencegate.codecs.wire.WelcomeEncoder;
import io.fencegate.codecs.wire.WriteAcceptedEncoder;
import io.fencegate.core.fence.RecordRef;
import io.fencegate.core.grant.Verdict;
import io.fencegate.journal.RecordReader;
import io.fencegate.journal.recovery.RecordView;
import io.fencegate.storage.session.Answer;
import io.fencegate.storage.session.Outlet;
import io.fencegate.storage.session.Session;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Encodes answers straight into the log of the client's publication; a read's payload goes there from where it stands in
 * the journal. The line's thread; does not allocate.
 */
final class AnswerPublisher implements Outlet {
    private static final int FIXED_LENGTH =
            WireLimits.HEADER_LENGTH + LastRecordEncoder.BLOCK_LENGTH + PayloadEncodingEncoder.varDataEncodingOffset();

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final WelcomeEncoder welcome = new WelcomeEncoder();
    private final OpenedEncoder opened = new OpenedEncoder();
    private final WriteAcceptedEncoder writeAccepted = new WriteAcceptedEncoder();
    private final LastRecordEncoder lastRecord = new LastRecordEncoder();
    private final UnsafeBuffer fixed = new UnsafeBuffer(new byte[FIXED_LENGTH]);
    private final RecordView record = new RecordView();
    private final BufferClaim claim = new BufferClaim();
    private final AnswerWay way;
    private final RefusalPublisher refusals;
    private final GatewayFacts facts;
    private final RecordReader journal;

    /**
     * Speaks to one client after the other.
     *
     * @param way to the client whose turn it is
     * @param facts that a welcome tells
     * @param journal that holds the records which reads ask for
     */
    AnswerPublisher(final AnswerWay way, final GatewayFacts facts, final RecordReader journal) {
        this.way = way;
        this.facts = facts;
        this.journal = journal;
        refusals = new RefusalPublisher(way);
    }

    @Override
    public Result onAnswer(final Session session, final Answer answer, final long durablePosition) {
        switch (answer.kind()) {
            case WRITE_ACCEPTED:
                return writeAccepted(answer);
            case LAST_RECORD:
                return lastRecord(session, answer, durablePosition);
            case OPENED:
                return opened(answer);
            case WELCOME:
                return welcome(session, answer);
            default:
                return refusals.onAnswer(session, answer, durablePosition);
        }
    }

    private Result writeAccepted(final Answer answer) {
        final ExclusivePublication publication = way.publication();
        if (publication.tryClaim(WireLimits.HEADER_LENGTH + WriteAcceptedEncoder.BLOCK_LENGTH, claim) < 0) {
            return Result.BLOCKED;
        }
        writeAccepted
                .wrapAndApplyHeader(claim.buffer(), claim.offset(), header)
                .token(answer.token())
                .sequence(answer.sequence())
                .generation(answer.record().generation())
                .position(answer.record().position())
                .handle(answer.handle())
                .verdict((short) answer.verdict().code());
        claim.commit();
        return Result.SENT;
    }

    private Result lastRecord(final Session session, final Answer answer, final long durablePosition) {
        final RecordRef ref = answer.record();
        if (!journal.read(ref.generation(), ref.position(), ref.locator(), record)) {
            answer.requestRefused(Verdict.TRIMMED, answer.correlationId(), ReadDecoder.TEMPLATE_ID);
            return refusals.onAnswer(session, answer, durablePosition);
        }
        final DirectBuffer payload = record.bytes();
        lastRecord
                .wrapAndApplyHeader(fixed, 0, header)
                .correlationId(answer.correlationId())
                .token(answer.token())
                .sequence(answer.sequence())
                .generation(ref.generation())
                .position(ref.position())
                .handle(answer.handle())
                .payloadCrc(answer.crc() & 0xFFFF_FFFFL);
        fixed.putInt(
                FIXED_LENGTH - PayloadEncodingEncoder.varDataEncodingOffset(),
                payload.capacity(),
                LastRecordEncoder.BYTE_ORDER);
        final ExclusivePublication publication = way.publication();
        final long position = publication.offer(fixed, 0, FIXED_LENGTH, payload, 0, payload.capacity());
        return position < 0 ? Result.BLOCKED : Result.SENT;
    }

    private Result opened(final Answer answer) {
        final ExclusivePublication publication = way.publication();
        if (publication.tryClaim(WireLimits.HEADER_LENGTH + OpenedEncoder.BLOCK_LENGTH, claim) < 0) {
            return Result.BLOCKED;
        }
        opened.wrapAndApplyHeader(claim.buffer(), claim.offset(), header)
                .correlationId(answer.correlationId())
                .token(answer.token())
                .sequenceLast(answer.sequenceLast())
                .lastToken(answer.lastToken())
                .lastSequence(answer.sequence())
                .lastGeneration(answer.record().generation())
                .lastPosition(answer.record().position())
                .handle(answer.handle())
                .runningCrc(answer.crc() & 0xFFFF_FFFFL);
        claim.commit();
        return Result.SENT;
    }

    private Result welcome(final Session session, final Answer answer) {
        final ExclusivePublication publication = way.publication();
        if (publication.tryClaim(WireLimits.HEADER_LENGTH + WelcomeEncoder.BLOCK_LENGTH, claim) < 0) {
            return Result.BLOCKED;
        }
        welcome.wrapAndApplyHeader(claim.buffer(), claim.offset(), header)
                .correlationId(answer.correlationId())
                .session(session.number())
                .journalId(facts.journalId())
                .generation(facts.generation())
                .payloadLengthMax(facts.payloadLengthMax())
                .answersPendingMax(facts.answersPendingMax())
                .protocolVersion(WireLimits.PROTOCOL_VERSION);
        claim.commit();
        return Result.SENT;
    }
}
