package io.fencegate.client.gateway;

import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.Header;
import io.fencegate.codecs.wire.LastRecordDecoder;
import io.fencegate.codecs.wire.MessageHeaderDecoder;
import io.fencegate.codecs.wire.OpenRefusedDecoder;
import io.fencegate.codecs.wire.OpenedDecoder;
import io.fencegate.codecs.wire.PayloadEncodingDecoder;
import io.fencegate.codecs.wire.RequestRefusedDecoder;
import io.fencegate.codecs.wire.WelcomeDecoder;
import io.fencegate.codecs.wire.WriteAcceptedDecoder;
import io.fencegate.codecs.wire.WriteRefusedDecoder;
import io.fencegate.core.grant.Verdict;
import org.agrona.DirectBuffer;

/**
 * Decodes a gateway's answers inward. What it cannot read it hands on as such, and never throws.
 *
 * <p>The client's thread.
 */
final class AnswerAdapter implements FragmentHandler {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final WelcomeDecoder welcome = new WelcomeDecoder();
    private final OpenedDecoder opened = new OpenedDecoder();
    private final OpenRefusedDecoder openRefused = new OpenRefusedDecoder();
    private final WriteAcceptedDecoder accepted = new WriteAcceptedDecoder();
    private final WriteRefusedDecoder refused = new WriteRefusedDecoder();
    private final LastRecordDecoder lastRecord = new LastRecordDecoder();
    private final RequestRefusedDecoder requestRefused = new RequestRefusedDecoder();
    private final GatewayAnswers answers;

    AnswerAdapter(final GatewayAnswers answers) {
        this.answers = answers;
    }

    @Override
    public void onFragment(final DirectBuffer buffer, final int offset, final int length, final Header ignored) {
        if (length < MessageHeaderDecoder.ENCODED_LENGTH) {
            answers.onUnreadable("length=" + length);
            return;
        }
        header.wrap(buffer, offset);
        final int bodyLength = length - MessageHeaderDecoder.ENCODED_LENGTH;
        if (header.schemaId() != MessageHeaderDecoder.SCHEMA_ID
                || header.blockLength() > bodyLength
                || !dispatch(buffer, offset + MessageHeaderDecoder.ENCODED_LENGTH, bodyLength)) {
            answers.onUnreadable("schemaId=" + header.schemaId() + " templateId=" + header.templateId() + " version="
                    + header.version() + " length=" + length);
        }
    }

    private boolean dispatch(final DirectBuffer buffer, final int body, final int bodyLength) {
        switch (header.templateId()) {
            case WriteAcceptedDecoder.TEMPLATE_ID:
                return onWriteAccepted(buffer, body);
            case WriteRefusedDecoder.TEMPLATE_ID:
                return onWriteRefused(buffer, body);
            case WelcomeDecoder.TEMPLATE_ID:
                return onWelcome(buffer, body);
            case OpenedDecoder.TEMPLATE_ID:
                return onOpened(buffer, body);
            case OpenRefusedDecoder.TEMPLATE_ID:
                return onOpenRefused(buffer, body);
            case LastRecordDecoder.TEMPLATE_ID:
                return onLastRecord(buffer, body, bodyLength);
            case RequestRefusedDecoder.TEMPLATE_ID:
                return onRequestRefused(buffer, body);
            default:
                return false;
        }
    }

    private boolean isShorterThan(final int blockLength) {
        return header.blockLength() < blockLength;
    }

    private boolean onWriteAccepted(final DirectBuffer buffer, final int body) {
        if (isShorterThan(WriteAcceptedDecoder.BLOCK_LENGTH)) {
            return false;
        }
        accepted.wrap(buffer, body, header.blockLength(), header.version());
        final Verdict verdict = Verdict.ofCode(accepted.verdict());
        if (verdict != Verdict.ACCEPTED && verdict != Verdict.DUPLICATE) {
            return false;
        }
        answers.onWriteAccepted(
                accepted.handle(),
                accepted.token(),
                accepted.sequence(),
                verdict,
                accepted.generation(),
                accepted.position());
        return true;
    }

    private boolean onWriteRefused(final DirectBuffer buffer, final int body) {
        if (isShorterThan(WriteRefusedDecoder.BLOCK_LENGTH)) {
            return false;
        }
        refused.wrap(buffer, body, header.blockLength(), header.version());
        final Verdict verdict = Verdict.ofCode(refused.verdict());
        if (verdict == null || verdict.isSuccess()) {
            return false;
        }
        answers.onWriteRefused(
                refused.handle(),
                refused.token(),
                refused.sequence(),
                verdict,
                refused.fenceToken(),
                refused.fenceClientId(),
                refused.sequenceExpected());
        return true;
    }

    private boolean onWelcome(final DirectBuffer buffer, final int body) {
        if (isShorterThan(WelcomeDecoder.BLOCK_LENGTH)) {
            return false;
        }
        welcome.wrap(buffer, body, header.blockLength(), header.version());
        if (welcome.payloadLengthMax() <= 0 || welcome.answersPendingMax() <= 0) {
            return false;
        }
        answers.onWelcome(
                welcome.correlationId(),
                welcome.journalId(),
                welcome.generation(),
                welcome.payloadLengthMax(),
                welcome.answersPendingMax());
        return true;
    }

    private boolean onOpened(final DirectBuffer buffer, final int body) {
        if (isShorterThan(OpenedDecoder.BLOCK_LENGTH)) {
            return false;
        }
        opened.wrap(buffer, body, header.blockLength(), header.version());
        answers.onOpened(
                opened.correlationId(),
                opened.handle(),
                opened.token(),
                opened.sequenceLast(),
                (int) opened.runningCrc(),
                opened.lastToken(),
                opened.lastSequence(),
                opened.lastGeneration(),
                opened.lastPosition());
        return true;
    }

    private boolean onOpenRefused(final DirectBuffer buffer, final int body) {
        if (isShorterThan(OpenRefusedDecoder.BLOCK_LENGTH)) {
            return false;
        }
        openRefused.wrap(buffer, body, header.blockLength(), header.version());
        final Verdict verdict = Verdict.ofCode(openRefused.verdict());
        if (verdict == null || verdict.isSuccess()) {
            return false;
        }
        answers.onOpenRefused(
                openRefused.correlationId(),
                verdict,
                openRefused.fenceToken(),
                openRefused.fenceClientId(),
                openRefused.proof());
        return true;
    }

    private boolean onLastRecord(final DirectBuffer buffer, final int body, final int bodyLength) {
        final int lengthFieldEnd = header.blockLength() + PayloadEncodingDecoder.varDataEncodingOffset();
        if (isShorterThan(LastRecordDecoder.BLOCK_LENGTH) || lengthFieldEnd > bodyLength) {
            return false;
        }
        lastRecord.wrap(buffer, body, header.blockLength(), header.version());
        final int payloadLength = lastRecord.payloadLength();
        if (payloadLength < 0 || payloadLength > bodyLength - lengthFieldEnd) {
            return false;
        }
        answers.onLastRecord(
                lastRecord.correlationId(),
                lastRecord.token(),
                lastRecord.sequence(),
                lastRecord.generation(),
                lastRecord.position(),
                (int) lastRecord.payloadCrc(),
                buffer,
                body + lengthFieldEnd,
                payloadLength);
        return true;
    }

    private boolean onRequestRefused(final DirectBuffer buffer, final int body) {
        if (isShorterThan(RequestRefusedDecoder.BLOCK_LENGTH)) {
            return false;
        }
        requestRefused.wrap(buffer, body, header.blockLength(), header.version());
        final Verdict verdict = Verdict.ofCode(requestRefused.verdict());
        if (verdict == null || verdict.isSuccess()) {
            return false;
        }
        answers.onRequestRefused(requestRefused.correlationId(), requestRefused.templateId(), verdict);
        return true;
    }
}
