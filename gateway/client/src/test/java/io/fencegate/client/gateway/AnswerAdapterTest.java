package io.fencegate.client.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.codecs.wire.LastRecordEncoder;
import io.fencegate.codecs.wire.MessageHeaderEncoder;
import io.fencegate.codecs.wire.OpenRefusedEncoder;
import io.fencegate.codecs.wire.OpenedEncoder;
import io.fencegate.codecs.wire.RequestRefusedEncoder;
import io.fencegate.codecs.wire.WelcomeEncoder;
import io.fencegate.codecs.wire.WriteAcceptedEncoder;
import io.fencegate.codecs.wire.WriteRefusedEncoder;
import io.fencegate.core.grant.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the adapter makes of answers, of broken answers, and of bytes that are none. */
class AnswerAdapterTest {
    private static final int FUZZ_ROUNDS = 200_000;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[512]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final Lines lines = new Lines();
    private final AnswerAdapter adapter = new AnswerAdapter(lines);

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "WELCOME, welcome 7 journal=42/3 max=4096 pending=64",
        "OPENED, opened 7 handle=3 token=9 S=4 crc=-2 last=9/4/2/88",
        "OPEN_REFUSED, openRefused 7 STALE_TOKEN fence=12 client=5 proof=77",
        "ACCEPTED, accepted 3/9/4 DUPLICATE 2/88",
        "REFUSED, refused 3/9/4 SEQUENCE_GAP fence=12 client=5 expected=2",
        "RECORD, record 7 9/4/2/88 crc=-2 length=5",
        "REQUEST_REFUSED, requestRefused 7 template=4 NO_RECORD"
    })
    void everyAnswerIsReadAndNoneThatIsCutShort(final String name, final String expected) {
        final int length = encode(name);
        adapter.onFragment(buffer, 0, length, null);
        assertEquals(List.of(expected), lines.told);
        for (int cut = 0; cut < length; cut++) {
            lines.told.clear();
            adapter.onFragment(buffer, 0, cut, null);
            assertEquals(1, lines.told.size());
            assertTrue(lines.told.get(0).startsWith("unreadable"), lines.told.get(0));
        }
    }

    @ParameterizedTest(name = "{0} with verdict {1} is no answer")
    @CsvSource({
        "ACCEPTED, 3",
        "ACCEPTED, 21",
        "ACCEPTED, 0",
        "ACCEPTED, 255",
        "REFUSED, 1",
        "REFUSED, 63",
        "OPEN_REFUSED, 3",
        "REQUEST_REFUSED, 4",
        "REQUEST_REFUSED, 200"
    })
    void aVerdictThatDoesNotBelongThereIsUnreadable(final String name, final int code) {
        final int length = encode(name);
        final int verdictOffset = switch (name) {
            case "ACCEPTED" -> WriteAcceptedEncoder.verdictEncodingOffset();
            case "REFUSED" -> WriteRefusedEncoder.verdictEncodingOffset();
            case "OPEN_REFUSED" -> OpenRefusedEncoder.verdictEncodingOffset();
            default -> RequestRefusedEncoder.verdictEncodingOffset();
        };
        buffer.putByte(MessageHeaderEncoder.ENCODED_LENGTH + verdictOffset, (byte) code);
        adapter.onFragment(buffer, 0, length, null);
        assertEquals(1, lines.told.size());
        assertTrue(lines.told.get(0).startsWith("unreadable"), lines.told.get(0));
    }

    @Test
    void anotherSchemaOrTemplateIsUnreadable() {
        final int length = encode("ACCEPTED");
        buffer.putShort(MessageHeaderEncoder.schemaIdEncodingOffset(), (short) 111);
        adapter.onFragment(buffer, 0, length, null);
        encode("ACCEPTED");
        buffer.putShort(MessageHeaderEncoder.templateIdEncodingOffset(), (short) 3);
        adapter.onFragment(buffer, 0, length, null);
        assertEquals(2, lines.told.size());
        assertTrue(lines.told.stream().allMatch(line -> line.startsWith("unreadable")));
    }

    @Test
    void randomBytesAreNeverMoreThanUnreadable() {
        final Random random = new Random(4711);
        final String[] names = {"WELCOME", "OPENED", "OPEN_REFUSED", "ACCEPTED", "REFUSED", "RECORD", "REQUEST_REFUSED"
        };
        for (int round = 0; round < FUZZ_ROUNDS; round++) {
            final int length = encode(names[random.nextInt(names.length)]);
            final int flips = 1 + random.nextInt(4);
            for (int i = 0; i < flips; i++) {
                buffer.putByte(random.nextInt(length), (byte) random.nextInt());
            }
            lines.told.clear();
            adapter.onFragment(new UnsafeBuffer(buffer, 0, length), 0, length, null);
            assertEquals(1, lines.told.size());
        }
    }

    private int encode(final String name) {
        buffer.setMemory(0, buffer.capacity(), (byte) 0);
        final int bodyLength = switch (name) {
            case "WELCOME" ->
                new WelcomeEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .correlationId(7)
                        .journalId(42)
                        .generation(3)
                        .payloadLengthMax(4096)
                        .answersPendingMax(64)
                        .encodedLength();
            case "OPENED" ->
                new OpenedEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .correlationId(7)
                        .token(9)
                        .sequenceLast(4)
                        .lastToken(9)
                        .lastSequence(4)
                        .lastGeneration(2)
                        .lastPosition(88)
                        .handle(3)
                        .runningCrc(0xFFFF_FFFEL)
                        .encodedLength();
            case "OPEN_REFUSED" ->
                new OpenRefusedEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .correlationId(7)
                        .fenceToken(12)
                        .fenceClientId(5)
                        .proof(77)
                        .verdict((short) Verdict.STALE_TOKEN.code())
                        .encodedLength();
            default -> encodeAnswerToRequest(name);
        };
        return MessageHeaderEncoder.ENCODED_LENGTH + bodyLength;
    }

    private int encodeAnswerToRequest(final String name) {
        return switch (name) {
            case "ACCEPTED" ->
                new WriteAcceptedEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .token(9)
                        .sequence(4)
                        .generation(2)
                        .position(88)
                        .handle(3)
                        .verdict((short) Verdict.DUPLICATE.code())
                        .encodedLength();
            case "REFUSED" ->
                new WriteRefusedEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .token(9)
                        .sequence(4)
                        .fenceToken(12)
                        .fenceClientId(5)
                        .sequenceExpected(2)
                        .handle(3)
                        .verdict((short) Verdict.SEQUENCE_GAP.code())
                        .encodedLength();
            case "RECORD" ->
                new LastRecordEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .correlationId(7)
                        .token(9)
                        .sequence(4)
                        .generation(2)
                        .position(88)
                        .handle(3)
                        .payloadCrc(0xFFFF_FFFEL)
                        .putPayload(new byte[5], 0, 5)
                        .encodedLength();
            default ->
                new RequestRefusedEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .correlationId(7)
                        .templateId(4)
                        .verdict((short) Verdict.NO_RECORD.code())
                        .encodedLength();
        };
    }

    /** Keeps what it was told as lines. */
    private static final class Lines implements GatewayAnswers {
        private final List<String> told = new ArrayList<>();

        @Override
        public void onWelcome(
                final long id,
                final long journalId,
                final long generation,
                final int payloadLengthMax,
                final int answersPendingMax) {
            told.add("welcome " + id + " journal=" + journalId + "/" + generation + " max=" + payloadLengthMax
                    + " pending=" + answersPendingMax);
        }

        @Override
        public void onOpened(
                final long id,
                final int handle,
                final long token,
                final long sequenceLast,
                final int runningCrc,
                final long lastToken,
                final long lastSequence,
                final long lastGeneration,
                final long lastPosition) {
            told.add("opened " + id + " handle=" + handle + " token=" + token + " S=" + sequenceLast + " crc="
                    + runningCrc + " last=" + lastToken + "/" + lastSequence + "/" + lastGeneration + "/"
                    + lastPosition);
        }

        @Override
        public void onOpenRefused(
                final long id,
                final Verdict verdict,
                final long fenceToken,
                final long fenceClientId,
                final long proof) {
            told.add("openRefused " + id + " " + verdict + " fence=" + fenceToken + " client=" + fenceClientId
                    + " proof=" + proof);
        }

        @Override
        public void onWriteAccepted(
                final int handle,
                final long token,
                final long sequence,
                final Verdict verdict,
                final long generation,
                final long position) {
            told.add("accepted " + handle + "/" + token + "/" + sequence + " " + verdict + " " + generation + "/"
                    + position);
        }

        @Override
        public void onWriteRefused(
                final int handle,
                final long token,
                final long sequence,
                final Verdict verdict,
                final long fenceToken,
                final long fenceClientId,
                final long sequenceExpected) {
            told.add("refused " + handle + "/" + token + "/" + sequence + " " + verdict + " fence=" + fenceToken
                    + " client=" + fenceClientId + " expected=" + sequenceExpected);
        }

        @Override
        public void onLastRecord(
                final long id,
                final long token,
                final long sequence,
                final long generation,
                final long position,
                final int payloadCrc,
                final DirectBuffer payload,
                final int offset,
                final int length) {
            payload.boundsCheck(offset, length);
            told.add("record " + id + " " + token + "/" + sequence + "/" + generation + "/" + position + " crc="
                    + payloadCrc + " length=" + length);
        }

        @Override
        public void onRequestRefused(final long id, final int templateId, final Verdict verdict) {
            told.add("requestRefused " + id + " template=" + templateId + " " + verdict);
        }

        @Override
        public void onUnreadable(final String facts) {
            told.add("unreadable " + facts);
        }
    }
}
