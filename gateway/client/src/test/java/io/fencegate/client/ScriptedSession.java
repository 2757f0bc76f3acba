package io.fencegate.client;

import io.aeron.ExclusivePublication;
import io.aeron.FragmentAssembler;
import io.aeron.Image;
import io.aeron.Publication;
import io.fencegate.codecs.wire.LastRecordEncoder;
import io.fencegate.codecs.wire.MessageHeaderEncoder;
import io.fencegate.codecs.wire.OpenRefusedEncoder;
import io.fencegate.codecs.wire.OpenedEncoder;
import io.fencegate.codecs.wire.RequestRefusedEncoder;
import io.fencegate.codecs.wire.WelcomeEncoder;
import io.fencegate.codecs.wire.WriteAcceptedEncoder;
import io.fencegate.codecs.wire.WriteDecoder;
import io.fencegate.codecs.wire.WriteRefusedEncoder;
import io.fencegate.core.fence.FenceTable;
import io.fencegate.core.fence.RecordRef;
import io.fencegate.core.grant.Verdict;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A session of the {@link ScriptedGateway}: encodes its answers. On the gateway's thread. */
final class ScriptedSession {
    private final MutableDirectBuffer buffer = new ExpandableArrayBuffer(1024);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final WelcomeEncoder welcome = new WelcomeEncoder();
    private final OpenedEncoder opened = new OpenedEncoder();
    private final OpenRefusedEncoder openRefused = new OpenRefusedEncoder();
    private final WriteAcceptedEncoder accepted = new WriteAcceptedEncoder();
    private final WriteRefusedEncoder refused = new WriteRefusedEncoder();
    private final LastRecordEncoder lastRecord = new LastRecordEncoder();
    private final RequestRefusedEncoder requestRefused = new RequestRefusedEncoder();
    private final long number;
    private final Image image;
    private final ExclusivePublication answers;
    FragmentAssembler assembler;
    boolean isDeaf;

    ScriptedSession(final long number, final Image image, final ExclusivePublication answers) {
        this.number = number;
        this.image = image;
        this.answers = answers;
    }

    long number() {
        return number;
    }

    int poll(final int fragmentLimit) {
        return answers.isConnected() ? image.poll(assembler, fragmentLimit) : 0;
    }

    void close(final FenceTable fences) {
        for (int handle = 0; handle < fences.size(); handle++) {
            fences.disown(handle, number);
        }
        CloseHelper.close(answers);
    }

    boolean removeIfGone(final FenceTable fences) {
        if (!image.isClosed() && !answers.isClosed()) {
            return false;
        }
        close(fences);
        return true;
    }

    void welcome(
            final long correlationId,
            final long journalId,
            final long generation,
            final int payloadMax,
            final int pendingMax) {
        welcome.wrapAndApplyHeader(buffer, 0, header)
                .correlationId(correlationId)
                .session(number)
                .journalId(journalId)
                .generation(generation)
                .payloadLengthMax(payloadMax)
                .answersPendingMax(pendingMax)
                .protocolVersion(1);
        send(welcome.encodedLength());
    }

    void opened(
            final long correlationId,
            final long token,
            final int handle,
            final FenceTable fences,
            final RecordRef record) {
        opened.wrapAndApplyHeader(buffer, 0, header)
                .correlationId(correlationId)
                .token(token)
                .sequenceLast(fences.sequenceLast(handle))
                .lastToken(fences.lastToken(handle))
                .lastSequence(fences.lastSequence(handle))
                .lastGeneration(record.generation())
                .lastPosition(record.position())
                .handle(handle)
                .runningCrc(Integer.toUnsignedLong(fences.runningCrc(handle)));
        send(opened.encodedLength());
    }

    void openRefused(
            final long correlationId,
            final long token,
            final long fenceToken,
            final long fenceClientId,
            final Verdict verdict) {
        openRefused
                .wrapAndApplyHeader(buffer, 0, header)
                .correlationId(correlationId)
                .token(token)
                .fenceToken(fenceToken)
                .fenceClientId(fenceClientId)
                .proof(0)
                .verdict((short) verdict.code());
        send(openRefused.encodedLength());
    }

    void writeAccepted(final WriteDecoder write, final Verdict verdict, final RecordRef record) {
        accepted.wrapAndApplyHeader(buffer, 0, header)
                .token(write.token())
                .sequence(write.sequence())
                .generation(record.generation())
                .position(record.position())
                .handle(write.handle())
                .verdict((short) verdict.code());
        send(accepted.encodedLength());
    }

    void writeRefused(
            final WriteDecoder write,
            final Verdict verdict,
            final long fenceToken,
            final long fenceClientId,
            final long sequenceExpected) {
        refused.wrapAndApplyHeader(buffer, 0, header)
                .token(write.token())
                .sequence(write.sequence())
                .fenceToken(fenceToken)
                .fenceClientId(fenceClientId)
                .sequenceExpected(sequenceExpected)
                .handle(write.handle())
                .verdict((short) verdict.code());
        send(refused.encodedLength());
    }

    void lastRecord(
            final long correlationId,
            final int handle,
            final FenceTable fences,
            final RecordRef record,
            final byte[] payload) {
        lastRecord
                .wrapAndApplyHeader(buffer, 0, header)
                .correlationId(correlationId)
                .token(fences.lastToken(handle))
                .sequence(fences.lastSequence(handle))
                .generation(record.generation())
                .position(record.position())
                .handle(handle)
                .payloadCrc(Integer.toUnsignedLong(fences.lastPayloadCrc(handle)))
                .putPayload(payload, 0, payload.length);
        send(lastRecord.encodedLength());
    }

    void requestRefused(final long correlationId, final int templateId, final Verdict verdict) {
        requestRefused
                .wrapAndApplyHeader(buffer, 0, header)
                .correlationId(correlationId)
                .templateId(templateId)
                .verdict((short) verdict.code());
        send(requestRefused.encodedLength());
    }

    void garbage(final byte[] bytes) {
        await(new UnsafeBuffer(bytes), bytes.length);
    }

    private void send(final int bodyLength) {
        await(buffer, MessageHeaderEncoder.ENCODED_LENGTH + bodyLength);
    }

    private void await(final DirectBuffer bytes, final int length) {
        final long deadlineNs = System.nanoTime() + 5_000_000_000L;
        while (System.nanoTime() - deadlineNs < 0) {
            final long result = answers.offer(bytes, 0, length);
            if (result > 0 || result == Publication.CLOSED || result == Publication.NOT_CONNECTED) {
                return;
            }
            Thread.onSpinWait();
        }
        throw new IllegalStateException("answers are not read: session=" + number);
    }
}
