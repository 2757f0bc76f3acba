package io.fencegate.codecs;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fencegate.codecs.snapshot.MessageHeaderDecoder;
import io.fencegate.codecs.snapshot.MessageHeaderEncoder;
import io.fencegate.codecs.snapshot.SnapshotAccessEncoder;
import io.fencegate.codecs.snapshot.SnapshotAnswerEncoder;
import io.fencegate.codecs.snapshot.SnapshotBeginEncoder;
import io.fencegate.codecs.snapshot.SnapshotCharterEncoder;
import io.fencegate.codecs.snapshot.SnapshotClientEncoder;
import io.fencegate.codecs.snapshot.SnapshotClockEncoder;
import io.fencegate.codecs.snapshot.SnapshotEndEncoder;
import io.fencegate.codecs.snapshot.SnapshotEndedEncoder;
import io.fencegate.codecs.snapshot.SnapshotEventsEncoder;
import io.fencegate.codecs.snapshot.SnapshotKeysEncoder;
import io.fencegate.codecs.snapshot.SnapshotLeaseEncoder;
import io.fencegate.codecs.snapshot.SnapshotRouteEncoder;
import io.fencegate.codecs.snapshot.SnapshotTokensEncoder;
import io.fencegate.codecs.snapshot.SnapshotWaitEncoder;
import io.fencegate.codecs.snapshot.SnapshotWatchEncoder;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** The format of the sequencer's snapshots does not change by accident. */
class SnapshotGoldenTest {
    private static final String NAME = "orders/é";

    private final GoldenBytes golden = new GoldenBytes("snapshot.properties");
    private final Map<String, byte[]> encoded = new TreeMap<>();
    private final MutableDirectBuffer buffer = new ExpandableArrayBuffer();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    @Test
    void everyRecordHasTheBytesThatWereAgreedUpon() throws IOException {
        golden.assertCovers("fencegate-snapshot.xml");

        encodeFixedRecords();
        encodeRecordsWithNames();
        encodeRecordsOfWatchesAndEnds();
        encodeRecordsOfAccess();

        assertEquals(golden.all().keySet(), encoded.keySet());
        assertAll(encoded.entrySet().stream()
                .map(e -> () -> golden.assertMatches(e.getKey(), new UnsafeBuffer(e.getValue()), e.getValue().length)));
    }

    @Test
    void everyRecordNamesSchemaAndVersion() {
        final MessageHeaderDecoder decoder = new MessageHeaderDecoder();
        golden.all().forEach((name, bytes) -> {
            decoder.wrap(new UnsafeBuffer(bytes), 0);
            assertEquals(5103, decoder.schemaId(), name);
            assertEquals(1, decoder.version(), name);
        });
    }

    private void encodeFixedRecords() {
        put(
                "SnapshotBegin",
                new SnapshotBeginEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .logPosition(0x1102030405060708L)
                        .timerId(0x1202030405060708L)
                        .answersKeptMs(0x1302030405060708L)
                        .leasesMax(0x14020304)
                        .waitersPerResourceMax(0x15020304)
                        .waitersMax(0x16020304)
                        .clientsMax(0x17020304)
                        .answersPerClientMax(0x18020304)
                        .watchesMax(0x19020304)
                        .watchesPerSessionMax(0x1A020304)
                        .timerIsRunning((short) 1)
                        .encodedLength());
        put(
                "SnapshotClock",
                new SnapshotClockEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .leadershipTermId(0x1102030405060708L)
                        .timestampMs(0x1202030405060708L)
                        .logTimeMs(0x1302030405060708L)
                        .encodedLength());
        put(
                "SnapshotTokens",
                new SnapshotTokensEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .termOffset(0x1102030405060708L)
                        .leadershipTermId(0x1202030405060708L)
                        .serial(0x1302030405060708L)
                        .encodedLength());
        put(
                "SnapshotClient",
                new SnapshotClientEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .clientId(0x1102030405060708L)
                        .forgottenHighest(0x1202030405060708L)
                        .idleSinceMs(0x1302030405060708L)
                        .isBusy((short) 1)
                        .encodedLength());
        put(
                "SnapshotEnd",
                new SnapshotEndEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .records(0x1102030405060708L)
                        .clients(0x1202030405060708L)
                        .answers(0x1302030405060708L)
                        .leases(0x1402030405060708L)
                        .waits(0x1502030405060708L)
                        .routes(0x1602030405060708L)
                        .ended(0x1702030405060708L)
                        .watches(0x1802030405060708L)
                        .crc(0xF4F2F3F4L)
                        .encodedLength());
    }

    private void encodeRecordsOfWatchesAndEnds() {
        put(
                "SnapshotKeys",
                new SnapshotKeysEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .revision(0x1102030405060708L)
                        .newest(0x1202030405060708L)
                        .older(0x1302030405060708L)
                        .retirementPosition(0x1402030405060708L)
                        .lastClientId(0x1502030405060708L)
                        .lastRequestId(0x1602030405060708L)
                        .lastFingerprint(0x1702030405060708L)
                        .lastRevision(0x1802030405060708L)
                        .live((short) 0x19)
                        .lastAction((short) 0x1A)
                        .encodedLength());
        put(
                "SnapshotCharter",
                new SnapshotCharterEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .digest(0x1102030405060708L)
                        .isFounded((short) 1)
                        .encodedLength());
        put(
                "SnapshotRoute",
                new SnapshotRouteEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .clientId(0x1102030405060708L)
                        .sessionId(0x1202030405060708L)
                        .encodedLength());
        put(
                "SnapshotEvents",
                new SnapshotEventsEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .revision(0x1102030405060708L)
                        .watchNumberLast(0x1202030405060708L)
                        .encodedLength());
        put(
                "SnapshotEnded",
                new SnapshotEndedEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .token(0x1102030405060708L)
                        .end((short) 0x12)
                        .encodedLength());
        put(
                "SnapshotWatch",
                new SnapshotWatchEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .number(0x1102030405060708L)
                        .clientId(0x1202030405060708L)
                        .requestId(0x1302030405060708L)
                        .sessionId(0x1402030405060708L)
                        .prefix(NAME)
                        .encodedLength());
    }

    private void encodeRecordsWithNames() {
        put(
                "SnapshotAnswer",
                new SnapshotAnswerEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .requestId(0x1102030405060708L)
                        .token(0x1202030405060708L)
                        .ttlMs(0x1302030405060708L)
                        .waitMs(0x1402030405060708L)
                        .answerToken(0x1502030405060708L)
                        .answerTtlMs(0x1602030405060708L)
                        .deadlineMs(0x1702030405060708L)
                        .waitRequestId(0x1802030405060708L)
                        .answerHolder(0x1902030405060708L)
                        .provenClientId(0x1A02030405060708L)
                        .proof(0x1B02030405060708L)
                        .kind((short) 0x1C)
                        .verdict((short) 0x1D)
                        .end((short) 0x1E)
                        .resource(NAME)
                        .encodedLength());
        put(
                "SnapshotLease",
                new SnapshotLeaseEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .holder(0x1102030405060708L)
                        .token(0x1202030405060708L)
                        .ttlMs(0x1302030405060708L)
                        .deadlineMs(0x1402030405060708L)
                        .resource(NAME)
                        .encodedLength());
        put(
                "SnapshotWait",
                new SnapshotWaitEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .clientId(0x1102030405060708L)
                        .requestId(0x1202030405060708L)
                        .ttlMs(0x1302030405060708L)
                        .waitMs(0x1402030405060708L)
                        .deadlineMs(0x1502030405060708L)
                        .order(0x1602030405060708L)
                        .resource(NAME)
                        .encodedLength());
    }

    private void encodeRecordsOfAccess() {
        put(
                "SnapshotAccess",
                new SnapshotAccessEncoder()
                        .wrapAndApplyHeader(buffer, 0, header)
                        .revision(0x1102030405060708L)
                        .clientId(0x1202030405060708L)
                        .requestId(0x1302030405060708L)
                        .revisionExpected(0x1402030405060708L)
                        .kind((short) 0x15)
                        .allowed((short) 0x16)
                        .rights((short) 0x17)
                        .principal("alice")
                        .prefix(NAME)
                        .encodedLength());
    }

    private void put(final String name, final int encodedLength) {
        final byte[] bytes = new byte[MessageHeaderEncoder.ENCODED_LENGTH + encodedLength];
        buffer.getBytes(0, bytes);
        encoded.put(name, bytes);
    }
}
