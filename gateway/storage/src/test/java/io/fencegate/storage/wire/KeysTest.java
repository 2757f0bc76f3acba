package io.fencegate.storage.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.core.grant.SealKey;
import io.fencegate.core.grant.Sealer;
import io.fencegate.core.grant.Token;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway whose keys are replaced while it serves. */
class KeysTest {
    private static final SealKey ONE = SealKey.parse("000102030405060708090a0b0c0d0e0f");
    private static final SealKey TWO = SealKey.parse("101112131415161718191a1b1c1d1e1f");
    private static final SealKey THREE = SealKey.parse("202122232425262728292a2b2c2d2e2f");
    private static final UnsafeBuffer NAME = new UnsafeBuffer("orders".getBytes(StandardCharsets.UTF_8));
    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(30);

    @TempDir
    private Path directory;

    private WireFixture fixture;
    private volatile List<SealKey> file = List.of(ONE);
    private volatile String failure;
    private final AtomicInteger reads = new AtomicInteger();
    private int serial;

    @BeforeEach
    void launch() throws IOException {
        fixture = new WireFixture(directory);
        fixture.keys = this::read;
        fixture.launch();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void everyKeyOfTheFileIsTakenWithinASecondAndNoOther() {
        try (WireClient alice = fixture.welcomed(WireFixture.ALICE)) {
            assertEquals("Opened OPENED", open(alice, ONE));
            assertEquals("OpenRefused BAD_SEAL", open(alice, TWO));

            file = List.of(ONE, TWO, THREE);
            await(() -> open(alice, TWO).equals("Opened OPENED"));
            assertEquals("Opened OPENED", open(alice, ONE));
            assertEquals("Opened OPENED", open(alice, THREE));

            file = List.of(TWO);
            await(() -> open(alice, ONE).equals("OpenRefused BAD_SEAL"));
            assertEquals("OpenRefused BAD_SEAL", open(alice, THREE));
            assertEquals("Opened OPENED", open(alice, TWO));
            assertEquals(
                    "WriteAccepted ACCEPTED",
                    alice.write(0, Token.of(1, serial), 1, "under the fence").brief());
        }
    }

    /** So that the sequencer, which knows the older key longer, can check the proof. */
    @Test
    void theOldestKeyOfTheFileProves() {
        file = List.of(ONE, TWO);
        try (WireClient alice = fixture.welcomed(WireFixture.ALICE)) {
            await(() -> open(alice, TWO).equals("Opened OPENED"));
            final long token = Token.of(1, serial);

            alice.sendOpen("orders", token - 1, Sealer.of(TWO).seal(token - 1, WireFixture.ALICE, NAME, 0, 6));

            final Reply refused = alice.reply();
            assertEquals("OpenRefused STALE_TOKEN", refused.brief());
            assertEquals(Sealer.of(ONE).proof(token, WireFixture.ALICE, NAME, 0, 6), refused.get("proof"));
        }
    }

    @Test
    void whileTheFileCanNotBeReadTheKeysBeforeServe() {
        try (WireClient alice = fixture.welcomed(WireFixture.ALICE)) {
            failure = "others may read it";
            file = List.of(TWO);
            await(() -> fixture.gateway.counters().keyFailures() > 0);
            assertEquals("OpenRefused BAD_SEAL", open(alice, TWO));
            assertEquals("Opened OPENED", open(alice, ONE));

            failure = null;
            await(() -> open(alice, TWO).equals("Opened OPENED"));
        }
    }

    @Test
    void aFileThatHoldsNoKeyIsNoReasonToTrustEverybody() {
        try (WireClient alice = fixture.welcomed(WireFixture.ALICE)) {
            file = List.of();
            final int before = reads.get();
            await(() -> reads.get() > before && fixture.gateway.counters().keyFailures() > 0);
            assertEquals("OpenRefused BAD_SEAL", open(alice, TWO));
            assertEquals("Opened OPENED", open(alice, ONE));
        }
    }

    private List<SealKey> read() {
        reads.incrementAndGet();
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
        return file;
    }

    /** Opens with a token that no open had before. */
    private String open(final WireClient client, final SealKey key) {
        final long token = Token.of(1, ++serial);
        client.sendOpen("orders", token, Sealer.of(key).seal(token, WireFixture.ALICE, NAME, 0, 6));
        return client.reply().brief();
    }

    private static void await(final BooleanSupplier condition) {
        final SleepingMillisIdleStrategy idle = new SleepingMillisIdleStrategy(10);
        final long deadlineNs = System.nanoTime() + DEADLINE_NS;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - deadlineNs < 0, "not in time");
            idle.idle();
        }
    }
}
