package io.fencegate.storage.wire;

import static io.fencegate.storage.wire.WireFixture.ALICE;
import static io.fencegate.storage.wire.WireFixture.BOB;
import static io.fencegate.storage.wire.WireFixture.T1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.fencegate.core.grant.Verdict;
import io.fencegate.storage.session.SessionLimits;
import java.nio.file.Path;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Garbage, strangers and clients that do not listen: each is answered or dropped, and nobody else notices. */
class StrangersTest {
    private static final SessionLimits IMPATIENT = new SessionLimits(4, 8, 30_000_000_000L, 2_000_000_000L, 2);

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
    void theFirstMessageIsAHelloAndThereIsOnlyOne() {
        fixture.launch();
        try (WireClient alice = fixture.ipc(ALICE)) {
            assertEquals("RequestRefused MALFORMED", alice.open("orders", T1).brief());
            assertEquals("RequestRefused MALFORMED", alice.write(0, T1, 1, "x").brief());
            assertEquals("RequestRefused MALFORMED", alice.read("orders").brief());
            alice.sendKeepAlive();
            assertEquals("RequestRefused MALFORMED", alice.reply().brief());
            alice.sendHello(2);
            assertEquals("RequestRefused MALFORMED", alice.reply().brief(), "a version that nobody knows");
            assertEquals("Welcome", alice.hello().name);
            final Reply again = alice.hello();
            assertEquals("RequestRefused MALFORMED", again.brief());
            assertEquals(1, again.get("templateId"));
            assertEquals("Opened", alice.open("orders", T1).name);
        }
    }

    @Test
    void unknownSchemasTemplatesVersionsAndLengthsAreMalformed() {
        fixture.launch();
        try (WireClient alice = fixture.welcomed(ALICE)) {
            final int[] headerFields = {0, 2, 4, 6};
            for (final int field : headerFields) {
                alice.sendOpen("orders", T1, 0);
                assertNotNull(alice.reply());
                final UnsafeBuffer message = alice.message();
                final int length = 8 + 32 + 2 + 6;
                message.putShort(field, (short) (message.getShort(field) + 1000));
                alice.send(length);
                assertEquals("RequestRefused MALFORMED", alice.reply().brief(), "field at " + field);
            }
            alice.sendOpen("orders", T1, 0);
            assertEquals("Opened", alice.reply().name);
            for (int length = 0; length < 8 + 32 + 2 + 6; length++) {
                alice.send(length);
                assertEquals("RequestRefused MALFORMED", alice.reply().brief(), "truncated to " + length);
            }
            alice.send(8 + 32 + 2 + 6 + 1);
            assertEquals("RequestRefused MALFORMED", alice.reply().brief(), "a byte too many");
        }
    }

    @Test
    void randomBytesAreAnsweredOneByOneAndBreakNothing() {
        fixture.launch();
        final Random random = new Random(20261123);
        try (WireClient alice = fixture.welcomed(ALICE);
                WireClient bob = fixture.welcomed(BOB)) {
            bob.open("orders", T1);
            for (int i = 0; i < 2_000; i++) {
                final byte[] bytes = new byte[random.nextInt(random.nextInt(10) == 0 ? 5_000 : 100)];
                random.nextBytes(bytes);
                if (random.nextBoolean() && bytes.length >= 8) {
                    // A header that is right: whatever comes behind it is garbage.
                    final int template = 2 + random.nextInt(3);
                    final int[] blocks = {32, 24, 8};
                    final UnsafeBuffer header = new UnsafeBuffer(bytes);
                    header.putShort(0, (short) blocks[template - 2]);
                    header.putShort(2, (short) template);
                    header.putShort(4, (short) 5101);
                    header.putShort(6, (short) 1);
                }
                alice.sendBytes(bytes);
                assertFalse(alice.reply().verdict.isSuccess());
            }
            assertEquals(
                    "WriteAccepted ACCEPTED", bob.write(0, T1, 1, "still here").brief());
            assertEquals("Opened", alice.open("still served", T1).name);
            assertTrue(fixture.gateway.counters().answers(Verdict.MALFORMED) >= 1_000);
        }
    }

    @Test
    void aClientThatNeverListensHoldsUpNobodyAndIsSentAway() {
        fixture.limits = IMPATIENT;
        fixture.launch();
        try (WireClient deaf = fixture.welcomed(ALICE);
                WireClient bob = fixture.welcomed(BOB)) {
            bob.open("orders", T1);
            long sequence = 0;
            long blockedAt = 0;
            final long deadline = System.nanoTime() + 20_000_000_000L;
            deaf.sendRead("nothing");
            while (fixture.gateway.counters().sessionsBlocked() == 0) {
                assertTrue(System.nanoTime() - deadline < 0, "the deaf client is never sent away");
                // Until its answers are blocked, then its requests are.
                boolean isPushedBack = false;
                for (int i = 0; i < 1_000 && !isPushedBack && deaf.requests.isConnected(); i++) {
                    isPushedBack = !deaf.trySend(8 + 8 + 2 + 7);
                }
                blockedAt = isPushedBack && blockedAt == 0 ? sequence + 1 : blockedAt;
                sequence++;
                assertEquals(
                        "WriteAccepted ACCEPTED",
                        bob.write(0, T1, sequence, "on time").brief());
            }
            assertTrue(blockedAt > 0, "the deaf client was pushed back");
            assertTrue(sequence > blockedAt, "the other went on writing: " + sequence);
            WireFixture.await("its publication ends", () -> !deaf.requests.isConnected());
        }
    }

    @Test
    void aClientThatAsksForNoAnswersIsNotHeard() {
        fixture.limits = IMPATIENT;
        fixture.launch();
        try (ExclusivePublication mute = fixture.aeron.addExclusivePublication("aeron:ipc?term-length=64k", 2001);
                ExclusivePublication udp = fixture.aeron.addExclusivePublication(
                        "aeron:udp?term-length=64k|endpoint=" + fixture.udpRequests, 2001);
                WireClient alice = fixture.welcomed(ALICE)) {
            final UnsafeBuffer hello = new UnsafeBuffer(new byte[28]);
            long refusedAt = 0;
            for (int i = 0; i < 100 && refusedAt != Publication.BACK_PRESSURED; i++) {
                refusedAt = mute.offer(hello, 0, 28);
            }
            assertEquals("Opened", alice.open("orders", T1).name);
            WireFixture.await("it is sent away", () -> !mute.isConnected() && !udp.isConnected());
            assertEquals(0, fixture.gateway.counters().answers(Verdict.MALFORMED));
        }
    }

    @Test
    void aClientThatSaysNoHelloIsSentAway() {
        fixture.limits = IMPATIENT;
        fixture.launch();
        try (WireClient silent = fixture.ipc(ALICE)) {
            WireFixture.await("it is admitted", silent.answers::isConnected);
            WireFixture.await("it is sent away", () -> !silent.answers.isConnected());
        }
    }
}
