package io.fencegate.storage.wire;

import static io.fencegate.storage.wire.WireFixture.ALICE;
import static io.fencegate.storage.wire.WireFixture.BOB;
import static io.fencegate.storage.wire.WireFixture.T1;
import static io.fencegate.storage.wire.WireFixture.T2;
import static io.fencegate.storage.wire.WireFixture.T3;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.Subscription;
import io.fencegate.codecs.wire.HelloEncoder;
import io.fencegate.core.grant.SealKey;
import io.fencegate.core.grant.Sealer;
import io.fencegate.journal.JournalInUseException;
import io.fencegate.journal.JournalReader;
import io.fencegate.journal.recovery.RecordView;
import io.fencegate.storage.Gateway;
import io.fencegate.storage.recovery.SealKeyMissingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that comes back knows every fence and every last record, and nobody's session. */
class RestartTest {
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
    void fencesAndRecordsComeBackAndTheHolderGoesOnExactlyOnce() {
        fixture.launch();
        final Reply before;
        final long journalId;
        try (WireClient alice = fixture.ipc(ALICE);
                WireClient bob = fixture.welcomed(BOB)) {
            final Reply welcome = alice.hello();
            journalId = welcome.get("journalId");
            alice.open("orders", T1);
            alice.write(0, T1, 1, "one");
            alice.open("orders", T2);
            alice.write(0, T2, 1, "two");
            before = alice.write(0, T2, 2, "three");
            bob.open("bills", T3);
        }

        fixture.closeGateway();
        fixture.launch();

        assertEquals(2, fixture.gateway.report().generation());
        assertEquals(2, fixture.gateway.report().resources());
        assertEquals(3, fixture.gateway.report().records());
        try (WireClient alice = fixture.ipc(ALICE)) {
            final Reply welcome = alice.hello();
            assertEquals(journalId, welcome.get("journalId"));
            assertEquals(2, welcome.get("generation"));
            assertEquals(2L << 32 | 1, welcome.get("session"));
            assertEquals(
                    "WriteRefused NOT_OPEN",
                    alice.write(0, T2, 3, "nobody owns it").brief());
            assertEquals("OpenRefused STALE_TOKEN", alice.open("orders", T1).brief());
            assertEquals("OpenRefused STALE_TOKEN", alice.open("bills", T2).brief());

            assertEquals("three", new String(alice.read("orders").payload, StandardCharsets.UTF_8));
            final Reply opened = alice.open("orders", T2);
            assertEquals(2, opened.get("sequenceLast"));
            assertEquals(1, opened.get("lastGeneration"));
            assertEquals(before.get("position"), opened.get("lastPosition"));
            assertNotEquals(0, opened.get("runningCrc"));
            assertEquals(
                    "WriteAccepted DUPLICATE", alice.write(0, T2, 2, "three").brief());
            final Reply four = alice.write(0, T2, 3, "four");
            assertEquals("WriteAccepted ACCEPTED", four.brief());
            assertEquals(2, four.get("generation"));
            assertTrue(four.get("position") > before.get("position"));
        }
    }

    @Test
    void aGatewayIsClosedOnce() {
        fixture.launch();
        fixture.gateway.close();

        fixture.gateway.close();
    }

    @Test
    void aClientOfTheGatewayBeforeMustConnectAnew() {
        fixture.launch();
        try (WireClient alice = fixture.welcomed(ALICE)) {
            alice.open("orders", T1);
            fixture.closeGateway();
            fixture.launch();
            WireFixture.await("it is sent away", () -> !alice.requests.isConnected() && !alice.answers.isConnected());
        }
        try (WireClient alice = fixture.welcomed(ALICE)) {
            assertEquals("Opened", alice.open("orders", T1).name);
        }
    }

    @Test
    void aClientWhoseMessagesBeganElsewhereIsNeverWelcomed() {
        try (WireClient alice = fixture.ipc(ALICE);
                Subscription before = fixture.aeron.addSubscription("aeron:ipc", 2001)) {
            // As if a gateway had been killed: it read some of the client's messages, and is still connected.
            alice.sendHello(1);
            WireFixture.await("it was read", () -> before.poll((b, offset, length, h) -> {}, 1) == 1);
            fixture.launch();
            WireFixture.await("it is sent away", () -> {
                alice.trySend(8 + HelloEncoder.BLOCK_LENGTH);
                before.poll((b, offset, length, h) -> {}, 10);
                return !alice.requests.isConnected();
            });
            assertNull(alice.tryReply());
        }
    }

    @Test
    void aSessionThatEndsOwnsNothingAnyMore() {
        fixture.launch();
        try (WireClient again = fixture.welcomed(ALICE)) {
            try (WireClient alice = fixture.welcomed(ALICE)) {
                alice.open("orders", T1);
                assertEquals(
                        "WriteRefused NOT_OWNER", again.write(0, T1, 1, "x").brief());
                alice.sendGoodbye();
                WireFixture.await(
                        "the goodbye", () -> fixture.gateway.counters().sessions() == 1);
            }
            assertEquals("WriteRefused NOT_OPEN", again.write(0, T1, 1, "x").brief());
        }
    }

    @Test
    void aJournalInUseIsLeftAloneAndItsClientsDoNotNotice() {
        fixture.launch();
        try (WireClient alice = fixture.welcomed(ALICE)) {
            alice.open("orders", T1);
            assertThrows(JournalInUseException.class, () -> Gateway.launch(fixture.config(), (agent, cause) -> {}));
            assertEquals("WriteAccepted ACCEPTED", alice.write(0, T1, 1, "x").brief());
        }
    }

    @Test
    void aSealedJournalIsNotOpenedWithoutAKey() {
        final SealKey key = SealKey.parse("000102030405060708090a0b0c0d0e0f");
        fixture.keys = SealKey.Source.of(key);
        fixture.launch();
        try (WireClient alice = fixture.welcomed(ALICE)) {
            final UnsafeBuffer name = new UnsafeBuffer("orders".getBytes(StandardCharsets.UTF_8));
            alice.sendOpen("orders", T1, Sealer.of(key).seal(T1, ALICE, name, 0, 6));
            assertEquals("Opened", alice.reply().name);
        }
        fixture.closeGateway();
        fixture.keys = SealKey.Source.of();
        assertThrows(SealKeyMissingException.class, fixture::launch);
        fixture.keys = SealKey.Source.of(key);
        fixture.launch();
        assertEquals(1, fixture.gateway.report().resources());
    }

    @Test
    void theJournalTellsWhatWasAcceptedAndWhatWasRefused() {
        fixture.launch();
        try (WireClient alice = fixture.welcomed(ALICE);
                WireClient bob = fixture.welcomed(BOB)) {
            alice.open("orders", T1);
            alice.write(0, T1, 1, "one");
            bob.open("orders", T2);
            for (int i = 0; i < 50; i++) {
                assertEquals(
                        "WriteRefused STALE_TOKEN",
                        alice.write(0, T1, 2, "zombie").brief());
            }
            bob.write(0, T2, 1, "two");
        }
        fixture.closeGateway();

        final List<String> told = new ArrayList<>();
        final int[] refused = new int[1];
        try (JournalReader reader =
                JournalReader.open(fixture.config().journal().directory())) {
            while (reader.poll(record -> refused[0] += tell(record, told), 100) > 0) {
                // Until the end.
            }
        }
        assertEquals(
                List.of(
                        "GENERATION_STARTED",
                        "FENCE_RAISED " + T1,
                        "WRITE_ACCEPTED " + T1,
                        "FENCE_RAISED " + T2,
                        "WRITE_ACCEPTED " + T2),
                told);
        assertTrue(refused[0] >= 2 && refused[0] < 50, "two in one second, the rest is counted: " + refused[0]);
    }

    private static int tell(final RecordView record, final List<String> told) {
        if (record.kind() == RecordView.Kind.REQUEST_REFUSED) {
            assertEquals(T1, record.token());
            assertEquals(T2, record.fenceToken());
            assertEquals(ALICE, record.clientId());
            return 1;
        }
        told.add(record.kind() + (record.token() == 0 ? "" : " " + record.token()));
        return 0;
    }
}
