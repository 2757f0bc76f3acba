package io.fencegate.storage.line;

import io.aeron.ExclusivePublication;
import io.aeron.logbuffer.BufferClaim;
import io.fencegate.codecs.WireLimits;
import io.fencegate.codecs.wire.MessageHeaderEncoder;
import io.fencegate.codecs.wire.OpenRefusedEncoder;
import io.fencegate.codecs.wire.RequestRefusedEncoder;
import io.fencegate.codecs.wire.WriteRefusedEncoder;
import io.fencegate.storage.session.Answer;
import io.fencegate.storage.session.Outlet;
import io.fencegate.storage.session.Session;

/** Encodes refusals straight into the log of the client's publication. The line's thread; does not allocate. */
final class RefusalPublisher implements Outlet {
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final OpenRefusedEncoder openRefused = new OpenRefusedEncoder();
    private final WriteRefusedEncoder writeRefused = new WriteRefusedEncoder();
    private final RequestRefusedEncoder requestRefused = new RequestRefusedEncoder();
    private final BufferClaim claim = new BufferClaim();
    private final AnswerWay way;

    /**
     * Speaks to one client after the other.
     *
     * @param way to the client whose turn it is
     */
    RefusalPublisher(final AnswerWay way) {
        this.way = way;
    }

    @Override
    public Result onAnswer(final Session session, final Answer answer, final long durablePosition) {
        switch (answer.kind()) {
            case OPEN_REFUSED:
                return openRefused(answer);
            case WRITE_REFUSED:
                return writeRefused(answer);
            case REQUEST_REFUSED:
                return requestRefused(answer);
            default:
                throw new IllegalStateException("no refusal: kind=" + answer.kind());
        }
    }

    private Result openRefused(final Answer answer) {
        final ExclusivePublication publication = way.publication();
        if (publication.tryClaim(WireLimits.HEADER_LENGTH + OpenRefusedEncoder.BLOCK_LENGTH, claim) < 0) {
            return Result.BLOCKED;
        }
        openRefused
                .wrapAndApplyHeader(claim.buffer(), claim.offset(), header)
                .correlationId(answer.correlationId())
                .token(answer.token())
                .fenceToken(answer.fenceToken())
                .fenceClientId(answer.fenceClientId())
                .proof(answer.proof())
                .verdict((short) answer.verdict().code());
        claim.commit();
        return Result.SENT;
    }

    private Result writeRefused(final Answer answer) {
        final ExclusivePublication publication = way.publication();
        if (publication.tryClaim(WireLimits.HEADER_LENGTH + WriteRefusedEncoder.BLOCK_LENGTH, claim) < 0) {
            return Result.BLOCKED;
        }
        writeRefused
                .wrapAndApplyHeader(claim.buffer(), claim.offset(), header)
                .token(answer.token())
                .sequence(answer.sequence())
                .fenceToken(answer.fenceToken())
                .fenceClientId(answer.fenceClientId())
                .sequenceExpected(answer.sequenceExpected())
                .handle(answer.handle())
                .verdict((short) answer.verdict().code());
        claim.commit();
        return Result.SENT;
    }

    private Result requestRefused(final Answer answer) {
        final ExclusivePublication publication = way.publication();
        if (publication.tryClaim(WireLimits.HEADER_LENGTH + RequestRefusedEncoder.BLOCK_LENGTH, claim) < 0) {
            return Result.BLOCKED;
        }
        requestRefused
                .wrapAndApplyHeader(claim.buffer(), claim.offset(), header)
                .correlationId(answer.correlationId())
                .templateId(answer.templateId())
                .verdict((short) answer.verdict().code());
        claim.commit();
        return Result.SENT;
    }
}
