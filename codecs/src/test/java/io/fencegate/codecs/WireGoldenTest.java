package io.fencegate.codecs;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.codecs.wire.AcquireEncoder;
import io.fencegate.codecs.wire.CancelWaitEncoder;
import io.fencegate.codecs.wire.DeniedEncoder;
import io.fencegate.codecs.wire.DescribeEncoder;
import io.fencegate.codecs.wire.DescribedEncoder;
import io.fencegate.codecs.wire.FloorKeptEncoder;
import io.fencegate.codecs.wire.FloorRaisedEncoder;
import io.fencegate.codecs.wire.GoodbyeEncoder;
import io.fencegate.codecs.wire.GrantedEncoder;
import io.fencegate.codecs.wire.HelloEncoder;
import io.fencegate.codecs.wire.KeepAliveEncoder;
import io.fencegate.codecs.wire.LastRecordEncoder;
import io.fencegate.codecs.wire.LeaseEventEncoder;
import io.fencegate.codecs.wire.LeaseRefusedEncoder;
import io.fencegate.codecs.wire.LeasesDecoder;
import io.fencegate.codecs.wire.LeasesEncoder;
import io.fencegate.codecs.wire.ListLeasesEncoder;
import io.fencegate.codecs.wire.MessageHeaderDecoder;
import io.fencegate.codecs.wire.MessageHeaderEncoder;
import io.fencegate.codecs.wire.OpenEncoder;
import io.fencegate.codecs.wire.OpenRefusedEncoder;
import io.fencegate.codecs.wire.OpenedEncoder;
import io.fencegate.codecs.wire.QueuedEncoder;
import io.fencegate.codecs.wire.RaiseFloorEncoder;
import io.fencegate.codecs.wire.ReadEncoder;
import io.fencegate.codecs.wire.ReleaseEncoder;
import io.fencegate.codecs.wire.ReleasedEncoder;
import io.fencegate.codecs.wire.RenewEncoder;
import io.fencegate.codecs.wire.RenewedEncoder;
import io.fencegate.codecs.wire.RequestRefusedEncoder;
import io.fencegate.codecs.wire.RevokeEncoder;
import io.fencegate.codecs.wire.RevokedEncoder;
import io.fencegate.codecs.wire.UnwatchEncoder;
import io.fencegate.codecs.wire.UnwatchedEncoder;
import io.fencegate.codecs.wire.WaitCancelledEncoder;
import io.fencegate.codecs.wire.WatchDroppedEncoder;
import io.fencegate.codecs.wire.WatchEncoder;
import io.fencegate.codecs.wire.WatchingEncoder;
import io.fencegate.codecs.wire.WelcomeEncoder;
import io.fencegate.codecs.wire.WriteAcceptedEncoder;
import io.fencegate.codecs.wire.WriteDecoder;
import io.fencegate.codecs.wire.WriteEncoder;
import io.fencegate.codecs.wire.WriteRefusedEncoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** The wire format does not change by accident. */
class WireGoldenTest {
    private static final byte[] PAYLOAD = "hello".getBytes(StandardCharsets.US_ASCII);
    private static final Map<String, MessageWriter> MESSAGES = messages();

    private final GoldenBytes golden = new GoldenBytes("wire.properties");

    @Test
    void everyMessageHasTheBytesThatWereAgreedUpon() {
        final MutableDirectBuffer buffer = new ExpandableArrayBuffer();
        final MessageHeaderEncoder header = new MessageHeaderEncoder();
        assertAll(MESSAGES.entrySet().stream().map(message -> () -> {
            final int length =
                    MessageHeaderEncoder.ENCODED_LENGTH + message.getValue().write(buffer, header);
            golden.assertMatches(message.getKey(), buffer, length);
        }));
    }

    @Test
    void everyMessageOfTheSchemaIsCovered() throws IOException {
        golden.assertCovers("fencegate-wire.xml");
        assertEquals(golden.all().keySet(), MESSAGES.keySet());
    }

    @Test
    void everyMessageNamesSchemaAndVersion() {
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        golden.all().forEach((name, bytes) -> {
            header.wrap(new UnsafeBuffer(bytes), 0);
            assertEquals(5101, header.schemaId(), name);
            assertEquals(WireLimits.PROTOCOL_VERSION, header.version(), name);
        });
    }

    @Test
    void aWriteIsReadBackAsItWasWritten() {
        final WriteDecoder write = new WriteDecoder()
                .wrapAndApplyHeader(new UnsafeBuffer(golden.all().get("Write")), 0, new MessageHeaderDecoder());
        assertEquals(0x1102030405060708L, write.token());
        assertEquals(0x1202030405060708L, write.sequence());
        assertEquals(0x130B0C0D, write.handle());
        assertEquals(0xF4F2F3F4L, write.payloadCrc());
        final byte[] payload = new byte[write.payloadLength()];
        write.getPayload(payload, 0, payload.length);
        assertEquals("hello", new String(payload, StandardCharsets.US_ASCII));
    }

    @Test
    void aPageOfLeasesIsReadBackAsItWasWritten() {
        final LeasesDecoder leases = new LeasesDecoder()
                .wrapAndApplyHeader(new UnsafeBuffer(golden.all().get("Leases")), 0, new MessageHeaderDecoder());
        assertEquals(1, leases.more());
        final LeasesDecoder.LeaseDecoder lease = leases.lease();
        assertEquals(2, lease.count());
        assertEquals("a", lease.next().resource());
        assertEquals("orders/b", lease.next().resource());
    }

    @Test
    void eightByteFieldsAreAlignedInEveryMessage() {
        assertEquals(0, WriteDecoder.tokenEncodingOffset() % Long.BYTES);
        assertEquals(0, WriteDecoder.sequenceEncodingOffset() % Long.BYTES);
        assertEquals(0, WriteDecoder.handleEncodingOffset() % Integer.BYTES);
        assertEquals(0, MessageHeaderDecoder.ENCODED_LENGTH % Long.BYTES);
        assertTrue(WireLimits.WRITE_FIXED_LENGTH <= WireLimits.CACHE_LINE_LENGTH);
    }

    private static int encodeLeases(final MutableDirectBuffer buffer, final MessageHeaderEncoder header) {
        final LeasesEncoder leases = new LeasesEncoder()
                .wrapAndApplyHeader(buffer, 0, header)
                .requestId(0x1102030405060708L)
                .clientId(0x1202030405060708L)
                .more((short) 1);
        leases.leaseCount(2)
                .next()
                .holder(1)
                .token(2)
                .remainingMs(3)
                .waiters(4)
                .resource("a")
                .next()
                .holder(5)
                .token(6)
                .remainingMs(7)
                .waiters(8)
                .resource("orders/b");
        return leases.encodedLength();
    }

    private static Map<String, MessageWriter> messages() {
        final Map<String, MessageWriter> messages = new TreeMap<>();
        addRequests(messages);
        addOpenAnswers(messages);
        addWriteAndReadAnswers(messages);
        addCommands(messages);
        addFloor(messages);
        addGrants(messages);
        addOtherAnswers(messages);
        addWaitWatchAndOperatorCommands(messages);
        addWaitWatchAndOperatorAnswers(messages);
        addEvents(messages);
        messages.put("ChangeKey", KeyMessages::changeKey);
        messages.put("DescribeKeys", KeyMessages::describeKeys);
        messages.put("Keys", KeyMessages::keys);
        AccessMessages.addTo(messages);
        return messages;
    }

    private static void addRequests(final Map<String, MessageWriter> messages) {
        messages.put(
                "Hello",
                (buffer, header) -> new HelloEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .correlationId(0x1102030405060708L)
                        .clientId(0x1202030405060708L)
                        .protocolVersion(0x130B0C0D)
                        .encodedLength());
        messages.put(
                "Open",
                (buffer, header) -> new OpenEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .correlationId(0x1102030405060708L)
                        .token(0x1202030405060708L)
                        .clientId(0x1302030405060708L)
                        .seal(0x1402030405060708L)
                        .resource("orders/é")
                        .encodedLength());
        messages.put(
                "Write",
                (buffer, header) -> new WriteEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .token(0x1102030405060708L)
                        .sequence(0x1202030405060708L)
                        .handle(0x130B0C0D)
                        .payloadCrc(0xF4F2F3F4L)
                        .putPayload(PAYLOAD, 0, PAYLOAD.length)
                        .encodedLength());
        messages.put(
                "Read",
                (buffer, header) -> new ReadEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .correlationId(0x1102030405060708L)
                        .resource("orders/é")
                        .encodedLength());
        messages.put(
                "KeepAlive",
                (buffer, header) -> new KeepAliveEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .clientId(0x1102030405060708L)
                        .encodedLength());
        messages.put(
                "Goodbye",
                (buffer, header) -> new GoodbyeEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .clientId(0x1102030405060708L)
                        .encodedLength());
    }

    private static void addOpenAnswers(final Map<String, MessageWriter> messages) {
        messages.put(
                "Welcome",
                (buffer, header) -> new WelcomeEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .correlationId(0x1102030405060708L)
                        .session(0x1202030405060708L)
                        .journalId(0x1302030405060708L)
                        .generation(0x1402030405060708L)
                        .payloadLengthMax(0x150B0C0D)
                        .answersPendingMax(0x160B0C0D)
                        .protocolVersion(0x170B0C0D)
                        .encodedLength());
        messages.put(
                "Opened",
                (buffer, header) -> new OpenedEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .correlationId(0x1102030405060708L)
                        .token(0x1202030405060708L)
                        .sequenceLast(0x1302030405060708L)
                        .lastToken(0x1402030405060708L)
                        .lastSequence(0x1502030405060708L)
                        .lastGeneration(0x1602030405060708L)
                        .lastPosition(0x1702030405060708L)
                        .handle(0x180B0C0D)
                        .runningCrc(0xF9F2F3F4L)
                        .encodedLength());
        messages.put(
                "OpenRefused",
                (buffer, header) -> new OpenRefusedEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .correlationId(0x1102030405060708L)
                        .token(0x1202030405060708L)
                        .fenceToken(0x1302030405060708L)
                        .fenceClientId(0x1402030405060708L)
                        .proof(0x1502030405060708L)
                        .verdict((short) 26)
                        .encodedLength());
    }

    private static void addWriteAndReadAnswers(final Map<String, MessageWriter> messages) {
        messages.put(
                "WriteAccepted",
                (buffer, header) -> new WriteAcceptedEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .token(0x1102030405060708L)
                        .sequence(0x1202030405060708L)
                        .generation(0x1302030405060708L)
                        .position(0x1402030405060708L)
                        .handle(0x150B0C0D)
                        .verdict((short) 26)
                        .encodedLength());
        messages.put(
                "WriteRefused",
                (buffer, header) -> new WriteRefusedEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .token(0x1102030405060708L)
                        .sequence(0x1202030405060708L)
                        .fenceToken(0x1302030405060708L)
                        .fenceClientId(0x1402030405060708L)
                        .sequenceExpected(0x1502030405060708L)
                        .handle(0x160B0C0D)
                        .verdict((short) 26)
                        .encodedLength());
        messages.put(
                "LastRecord",
                (buffer, header) -> new LastRecordEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .correlationId(0x1102030405060708L)
                        .token(0x1202030405060708L)
                        .sequence(0x1302030405060708L)
                        .generation(0x1402030405060708L)
                        .position(0x1502030405060708L)
                        .handle(0x160B0C0D)
                        .payloadCrc(0xF7F2F3F4L)
                        .putPayload(PAYLOAD, 0, PAYLOAD.length)
                        .encodedLength());
        messages.put(
                "RequestRefused",
                (buffer, header) -> new RequestRefusedEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .correlationId(0x1102030405060708L)
                        .templateId(0x120B0C0D)
                        .verdict((short) 23)
                        .encodedLength());
    }

    private static void addCommands(final Map<String, MessageWriter> messages) {
        messages.put(
                "Acquire",
                (buffer, header) -> new AcquireEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .clientId(0x1102030405060708L)
                        .requestId(0x1202030405060708L)
                        .ttlMs(0x1302030405060708L)
                        .waitMs(0x1402030405060708L)
                        .resource("orders/é")
                        .encodedLength());
        messages.put(
                "Renew",
                (buffer, header) -> new RenewEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .clientId(0x1102030405060708L)
                        .requestId(0x1202030405060708L)
                        .token(0x1302030405060708L)
                        .ttlMs(0x1402030405060708L)
                        .resource("orders/é")
                        .encodedLength());
        messages.put(
                "Release",
                (buffer, header) -> new ReleaseEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .clientId(0x1102030405060708L)
                        .requestId(0x1202030405060708L)
                        .token(0x1302030405060708L)
                        .resource("orders/é")
                        .encodedLength());
        messages.put(
                "ListLeases",
                (buffer, header) -> new ListLeasesEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .clientId(0x1102030405060708L)
                        .requestId(0x1202030405060708L)
                        .prefix("orders/é")
                        .after("orders/b")
                        .encodedLength());
    }

    private static void addGrants(final Map<String, MessageWriter> messages) {
        messages.put(
                "Granted",
                (buffer, header) -> new GrantedEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .requestId(0x1102030405060708L)
                        .clientId(0x1202030405060708L)
                        .token(0x1302030405060708L)
                        .seal(0x1402030405060708L)
                        .ttlMs(0x1502030405060708L)
                        .remainingMs(0x1602030405060708L)
                        .resource("orders/é")
                        .encodedLength());
        messages.put(
                "Queued",
                (buffer, header) -> new QueuedEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .requestId(0x1102030405060708L)
                        .clientId(0x1202030405060708L)
                        .place(0x130B0C0D)
                        .encodedLength());
        messages.put(
                "Denied",
                (buffer, header) -> new DeniedEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .requestId(0x1102030405060708L)
                        .clientId(0x1202030405060708L)
                        .token(0x1302030405060708L)
                        .remainingMs(0x1402030405060708L)
                        .holder(0x1502030405060708L)
                        .encodedLength());
    }

    private static void addOtherAnswers(final Map<String, MessageWriter> messages) {
        messages.put(
                "Renewed",
                (buffer, header) -> new RenewedEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .requestId(0x1102030405060708L)
                        .clientId(0x1202030405060708L)
                        .token(0x1302030405060708L)
                        .seal(0x1402030405060708L)
                        .ttlMs(0x1502030405060708L)
                        .remainingMs(0x1602030405060708L)
                        .encodedLength());
        messages.put(
                "LeaseRefused",
                (buffer, header) -> new LeaseRefusedEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .requestId(0x1102030405060708L)
                        .clientId(0x1202030405060708L)
                        .currentToken(0x1302030405060708L)
                        .currentHolder(0x1402030405060708L)
                        .verdict((short) 25)
                        .reason((short) 26)
                        .encodedLength());
        messages.put(
                "Released",
                (buffer, header) -> new ReleasedEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .requestId(0x1102030405060708L)
                        .clientId(0x1202030405060708L)
                        .token(0x1302030405060708L)
                        .encodedLength());
        messages.put("Leases", WireGoldenTest::encodeLeases);
    }

    private static void addWaitWatchAndOperatorCommands(final Map<String, MessageWriter> messages) {
        messages.put(
                "CancelWait",
                (buffer, header) -> new CancelWaitEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .clientId(0x1102030405060708L)
                        .requestId(0x1202030405060708L)
                        .waitRequestId(0x1302030405060708L)
                        .resource("orders/é")
                        .encodedLength());
        messages.put(
                "Revoke",
                (buffer, header) -> new RevokeEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .clientId(0x1102030405060708L)
                        .requestId(0x1202030405060708L)
                        .token(0x1302030405060708L)
                        .resource("orders/é")
                        .encodedLength());
        messages.put(
                "Describe",
                (buffer, header) -> new DescribeEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .clientId(0x1102030405060708L)
                        .requestId(0x1202030405060708L)
                        .resource("orders/é")
                        .encodedLength());
        messages.put(
                "Watch",
                (buffer, header) -> new WatchEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .clientId(0x1102030405060708L)
                        .requestId(0x1202030405060708L)
                        .prefix("orders/é")
                        .encodedLength());
        messages.put(
                "Unwatch",
                (buffer, header) -> new UnwatchEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .clientId(0x1102030405060708L)
                        .requestId(0x1202030405060708L)
                        .watchRequestId(0x1302030405060708L)
                        .encodedLength());
    }

    private static void addWaitWatchAndOperatorAnswers(final Map<String, MessageWriter> messages) {
        messages.put(
                "WaitCancelled",
                (buffer, header) -> new WaitCancelledEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .requestId(0x1102030405060708L)
                        .clientId(0x1202030405060708L)
                        .waitRequestId(0x1302030405060708L)
                        .encodedLength());
        messages.put(
                "Revoked",
                (buffer, header) -> new RevokedEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .requestId(0x1102030405060708L)
                        .clientId(0x1202030405060708L)
                        .token(0x1302030405060708L)
                        .seal(0x1402030405060708L)
                        .revokedToken(0x1502030405060708L)
                        .revokedHolder(0x1602030405060708L)
                        .resource("orders/é")
                        .encodedLength());
        messages.put(
                "Described",
                (buffer, header) -> new DescribedEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .requestId(0x1102030405060708L)
                        .clientId(0x1202030405060708L)
                        .holder(0x1302030405060708L)
                        .token(0x1402030405060708L)
                        .ttlMs(0x1502030405060708L)
                        .remainingMs(0x1602030405060708L)
                        .waiters(0x170B0C0D)
                        .resource("orders/é")
                        .encodedLength());
        messages.put(
                "Unwatched",
                (buffer, header) -> new UnwatchedEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .requestId(0x1102030405060708L)
                        .clientId(0x1202030405060708L)
                        .watchRequestId(0x1302030405060708L)
                        .encodedLength());
    }

    private static void addEvents(final Map<String, MessageWriter> messages) {
        messages.put(
                "Watching",
                (buffer, header) -> new WatchingEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .requestId(0x1102030405060708L)
                        .clientId(0x1202030405060708L)
                        .revision(0x1302030405060708L)
                        .encodedLength());
        messages.put(
                "LeaseEvent",
                (buffer, header) -> new LeaseEventEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .watchRequestId(0x1102030405060708L)
                        .clientId(0x1202030405060708L)
                        .revision(0x1302030405060708L)
                        .holder(0x1402030405060708L)
                        .token(0x1502030405060708L)
                        .remainingMs(0x1602030405060708L)
                        .kind((short) 0x17)
                        .resource("orders/é")
                        .encodedLength());
        messages.put(
                "WatchDropped",
                (buffer, header) -> new WatchDroppedEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .watchRequestId(0x1102030405060708L)
                        .clientId(0x1202030405060708L)
                        .revision(0x1302030405060708L)
                        .encodedLength());
    }

    private static void addFloor(final Map<String, MessageWriter> messages) {
        messages.put(
                "RaiseFloor",
                (buffer, header) -> new RaiseFloorEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .clientId(0x1102030405060708L)
                        .requestId(0x1202030405060708L)
                        .proof(0x1302030405060708L)
                        .token(0x1402030405060708L)
                        .provenClientId(0x1502030405060708L)
                        .resource("orders/é")
                        .encodedLength());
        messages.put(
                "FloorRaised",
                (buffer, header) -> new FloorRaisedEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .requestId(0x1102030405060708L)
                        .clientId(0x1202030405060708L)
                        .termOffset(0x1302030405060708L)
                        .encodedLength());
        messages.put(
                "FloorKept",
                (buffer, header) -> new FloorKeptEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .requestId(0x1102030405060708L)
                        .clientId(0x1202030405060708L)
                        .termOffset(0x1302030405060708L)
                        .encodedLength());
    }
}
