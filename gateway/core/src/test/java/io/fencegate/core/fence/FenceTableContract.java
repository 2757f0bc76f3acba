package io.fencegate.core.fence;

import static io.fencegate.core.grant.Verdict.ACCEPTED;
import static io.fencegate.core.grant.Verdict.BAD_SEAL;
import static io.fencegate.core.grant.Verdict.CORRUPT_PAYLOAD;
import static io.fencegate.core.grant.Verdict.DUPLICATE;
import static io.fencegate.core.grant.Verdict.NOT_OPEN;
import static io.fencegate.core.grant.Verdict.NOT_OWNER;
import static io.fencegate.core.grant.Verdict.OPENED;
import static io.fencegate.core.grant.Verdict.PAYLOAD_MISMATCH;
import static io.fencegate.core.grant.Verdict.SEQUENCE_GAP;
import static io.fencegate.core.grant.Verdict.STALE_TOKEN;
import static io.fencegate.core.grant.Verdict.STORAGE_FULL;
import static io.fencegate.core.grant.Verdict.TABLE_FULL;
import static io.fencegate.core.grant.Verdict.TOO_LARGE;
import static io.fencegate.core.grant.Verdict.UNKNOWN_RESOURCE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.ExpandableDirectByteBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every fence table does: one suite for the table off the heap and for its twin. */
abstract class FenceTableContract {
    static final int CAPACITY = 4;
    static final int NAME_BYTES_MAX = 40;
    static final int PAYLOAD_LENGTH_MAX = 8;
    static final long ALICE = 7;
    static final long BOB = 8;

    private PaperGateway gateway;

    abstract FenceTable create(int capacity, int nameBytesMax, int payloadLengthMax);

    @BeforeEach
    final void setUp() {
        gateway = new PaperGateway(this::create, CAPACITY, NAME_BYTES_MAX, PAYLOAD_LENGTH_MAX);
    }

    @AfterEach
    final void tearDown() {
        gateway.close();
    }

    @Test
    final void anEmptyTableKnowsNoResource() {
        assertEquals(0, gateway.table().size());
        assertEquals(CAPACITY, gateway.table().capacity());
        assertEquals(FenceTable.NO_HANDLE, gateway.handle("orders"));
        assertEquals(UNKNOWN_RESOURCE, gateway.write(0, 3, 1, 1, "a", PaperGateway.crc("a")));
    }

    @Test
    final void handlesCountFromZeroAndStayWithTheirNames() {
        gateway.open("orders", 3, ALICE, 1);
        gateway.open("invoices", 1, BOB, 2);
        gateway.open("orders", 9, BOB, 3);

        assertEquals(0, gateway.handle("orders"));
        assertEquals(1, gateway.handle("invoices"));
        assertEquals(2, gateway.table().size());
        assertEquals("invoices", nameOf(1));
    }

    @Test
    final void namesAreOneOnlyIfTheirBytesAre() {
        for (final String name : new String[] {"orders", "Orders", "orders ", "order"}) {
            gateway.open(name, 1, ALICE, 1);
        }

        assertEquals(4, gateway.table().size());
        assertEquals(FenceTable.NO_HANDLE, gateway.handle("orderz"));
        assertEquals("orders ", nameOf(2));
    }

    @Test
    final void anOpenedFenceTellsItsGrant() {
        gateway.open("orders", 3, ALICE, 11);

        assertEquals(3, gateway.table().token(0));
        assertEquals(ALICE, gateway.table().clientId(0));
        assertEquals(~3L, gateway.table().seal(0));
        assertEquals(11, gateway.table().owner(0));
        assertEquals(0, gateway.table().sequenceLast(0));
        assertLast(0, 0, 0, 0);
    }

    @Test
    final void anAcceptedRecordIsRemembered() {
        gateway.open("orders", 3, ALICE, 1);
        assertEquals(ACCEPTED, gateway.write("orders", 3, 1, 1, "a"));
        assertEquals(ACCEPTED, gateway.write("orders", 3, 2, 1, "b"));

        assertEquals(2, gateway.table().sequenceLast(0));
        assertEquals(PaperGateway.crc("b"), gateway.table().lastPayloadCrc(0));
        assertLast(3, 2, 1, 3);
    }

    @Test
    final void theRunningCrcCoversTheTokensPayloadCrcs() {
        gateway.open("orders", 3, ALICE, 1);
        gateway.write("orders", 3, 1, 1, "a");
        gateway.write("orders", 3, 2, 1, "b");
        assertEquals(crcOfCrcs("a", "b"), gateway.table().runningCrc(0));

        gateway.open("orders", 3, ALICE, 2);
        assertEquals(crcOfCrcs("a", "b"), gateway.table().runningCrc(0));

        gateway.open("orders", 4, BOB, 3);
        assertEquals(0, gateway.table().runningCrc(0));
        gateway.write("orders", 4, 1, 3, "c");
        assertEquals(crcOfCrcs("c"), gateway.table().runningCrc(0));
    }

    @Test
    final void aHigherTokenFencesTheLowerOneAtOnceAndKeepsTheLastRecord() {
        gateway.open("orders", 3, ALICE, 1);
        gateway.write("orders", 3, 1, 1, "a");

        assertEquals(OPENED, gateway.ask("orders", 4, BOB));
        assertEquals(STALE_TOKEN, gateway.write("orders", 3, 2, 1, "b"));
        assertEquals(NOT_OPEN, gateway.write("orders", 4, 1, 2, "b"));
        assertEquals(0, gateway.table().sequenceLast(0));
        assertLast(3, 1, 1, 2);

        assertEquals(OPENED, gateway.answer("orders", 4, BOB, 2));
        assertEquals(ACCEPTED, gateway.write("orders", 4, 1, 2, "b"));
    }

    @Test
    final void anOpenThatWasOvertakenIsAnsweredStale() {
        gateway.ask("orders", 3, ALICE);
        gateway.ask("orders", 4, BOB);

        assertEquals(STALE_TOKEN, gateway.answer("orders", 3, ALICE, 1));
        assertEquals(FenceTable.NO_SESSION, gateway.table().owner(0));
        assertEquals(OPENED, gateway.answer("orders", 4, BOB, 2));
    }

    @Test
    final void anOtherClientsOpenOfTheSameTokenIsAnsweredNotOwner() {
        gateway.ask("orders", 3, ALICE);

        assertEquals(NOT_OWNER, gateway.answer("orders", 3, BOB, 2));
        assertEquals(FenceTable.NO_SESSION, gateway.table().owner(0));
    }

    @Test
    final void checkingAnOpenChangesNothing() {
        gateway.open("orders", 3, ALICE, 1);
        final OpenRequest request = request("orders", 9, BOB);

        assertEquals(OPENED, gateway.table().checkOpen(request, true, true));
        assertEquals(OPENED, gateway.table().checkOpen(request("new", 9, BOB), true, true));
        assertEquals(3, gateway.table().token(0));
        assertEquals(1, gateway.table().owner(0));
        assertEquals(1, gateway.table().size());
    }

    @Test
    final void checkingAWriteChangesNothing() {
        gateway.open("orders", 3, ALICE, 1);
        final WriteRequest request = write(0, 3, 1, "a");

        assertEquals(ACCEPTED, gateway.table().checkWrite(1, request, true));
        assertEquals(ACCEPTED, gateway.table().checkWrite(1, request, true));
        assertEquals(0, gateway.table().sequenceLast(0));
    }

    @Test
    final void opensAreRefusedByTheFirstRuleThatMatches() {
        gateway.open("orders", 3, ALICE, 1);
        final FenceTable table = gateway.table();

        assertEquals(BAD_SEAL, table.checkOpen(request("orders", 2, BOB), false, false));
        assertEquals(BAD_SEAL, table.checkOpen(request("orders", 3, ALICE), false, true));
        assertEquals(BAD_SEAL, table.checkOpen(request("new", 1, ALICE), false, true));
        assertEquals(STALE_TOKEN, table.checkOpen(request("orders", 2, ALICE), true, false));
        assertEquals(NOT_OWNER, table.checkOpen(request("orders", 3, BOB), true, false));
        assertEquals(OPENED, table.checkOpen(request("orders", 3, ALICE), true, false));
        assertEquals(STORAGE_FULL, table.checkOpen(request("orders", 4, ALICE), true, false));
        assertEquals(STORAGE_FULL, table.checkOpen(request("new", 1, ALICE), true, false));
    }

    @Test
    final void writesAreRefusedByTheFirstRuleThatMatches() {
        gateway.open("orders", 3, ALICE, 1);
        gateway.write("orders", 3, 1, 1, "a");
        gateway.write("orders", 3, 2, 1, "b");
        gateway.room(false);
        final String tooLong = "123456789";
        final int bad = 12345;

        assertEquals(UNKNOWN_RESOURCE, gateway.write(1, 2, 9, 2, tooLong, bad));
        assertEquals(UNKNOWN_RESOURCE, gateway.write(FenceTable.NO_HANDLE, 2, 9, 2, tooLong, bad));
        assertEquals(STALE_TOKEN, gateway.write(0, 2, 9, 2, tooLong, bad));
        assertEquals(NOT_OPEN, gateway.write(0, 4, 9, 2, tooLong, bad));
        assertEquals(NOT_OWNER, gateway.write(0, 3, 9, 2, tooLong, bad));
        assertEquals(DUPLICATE, gateway.write(0, 3, 1, 1, tooLong, bad));
        assertEquals(PAYLOAD_MISMATCH, gateway.write(0, 3, 2, 1, tooLong, bad));
        assertEquals(DUPLICATE, gateway.write(0, 3, 2, 1, tooLong, PaperGateway.crc("b")));
        assertEquals(SEQUENCE_GAP, gateway.write(0, 3, 4, 1, tooLong, bad));
        assertEquals(TOO_LARGE, gateway.write(0, 3, 3, 1, tooLong, bad));
        assertEquals(CORRUPT_PAYLOAD, gateway.write(0, 3, 3, 1, "12345678", bad));
        assertEquals(STORAGE_FULL, gateway.write("orders", 3, 3, 1, "12345678"));
        gateway.room(true);
        assertEquals(ACCEPTED, gateway.write("orders", 3, 3, 1, "12345678"));
    }

    @Test
    final void theHighestNumbersDoNotOverflow() {
        gateway.open("orders", Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE);

        assertEquals(SEQUENCE_GAP, gateway.write("orders", Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, "a"));
        assertEquals(STALE_TOKEN, gateway.write("orders", Long.MAX_VALUE - 1, 1, Long.MAX_VALUE, "a"));
        assertEquals(ACCEPTED, gateway.write("orders", Long.MAX_VALUE, 1, Long.MAX_VALUE, "a"));
        assertEquals(UNKNOWN_RESOURCE, gateway.write(Integer.MAX_VALUE, 1, 1, 1, "a", 0));
        assertEquals(UNKNOWN_RESOURCE, gateway.write(Integer.MIN_VALUE, 1, 1, 1, "a", 0));
    }

    @Test
    final void theSameHolderTakesOverFromItsOlderSession() {
        gateway.open("orders", 3, ALICE, 1);
        gateway.write("orders", 3, 1, 1, "a");

        assertEquals(OPENED, gateway.ask("orders", 3, ALICE));
        assertEquals(NOT_OPEN, gateway.write("orders", 3, 2, 1, "b"));
        assertEquals(OPENED, gateway.answer("orders", 3, ALICE, 2));
        assertEquals(NOT_OWNER, gateway.write("orders", 3, 2, 1, "b"));
        assertEquals(1, gateway.table().sequenceLast(0));
        assertEquals(ACCEPTED, gateway.write("orders", 3, 2, 2, "b"));
    }

    @Test
    final void aSessionThatEndsOwnsNothingAndHarmsNobodyElse() {
        gateway.open("orders", 3, ALICE, 1);
        gateway.leave("orders", 2);
        assertEquals(ACCEPTED, gateway.write("orders", 3, 1, 1, "a"));

        gateway.leave("orders", 1);
        assertEquals(NOT_OPEN, gateway.write("orders", 3, 2, 1, "b"));
        assertEquals(OPENED, gateway.open("orders", 3, ALICE, 5));
        assertEquals(ACCEPTED, gateway.write("orders", 3, 2, 5, "b"));
    }

    @Test
    final void aTableFullOfResourcesRefusesNewOnesAndServesTheOld() {
        for (int i = 0; i < CAPACITY; i++) {
            assertEquals(OPENED, gateway.open("r" + i, 1, ALICE, 1));
        }

        assertEquals(TABLE_FULL, gateway.open("more", 1, ALICE, 1));
        gateway.room(false);
        assertEquals(TABLE_FULL, gateway.open("more", 1, ALICE, 1));
        gateway.room(true);
        assertEquals(OPENED, gateway.open("r0", 2, BOB, 2));
        assertThrows(IllegalStateException.class, () -> gateway.table().raise(request("more", 1, ALICE)));
        assertEquals(CAPACITY, gateway.table().size());
    }

    @Test
    final void aTableFullOfNamesRefusesWhatDoesNotFitAndTakesWhatDoes() {
        assertEquals(OPENED, gateway.open("n".repeat(NAME_BYTES_MAX - 2), 1, ALICE, 1));
        assertEquals(TABLE_FULL, gateway.open("abc", 1, ALICE, 1));
        assertThrows(IllegalStateException.class, () -> gateway.table().raise(request("abc", 1, ALICE)));
        assertEquals(OPENED, gateway.open("ab", 1, ALICE, 1));
        assertEquals(TABLE_FULL, gateway.open("c", 1, ALICE, 1));
        assertEquals("ab", nameOf(1));
    }

    @Test
    final void aRestartKeepsFencesAndRecordsAndForgetsSessions() {
        gateway.open("orders", 3, ALICE, 1);
        gateway.write("orders", 3, 1, 1, "a");
        gateway.open("orders", 4, BOB, 2);
        gateway.open("invoices", 2, BOB, 2);
        gateway.write("invoices", 2, 1, 2, "x");
        gateway.restart();

        assertEquals(4, gateway.table().token(0));
        assertEquals(BOB, gateway.table().clientId(0));
        assertEquals(FenceTable.NO_SESSION, gateway.table().owner(0));
        assertLast(3, 1, 1, 2);
        assertEquals(STALE_TOKEN, gateway.write("orders", 3, 2, 1, "b"));
        assertEquals(NOT_OPEN, gateway.write("orders", 4, 1, 2, "b"));
        assertEquals(crcOfCrcs("x"), gateway.table().runningCrc(1));
    }

    @Test
    final void aFenceNeverFalls() {
        gateway.open("orders", 3, ALICE, 1);

        assertThrows(IllegalStateException.class, () -> gateway.table().raise(request("orders", 3, ALICE)));
        assertThrows(IllegalStateException.class, () -> gateway.table().raise(request("orders", 2, BOB)));
        assertThrows(IllegalStateException.class, () -> gateway.table().raise(request("new", 0, BOB)));
        assertEquals(3, gateway.table().token(0));
        assertEquals(1, gateway.table().owner(0));
        assertEquals(1, gateway.table().size());
    }

    @Test
    final void impossibleRecordsStopTheTable() {
        gateway.open("orders", 3, ALICE, 1);
        final FenceTable table = gateway.table();
        final RecordRef record = new RecordRef().set(1, 2, 3);

        assertThrows(IllegalStateException.class, () -> table.accepted(1, 3, 1, 0, record));
        assertThrows(IllegalStateException.class, () -> table.accepted(-1, 3, 1, 0, record));
        assertThrows(IllegalStateException.class, () -> table.accepted(0, 2, 1, 0, record));
        assertThrows(IllegalStateException.class, () -> table.accepted(0, 4, 1, 0, record));
        assertThrows(IllegalStateException.class, () -> table.accepted(0, 3, 2, 0, record));
        assertThrows(IllegalStateException.class, () -> table.accepted(0, 3, 0, 0, record));
        assertLast(0, 0, 0, 0);
    }

    @Test
    final void anAnswerToAnOpenThatNeverWasStopsTheTable() {
        gateway.open("orders", 3, ALICE, 1);

        assertThrows(IllegalStateException.class, () -> gateway.table().opened(0, 4, ALICE, 1));
        assertThrows(IllegalStateException.class, () -> gateway.table().opened(1, 3, ALICE, 1));
        assertThrows(IllegalStateException.class, () -> gateway.table().opened(0, 3, ALICE, FenceTable.NO_SESSION));
        assertThrows(IllegalStateException.class, () -> gateway.table().token(1));
        assertThrows(IllegalStateException.class, () -> gateway.table().clientId(-1));
        assertThrows(IllegalStateException.class, () -> gateway.table().copyName(1, new ExpandableArrayBuffer(), 0));
    }

    @Test
    final void payloadsAreCheckedInEveryKindOfBuffer() {
        gateway.open("orders", 3, ALICE, 1);
        final byte[] large = new byte[64];
        final ByteBuffer slice = ByteBuffer.wrap(large, 5, 40).slice();
        final MutableDirectBuffer[] buffers = {
            new UnsafeBuffer(large),
            new UnsafeBuffer(large, 11, 32),
            new UnsafeBuffer(slice),
            new UnsafeBuffer(ByteBuffer.allocateDirect(64)),
            new UnsafeBuffer(ByteBuffer.allocateDirect(64), 16, 40),
            new ExpandableArrayBuffer(64),
            new ExpandableDirectByteBuffer(64)
        };
        for (final MutableDirectBuffer buffer : buffers) {
            final int offset = 7;
            buffer.putBytes(offset, "payload".getBytes(StandardCharsets.US_ASCII));
            final WriteRequest request = new WriteRequest()
                    .header(0, 3, 1, PaperGateway.crc("payload"))
                    .payload(buffer, offset, 7);
            assertEquals(
                    ACCEPTED,
                    gateway.table().checkWrite(1, request, true),
                    buffer.getClass().getName());
            buffer.putByte(offset + 6, (byte) 'x');
            assertEquals(CORRUPT_PAYLOAD, gateway.table().checkWrite(1, request, true));
        }
    }

    @Test
    final void anEmptyPayloadIsARecord() {
        gateway.open("orders", 3, ALICE, 1);

        assertEquals(ACCEPTED, gateway.write("orders", 3, 1, 1, ""));
        assertEquals(DUPLICATE, gateway.write("orders", 3, 1, 1, ""));
        assertEquals(CORRUPT_PAYLOAD, gateway.write(0, 3, 2, 1, "", 1));
    }

    @Test
    final void aClosedTableKnowsNothingAndCanBeClosedAgain() {
        gateway.open("orders", 3, ALICE, 1);
        gateway.close();

        assertEquals(FenceTable.NO_HANDLE, gateway.handle("orders"));
        assertEquals(UNKNOWN_RESOURCE, gateway.write(0, 3, 1, 1, "a", PaperGateway.crc("a")));
        assertThrows(IllegalStateException.class, () -> gateway.table().token(0));
    }

    private void assertLast(final long token, final long sequence, final long generation, final long position) {
        final RecordRef record = new RecordRef();
        gateway.table().lastRecord(0, record);
        assertEquals(token, gateway.table().lastToken(0));
        assertEquals(sequence, gateway.table().lastSequence(0));
        assertEquals(generation, record.generation());
        assertEquals(position, record.position());
        assertEquals(position == 0 ? 0 : PaperGateway.locator(position), record.locator());
    }

    private String nameOf(final int handle) {
        final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        final int length = gateway.table().copyName(handle, buffer, 3);
        return buffer.getStringWithoutLengthUtf8(3, length);
    }

    private static OpenRequest request(final String name, final long token, final long clientId) {
        final UnsafeBuffer buffer = new UnsafeBuffer(("..." + name).getBytes(StandardCharsets.UTF_8));
        return new OpenRequest().name(buffer, 3, buffer.capacity() - 3).grant(token, clientId, 0);
    }

    private static WriteRequest write(final int handle, final long token, final long sequence, final String payload) {
        final UnsafeBuffer buffer = new UnsafeBuffer(payload.getBytes(StandardCharsets.UTF_8));
        return new WriteRequest()
                .header(handle, token, sequence, PaperGateway.crc(payload))
                .payload(buffer, 0, buffer.capacity());
    }

    private static int crcOfCrcs(final String... payloads) {
        final CRC32C running = new CRC32C();
        for (final String payload : payloads) {
            final int crc = PaperGateway.crc(payload);
            running.update(new byte[] {(byte) crc, (byte) (crc >> 8), (byte) (crc >> 16), (byte) (crc >> 24)});
        }
        return (int) running.getValue();
    }
}
