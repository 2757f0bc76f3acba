package io.fencegate.verification.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.fencegate.client.ClientConfig;
import io.fencegate.client.FencedWriter;
import io.fencegate.client.FencegateClient;
import io.fencegate.client.Receipt;
import io.fencegate.client.error.LeaseRefusedException;
import io.fencegate.client.error.RefusedException;
import io.fencegate.client.lease.Lease;
import io.fencegate.client.lease.LeaseKeeper;
import io.fencegate.client.lease.LeaseListener;
import io.fencegate.client.session.keys.KeyChange;
import io.fencegate.client.session.keys.LiveKeys;
import io.fencegate.client.session.lease.LeaseLoss;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.grant.SealKey;
import io.fencegate.core.grant.SealKey.Action;
import io.fencegate.core.grant.Sealer;
import io.fencegate.core.grant.Verdict;
import io.fencegate.journal.JournalConfig;
import io.fencegate.sequencer.SequencerCluster;
import io.fencegate.sequencer.service.StopListener.StopReason;
import io.fencegate.storage.FenceLimits;
import io.fencegate.storage.Gateway;
import io.fencegate.storage.GatewayConfig;
import io.fencegate.storage.Threading;
import io.fencegate.storage.admission.Endpoints;
import io.fencegate.storage.durability.Durability;
import io.fencegate.storage.session.SessionLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.agrona.CloseHelper;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key of the seals is replaced, in a real sequencer and a real gateway, while a client holds a lease and writes. */
class KeyRotationPathTest {
    private static final SealKey ONE = SealKey.parse("000102030405060708090a0b0c0d0e0f");
    private static final SealKey TWO = SealKey.parse("101112131415161718191a1b1c1d1e1f");
    private static final Duration TTL = Duration.ofSeconds(3);
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final long LEADER_TIMEOUT_MS = 30_000;
    private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(60);

    @TempDir
    private Path directory;

    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Queue<StopReason> stops = new ConcurrentLinkedQueue<>();

    /** What the file of the nodes holds, and what that of the gateway has of it that is not retired. */
    private volatile List<SealKey> all = List.of(ONE);

    private volatile List<SealKey> live = List.of(ONE);
    private MediaDriver driver;
    private SequencerCluster sequencer;
    private Gateway gateway;
    private FencegateClient client;
    private FencegateClient operator;

    @BeforeEach
    void start() {
        driver = MediaDriver.launch(new MediaDriver.Context()
                .aeronDirectoryName(directory.resolve("aeron").toString())
                .threadingMode(ThreadingMode.SHARED)
                .sharedIdleStrategy(new BackoffIdleStrategy(10, 10, 1_000, 200_000))
                .termBufferSparseFile(true)
                .publicationTermBufferLength(1 << 20)
                .ipcTermBufferLength(1 << 20)
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true));
        startSequencer();
        startGateway();
        client = connect(7);
        operator = connect(9);
    }

    @AfterEach
    void stop() {
        CloseHelper.closeAll(client, operator, gateway, sequencer, driver);
        assertTrue(failures.isEmpty(), failures::toString);
        assertTrue(stops.isEmpty(), stops::toString);
    }

    @Test
    void aClientKeepsItsLeaseAndWritesOverARotation() {
        final Lease lease = client.acquire("orders", TTL, Duration.ZERO);
        final Grant unrenewed = client.acquire("invoices", LONG, Duration.ZERO).grant();
        assertEquals(seal(ONE, lease.grant()), lease.grant().seal());
        final LeaseKeeper keeper = client.keep(lease, new Undisturbed());
        final FencedWriter writer = client.open(lease.grant());
        write(writer, 1);

        all = List.of(ONE, TWO);
        live = all;
        assertEquals(List.of(TWO, ONE), keysOf(change(Action.ADD, TWO, ONE)));
        await(() -> keeper.lease().grant().seal() == seal(TWO, lease.grant()));
        write(writer, 2);

        live = List.of(TWO);
        await(() -> isRefused(unrenewed));
        assertEquals(List.of(TWO), keysOf(change(Action.RETIRE, ONE, TWO)));
        write(writer, 3);

        // Its session ends: it opens again by itself, with the seal that its renewals bore.
        gateway.close();
        startGateway();
        write(writer, 4);
        assertTrue(keeper.isKeeping());
        assertEquals(lease.token(), keeper.lease().token());
        final Grant renewed = client.renew(unrenewed, LONG).grant();
        assertEquals(seal(TWO, renewed), renewed.seal());
        client.open(renewed);
        keeper.close();
    }

    @Test
    void aReplayThatSpansARotationGoesOnWhereItWasAndANodeWithoutTheOldKeyStops() {
        final Lease lease = client.acquire("orders", LONG, Duration.ZERO);
        all = List.of(ONE, TWO);
        change(Action.ADD, TWO, ONE);
        change(Action.RETIRE, ONE, TWO);
        final LeaseRefusedException late = assertThrows(
                LeaseRefusedException.class, () -> operator.keys().change(signed(Action.ADD, ONE, ONE, 1)));
        assertEquals(LeaseVerdict.KEYS_CHANGED, late.verdict());
        CloseHelper.closeAll(client, operator, sequencer);
        client = null;

        all = List.of(TWO);
        launchSequencer();
        await(() -> !stops.isEmpty());
        assertEquals(StopReason.KEY_MISSING, stops.remove());
        sequencer.close();
        assertEquals(1, failures.size());
        final String fact = failures.remove();
        assertTrue(fact.contains(String.format("%016x", ONE.fingerprint()).substring(0, 15)), fact);

        all = List.of(TWO, ONE);
        startSequencer();
        client = connect(7);
        operator = connect(9);
        final LiveKeys keys = operator.keys().live();
        assertEquals(List.of(TWO), keysOf(keys));
        assertEquals(3, keys.revision());
        assertTrue(keys.retirementPosition() > 0);
        final Grant renewed = client.renew(lease.grant(), LONG).grant();
        assertEquals(lease.token(), renewed.token());
        assertEquals(seal(TWO, renewed), renewed.seal());
    }

    private void startSequencer() {
        launchSequencer();
        assertTrue(sequencer.awaitLeader(LEADER_TIMEOUT_MS), failures::toString);
    }

    private void launchSequencer() {
        sequencer = SequencerCluster.launch(
                1,
                directory.resolve("sequencer"),
                directory.resolve("memory"),
                () -> all,
                (member, reason, fact, cause) -> {
                    failures.add(fact);
                    stops.add(reason);
                });
    }

    private void startGateway() {
        gateway = Gateway.launch(
                new GatewayConfig(
                        driver.aeronDirectoryName(),
                        Endpoints.ipc(),
                        new JournalConfig(
                                directory.resolve("journal"),
                                1 << 20,
                                1 << 20,
                                JournalConfig.FENCE_LOG_RESERVE_LENGTH_DEFAULT),
                        Durability.PROCESS,
                        new FenceLimits(1 << 10, 1 << 16, 1 << 16),
                        SessionLimits.DEFAULT,
                        Threading.SHARED,
                        () -> live),
                (agent, cause) -> failures.add(agent + ": " + cause));
    }

    private FencegateClient connect(final long clientId) {
        return FencegateClient.connect(ClientConfig.of(driver.aeronDirectoryName())
                .withClientId(clientId)
                .withSequencer(sequencer.ingressEndpoints())
                .withGateway("aeron:ipc")
                .withTimeouts(
                        TimeUnit.SECONDS.toNanos(60), TimeUnit.SECONDS.toNanos(10), TimeUnit.SECONDS.toNanos(10)));
    }

    private LiveKeys change(final Action action, final SealKey key, final SealKey by) {
        return operator.keys()
                .change(signed(action, key, by, operator.keys().live().revision()));
    }

    private static KeyChange signed(final Action action, final SealKey key, final SealKey by, final long revision) {
        return new KeyChange(
                action, key.fingerprint(), revision, Sealer.of(by).change(action, key.fingerprint(), revision));
    }

    /** The gateway takes its seal no more. */
    private boolean isRefused(final Grant grant) {
        try (FencegateClient other = connect(grant.clientId())) {
            other.open(grant);
            return false;
        } catch (final RefusedException refused) {
            assertEquals(Verdict.BAD_SEAL, refused.verdict());
            return true;
        }
    }

    private static void write(final FencedWriter writer, final long sequence) {
        final Receipt receipt = writer.write(("write " + sequence).getBytes(UTF_8));
        assertEquals(sequence, receipt.sequence());
        assertEquals(Verdict.ACCEPTED, receipt.verdict());
    }

    private void await(final BooleanSupplier condition) {
        final BackoffIdleStrategy idle = new BackoffIdleStrategy(1, 1, 1_000_000, 10_000_000);
        final long deadlineNs = System.nanoTime() + DEADLINE_NS;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - deadlineNs < 0, "not in time");
            idle.idle(client == null ? 0 : client.poll());
        }
    }

    private static List<SealKey> keysOf(final LiveKeys keys) {
        return keys.fingerprints().stream()
                .map(fingerprint -> fingerprint == ONE.fingerprint() ? ONE : TWO)
                .toList();
    }

    private static long seal(final SealKey key, final Grant grant) {
        final byte[] name = grant.resource().getBytes(UTF_8);
        return Sealer.of(key).seal(grant.token(), grant.clientId(), new UnsafeBuffer(name), 0, name.length);
    }

    /** Whoever keeps a lease over a rotation hears nothing of it but renewals. */
    private static final class Undisturbed implements LeaseListener {
        @Override
        public void onDanger(final Lease lease, final long remainingNs) {
            // A busy machine may be slow; a lease that is lost is told.
        }

        @Override
        public void onUnconfirmed(final Lease lease) {
            // Likewise.
        }

        @Override
        public void onLost(final LeaseLoss loss) {
            throw new AssertionError("lost: " + loss);
        }
    }
}
