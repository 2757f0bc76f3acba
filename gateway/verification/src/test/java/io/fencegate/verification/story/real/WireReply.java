package io.fencegate.verification.story.real;

import io.fencegate.codecs.wire.LastRecordDecoder;
import io.fencegate.codecs.wire.MessageHeaderDecoder;
import io.fencegate.codecs.wire.OpenRefusedDecoder;
import io.fencegate.codecs.wire.OpenedDecoder;
import io.fencegate.codecs.wire.RequestRefusedDecoder;
import io.fencegate.codecs.wire.WelcomeDecoder;
import io.fencegate.codecs.wire.WriteAcceptedDecoder;
import io.fencegate.codecs.wire.WriteRefusedDecoder;
import io.fencegate.core.grant.Verdict;
import io.fencegate.verification.story.Told;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/** One answer of a gateway, as a story tells it. Immutable. */
record WireReply(Told told, int handle) {
    static final String WELCOME = "WELCOME";

    private static final int NO_HANDLE = -1;

    static WireReply decode(final DirectBuffer buffer, final int offset) {
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(buffer, offset);
        final int body = offset + MessageHeaderDecoder.ENCODED_LENGTH;
        final int block = header.blockLength();
        final int version = header.version();
        return switch (header.templateId()) {
            case WelcomeDecoder.TEMPLATE_ID -> new WireReply(Told.of(WELCOME), NO_HANDLE);
            case OpenedDecoder.TEMPLATE_ID -> opened(new OpenedDecoder().wrap(buffer, body, block, version));
            case OpenRefusedDecoder.TEMPLATE_ID -> {
                final OpenRefusedDecoder refused = new OpenRefusedDecoder().wrap(buffer, body, block, version);
                yield refused(refused.verdict(), refused.fenceToken(), refused.fenceClientId());
            }
            case WriteAcceptedDecoder.TEMPLATE_ID -> {
                final WriteAcceptedDecoder accepted = new WriteAcceptedDecoder().wrap(buffer, body, block, version);
                final Told told = Told.of(Verdict.ofCode(accepted.verdict()));
                yield new WireReply(told.record(accepted.generation(), accepted.position()), NO_HANDLE);
            }
            case WriteRefusedDecoder.TEMPLATE_ID -> {
                final WriteRefusedDecoder refused = new WriteRefusedDecoder().wrap(buffer, body, block, version);
                final WireReply reply = refused(refused.verdict(), refused.fenceToken(), refused.fenceClientId());
                reply.told.fact("expected", refused.sequenceExpected());
                yield reply;
            }
            case LastRecordDecoder.TEMPLATE_ID ->
                lastRecord(new LastRecordDecoder().wrap(buffer, body, block, version));
            case RequestRefusedDecoder.TEMPLATE_ID ->
                refused(
                        new RequestRefusedDecoder()
                                .wrap(buffer, body, block, version)
                                .verdict(),
                        0,
                        0);
            default -> throw new IllegalStateException("templateId=" + header.templateId());
        };
    }

    private static WireReply opened(final OpenedDecoder opened) {
        final Told told = Told.of(Verdict.OPENED)
                .fact("sequence", opened.sequenceLast())
                .token("lastToken", opened.lastToken())
                .fact("lastSequence", opened.lastSequence())
                .record(opened.lastGeneration(), opened.lastPosition())
                .runningCrc((int) opened.runningCrc());
        return new WireReply(told, opened.handle());
    }

    private static WireReply refused(final int verdict, final long fenceToken, final long fenceClientId) {
        final Told told =
                Told.of(Verdict.ofCode(verdict)).token("fence", fenceToken).client("fenceHolder", fenceClientId);
        return new WireReply(told, NO_HANDLE);
    }

    private static WireReply lastRecord(final LastRecordDecoder record) {
        final byte[] payload = new byte[record.payloadLength()];
        final Told told = Told.of(Verdict.FOUND)
                .token("token", record.token())
                .fact("sequence", record.sequence())
                .record(record.generation(), record.position());
        record.getPayload(payload, 0, payload.length);
        return new WireReply(told.fact("payload", new String(payload, StandardCharsets.UTF_8)), NO_HANDLE);
    }
}
