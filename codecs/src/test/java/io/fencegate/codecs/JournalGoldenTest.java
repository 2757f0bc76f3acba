package io.fencegate.codecs;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.codecs.journal.FenceEntryEncoder;
import io.fencegate.codecs.journal.FenceLogHeaderEncoder;
import io.fencegate.codecs.journal.FenceRaisedEncoder;
import io.fencegate.codecs.journal.GenerationEntryEncoder;
import io.fencegate.codecs.journal.GenerationStartedEncoder;
import io.fencegate.codecs.journal.MessageHeaderDecoder;
import io.fencegate.codecs.journal.MessageHeaderEncoder;
import io.fencegate.codecs.journal.RecordHeadEncoder;
import io.fencegate.codecs.journal.RequestRefusedEncoder;
import io.fencegate.codecs.journal.SyncedPositionEncoder;
import io.fencegate.codecs.journal.WriteAcceptedDecoder;
import io.fencegate.codecs.journal.WriteAcceptedEncoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.agrona.checksum.Crc32c;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** The format of journal and fence log does not change by accident: what is on disk stays readable. */
class JournalGoldenTest {
    private static final byte[] PAYLOAD = "hello".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MAGIC = "FENCELOG".getBytes(StandardCharsets.US_ASCII);
    private static final Map<String, MessageWriter> MESSAGES = messages();

    private final GoldenBytes golden = new GoldenBytes("journal.properties");

    @Test
    void everyMessageHasTheBytesThatWereAgreedUpon() {
        assertAll(MESSAGES.entrySet().stream().map(message -> () -> {
            final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(1024));
            final MessageHeaderEncoder header = new MessageHeaderEncoder();
            final int length = message.getValue().write(buffer, header);
            header.length(length);
            header.crc(Crc32c.INSTANCE.compute(
                            buffer.addressOffset(), JournalLimits.CHECKED_OFFSET, length - JournalLimits.CHECKED_OFFSET)
                    & 0xFFFF_FFFFL);
            golden.assertMatches(message.getKey(), buffer, length);
        }));
    }

    @Test
    void everyMessageOfTheSchemaIsCovered() throws IOException {
        golden.assertCovers("fencegate-journal.xml");
        assertEquals(golden.all().keySet(), MESSAGES.keySet());
    }

    @Test
    void everyMessageNamesSchemaVersionAndLengthAndBearsTheChecksumOfTheRest() {
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        golden.all().forEach((name, bytes) -> {
            header.wrap(new UnsafeBuffer(bytes), 0);
            assertEquals(5102, header.schemaId(), name);
            assertEquals(1, header.version(), name);
            assertEquals(bytes.length, header.length(), name);
            final CRC32C crc = new CRC32C();
            crc.update(bytes, 4, bytes.length - 4);
            assertEquals(crc.getValue(), header.crc(), name);
        });
    }

    @Test
    void anAcceptedWriteIsReadBackAsItWasWritten() {
        final WriteAcceptedDecoder write = new WriteAcceptedDecoder()
                .wrapAndApplyHeader(new UnsafeBuffer(golden.all().get("WriteAccepted")), 0, new MessageHeaderDecoder());
        assertEquals(0x0102030405060708L, write.head().position());
        assertEquals(0x0202030405060708L, write.head().syncedPosition());
        assertEquals(0x0302030405060708L, write.head().timestampNs());
        assertEquals(0xF4F2F3F4L, write.head().previousCrc());
        assertEquals(0x0B0C0D0E, write.head().handle());
        assertEquals(0x1102030405060708L, write.token());
        assertEquals(0x1202030405060708L, write.sequence());
        assertEquals(0xF5F2F3F4L, write.payloadCrc());
        final byte[] payload = new byte[write.payloadLength()];
        write.getPayload(payload, 0, payload.length);
        assertEquals("hello", new String(payload, StandardCharsets.US_ASCII));
    }

    @Test
    void lengthsAreThoseOfThePicture() {
        assertEquals(16, JournalLimits.HEADER_LENGTH);
        assertEquals(4, JournalLimits.CHECKED_OFFSET);
        assertEquals(48, JournalLimits.RECORD_LENGTH_MIN);
        assertEquals(72, JournalLimits.ACCEPTED_FIXED_LENGTH);
        assertTrue(JournalLimits.ENTRY_LENGTH_MAX < 512, "an entry fits one disk sector");
    }

    private static RecordHeadEncoder fill(final RecordHeadEncoder head) {
        return head.position(0x0102030405060708L)
                .syncedPosition(0x0202030405060708L)
                .timestampNs(0x0302030405060708L)
                .previousCrc(0xF4F2F3F4L)
                .handle(0x0B0C0D0E);
    }

    private static Map<String, MessageWriter> messages() {
        final Map<String, MessageWriter> messages = new TreeMap<>();
        addRecords(messages);
        addEntries(messages);
        return messages;
    }

    private static void addRecords(final Map<String, MessageWriter> messages) {
        messages.put("GenerationStarted", (buffer, header) -> {
            final GenerationStartedEncoder started =
                    new GenerationStartedEncoder().wrapAndApplyHeader(buffer, 0, header);
            fill(started.head());
            return started.generation(0x1102030405060708L)
                    .journalId(0x1202030405060708L)
                    .limit();
        });
        messages.put("FenceRaised", (buffer, header) -> {
            final FenceRaisedEncoder raised = new FenceRaisedEncoder().wrapAndApplyHeader(buffer, 0, header);
            fill(raised.head());
            return raised.token(0x1102030405060708L)
                    .clientId(0x1202030405060708L)
                    .seal(0x1302030405060708L)
                    .resource("orders/é")
                    .limit();
        });
        messages.put("WriteAccepted", (buffer, header) -> {
            final WriteAcceptedEncoder accepted = new WriteAcceptedEncoder().wrapAndApplyHeader(buffer, 0, header);
            fill(accepted.head());
            return accepted.token(0x1102030405060708L)
                    .sequence(0x1202030405060708L)
                    .payloadCrc(0xF5F2F3F4L)
                    .putPayload(PAYLOAD, 0, PAYLOAD.length)
                    .limit();
        });
        messages.put("RequestRefused", (buffer, header) -> {
            final RequestRefusedEncoder refused = new RequestRefusedEncoder().wrapAndApplyHeader(buffer, 0, header);
            fill(refused.head());
            return refused.token(0x1102030405060708L)
                    .sequence(0x1202030405060708L)
                    .clientId(0x1302030405060708L)
                    .fenceToken(0x1402030405060708L)
                    .omitted(0x150B0C0D)
                    .verdict((short) 21)
                    .resource("orders/é")
                    .limit();
        });
    }

    private static void addEntries(final Map<String, MessageWriter> messages) {
        messages.put(
                "FenceLogHeader",
                (buffer, header) -> new FenceLogHeaderEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .journalId(0x1102030405060708L)
                        .format(1)
                        .putMagic(MAGIC, 0)
                        .limit());
        messages.put("FenceEntry", (buffer, header) -> {
            final FenceEntryEncoder fence = new FenceEntryEncoder().wrapAndApplyHeader(buffer, 0, header);
            fence.head().fileOffset(0x0102030405060708L).syncedOffset(0x0202030405060708L);
            return fence.token(0x1102030405060708L)
                    .clientId(0x1202030405060708L)
                    .seal(0x1302030405060708L)
                    .handle(0x140B0C0D)
                    .resource("orders/é")
                    .limit();
        });
        messages.put("GenerationEntry", (buffer, header) -> {
            final GenerationEntryEncoder entry = new GenerationEntryEncoder().wrapAndApplyHeader(buffer, 0, header);
            entry.head().fileOffset(0x0102030405060708L).syncedOffset(0x0202030405060708L);
            return entry.generation(0x1102030405060708L).limit();
        });
        messages.put(
                "SyncedPosition",
                (buffer, header) -> new SyncedPositionEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .count(0x1102030405060708L)
                        .position(0x1202030405060708L)
                        .fileOffset(0x1302030405060708L)
                        .limit());
    }

    /** Writes one message with fixed values; returns where it ends. */
    private interface MessageWriter {
        int write(UnsafeBuffer buffer, MessageHeaderEncoder header);
    }
}
