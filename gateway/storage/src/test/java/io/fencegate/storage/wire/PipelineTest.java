package io.fencegate.storage.wire;

import static io.fencegate.storage.wire.WireFixture.ALICE;
import static io.fencegate.storage.wire.WireFixture.BOB;
import static io.fencegate.storage.wire.WireFixture.T1;
import static io.fencegate.storage.wire.WireFixture.T2;
import static io.fencegate.storage.wire.WireFixture.T3;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.core.grant.Verdict;
import io.fencegate.storage.Threading;
import io.fencegate.storage.durability.Durability;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many requests at once: answers keep the order of the requests, over shared memory and UDP, at both durabilities. */
class PipelineTest {
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

    @ParameterizedTest
    @EnumSource(Durability.class)
    void answersKeepTheOrderOfTheRequestsWhateverTheyWaitFor(final Durability durability) {
        fixture.durability = durability;
        fixture.launch();
        try (WireClient alice = fixture.welcomed(ALICE)) {
            alice.open("orders", T1);
            for (long sequence = 1; sequence < 200; sequence += 2) {
                // An open waits for the fence log, the write for the journal, the refusal and the read for neither.
                final String name = "r" + sequence % 5;
                final long correlationId = alice.sendOpen(name, T1 + sequence, 0);
                alice.sendWrite(0, T1, sequence, bytes("w" + sequence));
                alice.sendWrite(99, T1, sequence, bytes("nowhere"));
                alice.sendRead("orders");
                alice.sendWrite(0, T1, sequence + 1, bytes("w" + (sequence + 1)));

                final Reply opened = alice.reply();
                assertEquals("Opened", opened.name);
                assertEquals(correlationId, opened.get("correlationId"));
                assertEquals(sequence, accepted(alice).get("sequence"));
                assertEquals("WriteRefused UNKNOWN_RESOURCE", alice.reply().brief());
                assertEquals("w" + sequence, new String(alice.reply().payload, StandardCharsets.UTF_8));
                assertEquals(sequence + 1, accepted(alice).get("sequence"));
            }
        }
    }

    @Test
    void anOpenThatIsOvertakenOnItsWayIsRefusedAsStale() {
        fixture.launch();
        try (WireClient alice = fixture.welcomed(ALICE)) {
            int overtaken = 0;
            for (long round = 0; overtaken == 0; round++) {
                assertTrue(round < 1_000, "no open was ever overtaken");
                // The first waits for its fence to be synced; by then the second has raised it again.
                final long token = T2 + 2 * round;
                alice.sendOpen("orders", token, 0);
                alice.sendOpen("orders", token + 1, 0);
                final Reply first = alice.reply();
                if (first.verdict == Verdict.STALE_TOKEN) {
                    overtaken++;
                    assertEquals(token + 1, first.get("fenceToken"));
                    assertEquals(ALICE, first.get("fenceClientId"));
                }
                final Reply second = alice.reply();
                assertEquals("Opened", second.name);
                assertEquals(token + 1, second.get("token"));
            }
        }
    }

    @Test
    void theSameStoryOverUdp() {
        fixture.threading = Threading.DEDICATED;
        fixture.launch();
        try (WireClient alice = fixture.udp(ALICE);
                WireClient bob = fixture.udp(BOB)) {
            assertEquals("Welcome", alice.hello().name);
            assertEquals("Welcome", bob.hello().name);
            assertEquals("Opened", alice.open("orders", T1).name);
            for (int sequence = 1; sequence <= 8; sequence++) {
                alice.sendWrite(0, T1, sequence, bytes("w" + sequence));
            }
            for (int sequence = 1; sequence <= 8; sequence++) {
                assertEquals(sequence, accepted(alice).get("sequence"));
            }
            assertEquals("Opened", bob.open("orders", T3).name);
            final Reply refused = alice.write(0, T1, 9, "too late");
            assertEquals("WriteRefused STALE_TOKEN", refused.brief());
            assertEquals(T3, refused.get("fenceToken"));

            final byte[] fragmented = new byte[WireFixture.PAYLOAD_LENGTH_MAX];
            fragmented[fragmented.length - 1] = 1;
            bob.sendWrite(0, T3, 1, fragmented);
            assertEquals(1, accepted(bob).get("sequence"));
            assertArrayEquals(fragmented, alice.read("orders").payload);
            alice.sendBytes(new byte[] {1, 2, 3});
            assertEquals("RequestRefused MALFORMED", alice.reply().brief());
            alice.sendGoodbye();
            WireFixture.await("the goodbye", () -> fixture.gateway.counters().sessions() == 1);
        }
        WireFixture.await(
                "a client that is gone is noticed",
                () -> fixture.gateway.counters().sessions() == 0);
    }

    private static Reply accepted(final WireClient client) {
        final Reply reply = client.reply();
        assertEquals("WriteAccepted ACCEPTED", reply.brief());
        return reply;
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
