package io.fencegate.storage.wire;

import io.fencegate.codecs.wire.LastRecordDecoder;
import io.fencegate.codecs.wire.MessageHeaderDecoder;
import io.fencegate.codecs.wire.OpenRefusedDecoder;
import io.fencegate.codecs.wire.OpenedDecoder;
import io.fencegate.codecs.wire.RequestRefusedDecoder;
import io.fencegate.codecs.wire.WelcomeDecoder;
import io.fencegate.codecs.wire.WriteAcceptedDecoder;
import io.fencegate.codecs.wire.WriteRefusedDecoder;
import io.fencegate.core.grant.Verdict;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.DirectBuffer;

/** One answer as a test reads it: its name, its verdict, its numbers by name, its payload. */
final class Reply {
    final String name;
    final Verdict verdict;
    final byte[] payload;
    private final Map<String, Long> numbers;

    private Reply(final String name, final Verdict verdict, final Map<String, Long> numbers, final byte[] payload) {
        this.name = name;
        this.verdict = verdict;
        this.numbers = numbers;
        this.payload = payload;
    }

    long get(final String number) {
        final Long value = numbers.get(number);
        if (value == null) {
            throw new AssertionError(number + " is not in " + this);
        }
        return value;
    }

    /** What a story line needs: name and verdict. */
    String brief() {
        return name + " " + verdict;
    }

    @Override
    public String toString() {
        return name + " " + verdict + " " + numbers;
    }

    static Reply decode(final DirectBuffer buffer, final int offset) {
        final MessageHeaderDecoder header = new MessageHeaderDecoder().wrap(buffer, offset);
        final int body = offset + MessageHeaderDecoder.ENCODED_LENGTH;
        final int block = header.blockLength();
        final int version = header.version();
        final Map<String, Long> numbers = new LinkedHashMap<>();
        switch (header.templateId()) {
            case WelcomeDecoder.TEMPLATE_ID:
                final WelcomeDecoder welcome = new WelcomeDecoder().wrap(buffer, body, block, version);
                numbers.put("correlationId", welcome.correlationId());
                numbers.put("session", welcome.session());
                numbers.put("journalId", welcome.journalId());
                numbers.put("generation", welcome.generation());
                numbers.put("answersPendingMax", (long) welcome.answersPendingMax());
                return new Reply("Welcome", Verdict.ACCEPTED, numbers, null);
            case OpenedDecoder.TEMPLATE_ID:
                return opened(new OpenedDecoder().wrap(buffer, body, block, version), numbers);
            case OpenRefusedDecoder.TEMPLATE_ID:
                final OpenRefusedDecoder openRefused = new OpenRefusedDecoder().wrap(buffer, body, block, version);
                numbers.put("correlationId", openRefused.correlationId());
                numbers.put("token", openRefused.token());
                numbers.put("fenceToken", openRefused.fenceToken());
                numbers.put("fenceClientId", openRefused.fenceClientId());
                numbers.put("proof", openRefused.proof());
                return new Reply("OpenRefused", Verdict.ofCode(openRefused.verdict()), numbers, null);
            case WriteAcceptedDecoder.TEMPLATE_ID:
                final WriteAcceptedDecoder accepted = new WriteAcceptedDecoder().wrap(buffer, body, block, version);
                numbers.put("token", accepted.token());
                numbers.put("sequence", accepted.sequence());
                numbers.put("generation", accepted.generation());
                numbers.put("position", accepted.position());
                numbers.put("handle", (long) accepted.handle());
                return new Reply("WriteAccepted", Verdict.ofCode(accepted.verdict()), numbers, null);
            case WriteRefusedDecoder.TEMPLATE_ID:
                final WriteRefusedDecoder refused = new WriteRefusedDecoder().wrap(buffer, body, block, version);
                numbers.put("token", refused.token());
                numbers.put("sequence", refused.sequence());
                numbers.put("fenceToken", refused.fenceToken());
                numbers.put("fenceClientId", refused.fenceClientId());
                numbers.put("sequenceExpected", refused.sequenceExpected());
                return new Reply("WriteRefused", Verdict.ofCode(refused.verdict()), numbers, null);
            case LastRecordDecoder.TEMPLATE_ID:
                return lastRecord(new LastRecordDecoder().wrap(buffer, body, block, version), numbers);
            case RequestRefusedDecoder.TEMPLATE_ID:
                final RequestRefusedDecoder request = new RequestRefusedDecoder().wrap(buffer, body, block, version);
                numbers.put("correlationId", request.correlationId());
                numbers.put("templateId", (long) request.templateId());
                return new Reply("RequestRefused", Verdict.ofCode(request.verdict()), numbers, null);
            default:
                throw new AssertionError("templateId=" + header.templateId());
        }
    }

    private static Reply opened(final OpenedDecoder opened, final Map<String, Long> numbers) {
        numbers.put("correlationId", opened.correlationId());
        numbers.put("token", opened.token());
        numbers.put("sequenceLast", opened.sequenceLast());
        numbers.put("lastToken", opened.lastToken());
        numbers.put("lastSequence", opened.lastSequence());
        numbers.put("lastGeneration", opened.lastGeneration());
        numbers.put("lastPosition", opened.lastPosition());
        numbers.put("handle", (long) opened.handle());
        numbers.put("runningCrc", opened.runningCrc());
        return new Reply("Opened", Verdict.OPENED, numbers, null);
    }

    private static Reply lastRecord(final LastRecordDecoder record, final Map<String, Long> numbers) {
        numbers.put("correlationId", record.correlationId());
        numbers.put("token", record.token());
        numbers.put("sequence", record.sequence());
        numbers.put("generation", record.generation());
        numbers.put("position", record.position());
        numbers.put("handle", (long) record.handle());
        numbers.put("payloadCrc", record.payloadCrc());
        final byte[] payload = new byte[record.payloadLength()];
        record.getPayload(payload, 0, payload.length);
        return new Reply("LastRecord", Verdict.FOUND, numbers, payload);
    }
}
