package io.fencegate.storage.wire;

import static io.fencegate.storage.wire.WireFixture.ALICE;
import static io.fencegate.storage.wire.WireFixture.BOB;
import static io.fencegate.storage.wire.WireFixture.PAYLOAD_LENGTH_MAX;
import static io.fencegate.storage.wire.WireFixture.T1;
import static io.fencegate.storage.wire.WireFixture.T2;
import static io.fencegate.storage.wire.WireFixture.T3;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.core.grant.SealKey;
import io.fencegate.core.grant.Sealer;
import io.fencegate.core.grant.Verdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every verdict that a client can see today, over shared memory, from a real gateway. */
class VerdictsTest {
    private static final SealKey KEY = SealKey.parse("000102030405060708090a0b0c0d0e0f");

    @TempDir
    Path directory;

    private WireFixture fixture;

    @BeforeEach
    void start() throws Exception {
        fixture = new WireFixture(directory);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void aHolderOpensWritesAndReads() {
        fixture.launch();
        try (WireClient alice = fixture.ipc(ALICE)) {
            final Reply welcome = alice.hello();
            assertEquals("Welcome", welcome.name);
            assertEquals(1, welcome.get("generation"));
            assertEquals(1L << 32 | 1, welcome.get("session"));

            final Reply opened = alice.open("orders", T1);
            assertEquals("Opened", opened.name);
            assertEquals(0, opened.get("handle"));
            assertEquals(0, opened.get("sequenceLast"));
            assertEquals(0, opened.get("lastPosition"));

            final Reply first = alice.write(0, T1, 1, "one");
            assertEquals("WriteAccepted ACCEPTED", first.brief());
            final Reply second = alice.write(0, T1, 2, "two");
            assertEquals(first.get("position") + 1, second.get("position"));

            final Reply last = alice.read("orders");
            assertEquals("two", new String(last.payload, StandardCharsets.UTF_8));
            assertEquals(2, last.get("sequence"));
            assertEquals(second.get("position"), last.get("position"));
        }
    }

    @Test
    void aStaleWriterIsToldBothTokens() {
        fixture.launch();
        try (WireClient alice = fixture.welcomed(ALICE);
                WireClient bob = fixture.welcomed(BOB)) {
            alice.open("orders", T1);
            alice.write(0, T1, 1, "alice");
            final Reply opened = bob.open("orders", T2);
            assertEquals(T1, opened.get("lastToken"));
            assertEquals(1, opened.get("lastSequence"));

            final Reply refused = alice.write(0, T1, 2, "too late");

            assertEquals("WriteRefused STALE_TOKEN", refused.brief());
            assertEquals(T1, refused.get("token"));
            assertEquals(T2, refused.get("fenceToken"));
            assertEquals(BOB, refused.get("fenceClientId"));
            assertEquals("alice", new String(bob.read("orders").payload, StandardCharsets.UTF_8));
            assertEquals(1, fixture.gateway.counters().answers(Verdict.STALE_TOKEN));
        }
    }

    @Test
    void aStaleOpenIsToldWhoFencesItWithAProof() {
        fixture.keys = SealKey.Source.of(KEY);
        fixture.launch();
        final Sealer sealer = Sealer.of(KEY);
        final UnsafeBuffer name = new UnsafeBuffer("orders".getBytes(StandardCharsets.UTF_8));
        try (WireClient alice = fixture.welcomed(ALICE);
                WireClient bob = fixture.welcomed(BOB)) {
            bob.sendOpen("orders", T2, sealer.seal(T2, BOB, name, 0, 6));
            assertEquals("Opened", bob.reply().name);

            alice.sendOpen("orders", T1, sealer.seal(T1, ALICE, name, 0, 6));

            final Reply refused = alice.reply();
            assertEquals("OpenRefused STALE_TOKEN", refused.brief());
            assertEquals(T2, refused.get("fenceToken"));
            assertEquals(BOB, refused.get("fenceClientId"));
            assertEquals(BOB, refused.get("fenceClientId"));
            assertEquals(sealer.proof(T2, BOB, name, 0, 6), refused.get("proof"));

            alice.sendOpen("orders", T3, sealer.seal(T3, BOB, name, 0, 6));
            assertEquals("OpenRefused BAD_SEAL", alice.reply().brief(), "sealed for somebody else");
            assertEquals(
                    "WriteAccepted ACCEPTED",
                    bob.write(0, T2, 1, "the fence stands").brief());
        }
    }

    @Test
    void oneTokenHasOneClientAndOneSession() {
        fixture.launch();
        try (WireClient alice = fixture.welcomed(ALICE);
                WireClient again = fixture.welcomed(ALICE);
                WireClient bob = fixture.welcomed(BOB)) {
            alice.open("orders", T1);
            alice.write(0, T1, 1, "one");
            assertEquals("OpenRefused NOT_OWNER", bob.open("orders", T1).brief());
            assertEquals(
                    "WriteRefused NOT_OWNER",
                    again.write(0, T1, 2, "not opened here").brief());

            final Reply opened = again.open("orders", T1);

            assertEquals(1, opened.get("sequenceLast"));
            assertEquals(
                    "WriteRefused NOT_OWNER",
                    alice.write(0, T1, 2, "taken over").brief());
            assertEquals("WriteAccepted ACCEPTED", again.write(0, T1, 2, "two").brief());
        }
    }

    @Test
    void sequencesAreOneByOneAndRepeatsAreHarmless() {
        fixture.launch();
        try (WireClient alice = fixture.welcomed(ALICE)) {
            alice.open("orders", T1);
            alice.write(0, T1, 1, "one");
            final Reply two = alice.write(0, T1, 2, "two");

            final Reply last = alice.write(0, T1, 2, "two");
            assertEquals("WriteAccepted DUPLICATE", last.brief());
            assertEquals(two.get("position"), last.get("position"));
            final Reply older = alice.write(0, T1, 1, "one");
            assertEquals("WriteAccepted DUPLICATE", older.brief());
            assertEquals(0, older.get("position"));

            assertEquals(
                    "WriteRefused PAYLOAD_MISMATCH",
                    alice.write(0, T1, 2, "other").brief());
            final Reply gap = alice.write(0, T1, 4, "four");
            assertEquals("WriteRefused SEQUENCE_GAP", gap.brief());
            assertEquals(3, gap.get("sequenceExpected"));
        }
    }

    @Test
    void whatCannotBeWrittenIsRefusedAndConsumesNoSequence() {
        fixture.launch();
        try (WireClient alice = fixture.welcomed(ALICE)) {
            assertEquals(
                    "WriteRefused UNKNOWN_RESOURCE", alice.write(0, T1, 1, "").brief());
            assertEquals(
                    "WriteRefused UNKNOWN_RESOURCE", alice.write(-1, T1, 1, "").brief());
            alice.open("orders", T1);
            assertEquals(
                    "WriteRefused NOT_OPEN",
                    alice.write(0, T2, 1, "higher than the fence").brief());
            alice.sendWrite(0, T1, 1, "spoilt".getBytes(StandardCharsets.UTF_8), 7);
            assertEquals("WriteRefused CORRUPT_PAYLOAD", alice.reply().brief());
            alice.sendWrite(0, T1, 1, new byte[PAYLOAD_LENGTH_MAX + 1]);
            assertEquals("WriteRefused TOO_LARGE", alice.reply().brief());
            alice.sendWrite(0, T1, 1, new byte[100_000]);
            assertEquals("WriteRefused TOO_LARGE", alice.reply().brief(), "longer than any gateway takes");
            assertEquals("WriteRefused MALFORMED", alice.write(0, 0, 1, "").brief());
            assertEquals("WriteRefused MALFORMED", alice.write(0, -T1, 1, "").brief());
            assertEquals(
                    "WriteRefused MALFORMED",
                    alice.write(0, 1L << 40, 1, "serial 0").brief());
            assertEquals("WriteRefused MALFORMED", alice.write(0, T1, 0, "").brief());

            final byte[] longest = new byte[PAYLOAD_LENGTH_MAX];
            longest[PAYLOAD_LENGTH_MAX - 1] = 42;
            alice.sendWrite(0, T1, 1, longest);
            assertEquals("WriteAccepted ACCEPTED", alice.reply().brief());
            assertArrayEquals(longest, alice.read("orders").payload);
            assertEquals("WriteAccepted ACCEPTED", alice.write(0, T1, 2, "").brief(), "an empty payload is one");
            assertArrayEquals(new byte[0], alice.read("orders").payload);
        }
    }

    @Test
    void readsSayWhatIsNotThere() {
        fixture.launch();
        try (WireClient alice = fixture.welcomed(ALICE)) {
            final Reply unknown = alice.read("orders");
            assertEquals("RequestRefused UNKNOWN_RESOURCE", unknown.brief());
            assertEquals(4, unknown.get("templateId"));
            assertNotEquals(0, unknown.get("correlationId"));
            alice.open("orders", T1);
            assertEquals("RequestRefused NO_RECORD", alice.read("orders").brief());
            assertEquals("RequestRefused MALFORMED", alice.read("").brief());
            assertEquals("RequestRefused MALFORMED", alice.read("a\nb").brief());
        }
    }

    @Test
    void opensOfWhatIsNoNameOrNoTokenAreMalformed() {
        fixture.launch();
        try (WireClient alice = fixture.welcomed(ALICE)) {
            final long correlationId = alice.sendOpen("orders", 0, 0);
            final Reply refused = alice.reply();
            assertEquals("OpenRefused MALFORMED", refused.brief());
            assertEquals(correlationId, refused.get("correlationId"));
            assertEquals("OpenRefused MALFORMED", alice.open("orders", 1L << 40).brief());
            assertEquals("OpenRefused MALFORMED", alice.open("", T1).brief());
            assertEquals(
                    "OpenRefused MALFORMED", alice.open("x".repeat(129), T1).brief());
            alice.sendOpen(new byte[] {(byte) 0xC0, (byte) 0x80}, T1, 0);
            assertEquals("OpenRefused MALFORMED", alice.reply().brief());
            assertEquals("Opened", alice.open("x".repeat(128), T1).name);
        }
    }

    @Test
    void theTableFillsUpAndWhatIsInItGoesOn() {
        fixture.launch();
        try (WireClient alice = fixture.welcomed(ALICE)) {
            for (int i = 0; i < 8; i++) {
                assertEquals("Opened", alice.open("r" + i, T1).name);
            }
            assertEquals(
                    "OpenRefused TABLE_FULL", alice.open("one too many", T1).brief());
            assertEquals("Opened", alice.open("r3", T2).name);
            assertEquals("WriteAccepted ACCEPTED", alice.write(3, T2, 1, "x").brief());
        }
    }

    @Test
    void withoutSpaceFencesStillRiseButWritesAreRefused() throws Exception {
        // More than is free, so no room for writes; opens may use half of the floor, which is less than is free.
        fixture.freeFloorBytes = Files.getFileStore(directory).getUsableSpace() / 2 * 3;
        fixture.launch();
        try (WireClient alice = fixture.welcomed(ALICE)) {
            assertEquals("Opened", alice.open("orders", T1).name);
            assertEquals("WriteRefused STORAGE_FULL", alice.write(0, T1, 1, "x").brief());
        }
    }

    @Test
    void moreSessionsThanMayBeAreToldSo() {
        fixture.launch();
        final List<WireClient> four = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            four.add(fixture.welcomed(i));
        }
        try (WireClient five = fixture.ipc(5)) {
            assertEquals("RequestRefused SESSION_LIMIT", five.hello().brief());
            WireFixture.await("its answers end", () -> !five.answers.isConnected());
        }
        four.get(0).sendGoodbye();
        WireFixture.await("the goodbye", () -> fixture.gateway.counters().sessions() == 3);
        try (WireClient six = fixture.ipc(6)) {
            assertEquals("Welcome", six.hello().name);
        }
        CloseHelper.closeAll(four);
    }

    @Test
    void moreRequestsThanMayBePendingAreOverloadedInTheirTurn() {
        fixture.launch();
        try (WireClient alice = fixture.welcomed(ALICE)) {
            alice.open("orders", T1);
            int overloaded = 0;
            long next = 1;
            while (overloaded == 0) {
                // Sent at once, so that the line finds them all in one turn.
                for (int i = 0; i < 16; i++) {
                    alice.sendWrite(0, T1, next + i, new byte[8]);
                }
                long accepted = 0;
                for (int i = 0; i < 16; i++) {
                    final Reply reply = alice.reply();
                    assertEquals(next + i, reply.get("sequence"), "in the order of the requests");
                    overloaded += reply.verdict == Verdict.OVERLOADED ? 1 : 0;
                    accepted += reply.verdict == Verdict.ACCEPTED ? 1 : 0;
                    assertTrue(
                            reply.verdict == Verdict.ACCEPTED
                                    || reply.verdict == Verdict.OVERLOADED
                                    || reply.verdict == Verdict.SEQUENCE_GAP,
                            reply.toString());
                }
                next += accepted;
            }
            assertEquals(
                    "WriteAccepted ACCEPTED",
                    alice.write(0, T1, next, "no sequence was consumed").brief());
        }
    }
}
