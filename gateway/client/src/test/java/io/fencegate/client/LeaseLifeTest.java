package io.fencegate.client;

import static io.fencegate.client.SequencerAnswers.OTHER;
import static io.fencegate.client.SequencerAnswers.OTHER_CLIENT;
import static io.fencegate.client.SequencerAnswers.TOKEN;
import static io.fencegate.client.SequencerAnswers.cancelled;
import static io.fencegate.client.SequencerAnswers.described;
import static io.fencegate.client.SequencerAnswers.event;
import static io.fencegate.client.SequencerAnswers.granted;
import static io.fencegate.client.SequencerAnswers.queued;
import static io.fencegate.client.SequencerAnswers.refused;
import static io.fencegate.client.SequencerAnswers.released;
import static io.fencegate.client.SequencerAnswers.renewed;
import static io.fencegate.client.SequencerAnswers.revoked;
import static io.fencegate.client.SequencerAnswers.watching;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.driver.MediaDriver;
import io.fencegate.client.error.LeaseLostException;
import io.fencegate.client.error.LeaseRefusedException;
import io.fencegate.client.error.WaitCancelledException;
import io.fencegate.client.lease.Lease;
import io.fencegate.client.lease.LeaseKeeper;
import io.fencegate.client.lease.LeaseWatch;
import io.fencegate.client.lease.PendingLease;
import io.fencegate.client.lease.PendingRelease;
import io.fencegate.client.lease.Revocation;
import io.fencegate.client.session.lease.LeaseLoss;
import io.fencegate.client.session.lease.LeaseState;
import io.fencegate.codecs.wire.AcquireDecoder;
import io.fencegate.codecs.wire.CancelWaitDecoder;
import io.fencegate.codecs.wire.MessageHeaderDecoder;
import io.fencegate.codecs.wire.RenewDecoder;
import io.fencegate.codecs.wire.UnwatchDecoder;
import io.fencegate.codecs.wire.WatchDecoder;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.LeaseEnd;
import io.fencegate.core.grant.LeaseVerdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import org.agrona.CloseHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What does not block: waits, kept leases and watches, through ended sessions and restarts of what they stand on. */
@Timeout(120)
class LeaseLifeTest {
    private static final Duration TTL = Duration.ofSeconds(20);
    private static final Duration WAIT = Duration.ofMinutes(5);

    @TempDir
    Path directory;

    private final Told told = new Told();
    private MediaDriver driver;
    private ScriptedSequencer sequencer;
    private FencegateClient client;

    @BeforeEach
    void start() {
        driver = TestDriver.launch(directory.resolve("aeron"));
        sequencer = new ScriptedSequencer(directory);
        sequencer.law = templateId -> List.of();
        client = FencegateClient.connect(
                TestDriver.hasty(directory.resolve("aeron")).withSequencer(sequencer.ingressEndpoints()));
    }

    @AfterEach
    void stop() {
        CloseHelper.closeAll(client, sequencer, driver);
    }

    private void pollUntil(final BooleanSupplier condition) {
        Await.until(
                () -> {
                    client.poll();
                    return condition.getAsBoolean();
                },
                () -> "told so far: " + told.lines);
    }

    /** A sequencer that knows this client's lease, and its watch. */
    private static IntFunction<List<ScriptedSequencer.Answer>> holding(final long ttlMs, final long revision) {
        return templateId -> switch (templateId) {
            case AcquireDecoder.TEMPLATE_ID -> List.of(queued(1));
            case RenewDecoder.TEMPLATE_ID -> List.of(renewed(ttlMs, revision));
            case WatchDecoder.TEMPLATE_ID -> List.of(watching(revision), event(revision + 1));
            default -> List.of();
        };
    }

    private Lease lease(final long ttlMs) {
        return new Lease(new Grant("orders", TOKEN, client.clientId(), ttlMs, 1), ttlMs, System.nanoTime());
    }

    private long commands(final int templateId) {
        return sequencer.commands.stream()
                .filter(command -> new MessageHeaderDecoder().wrap(command, 0).templateId() == templateId)
                .count();
    }

    @Test
    void aWaitTellsItsPlaceAndEndsWithTheLease() {
        sequencer.script.add(List.of(queued(2)));
        final PendingLease pending = client.offerAcquire("orders", TTL, WAIT);
        assertThrows(IllegalStateException.class, pending::lease);
        pollUntil(() -> pending.place() == 2);
        final long queuedNs = System.nanoTime();
        sequencer.script.add(List.of(queued(1), granted(10_000)));
        sequencer.script.add(List.of(renewed(20_000, 2)));
        pollUntil(pending::isDone);
        final Lease lease = pending.lease();
        assertEquals(new Grant("orders", TOKEN, client.clientId(), 20_000, 2), lease.grant());
        assertEquals(20_000, lease.remainingMs());
        assertTrue(lease.firstSentNs() - queuedNs > 0, "the renewal's, not the acquire's");
        sequencer.law = templateId -> List.of(released());
        final PendingRelease release = client.offerRelease(pending.lease().grant());
        assertThrows(IllegalStateException.class, release::check);
        pollUntil(release::isDone);
        release.check();
    }

    @Test
    void aWaitIsCancelledAndOneThatNoNodeHeardOfEndsAtOnce() {
        final PendingLease unheard = client.offerAcquire("orders", TTL, WAIT);
        unheard.cancel();
        client.poll();
        assertThrows(WaitCancelledException.class, unheard::lease);
        sequencer.law = templateId -> List.of(templateId == CancelWaitDecoder.TEMPLATE_ID ? cancelled() : queued(1));
        final PendingLease pending = client.offerAcquire("orders", TTL, WAIT);
        pollUntil(() -> pending.place() == 1);
        pending.cancel();
        pollUntil(pending::isDone);
        assertThrows(WaitCancelledException.class, pending::lease);
    }

    @Test
    void severalCommandsAreUnderWayAndAClosedClientSaysThatItWaitsNoMore() {
        sequencer.law = holding(20_000, 5);
        final PendingLease first = client.offerAcquire("orders", TTL, WAIT);
        final PendingLease second = client.offerAcquire("orders/2", TTL, WAIT);
        pollUntil(() -> first.place() == 1 && second.place() == 1);
        sequencer.commands.clear();
        client.close();
        Await.until(() -> commands(CancelWaitDecoder.TEMPLATE_ID) >= 2);
        assertEquals(2, commands(CancelWaitDecoder.TEMPLATE_ID));
    }

    @Test
    void everythingUnderWaySurvivesAnEndedSessionAndARestartedSequencer() {
        sequencer.law = holding(3_000, 5);
        final PendingLease pending = client.offerAcquire("orders", TTL, WAIT);
        final LeaseWatch watch = client.watch("", told);
        final LeaseKeeper keeper = client.keep(lease(3_000), told);
        pollUntil(() -> pending.place() == 1 && told.count("renewed") == 1 && told.count("event 6") == 1);
        sequencer.closeNextSession.set(true);
        pollUntil(() -> told.count("watching 5") == 2 && told.count("renewed") >= 2);
        assertEquals(List.of("watching 5", "event 6", "gap", "watching 5"), told.only("watching", "event", "gap"));
        sequencer.close();
        pollUntil(() -> told.count("unconfirmed") == 1);
        assertFalse(keeper.isConfirmed());
        told.lines.clear();
        sequencer = new ScriptedSequencer(directory.resolve("again"), sequencer.ports());
        sequencer.law = holding(3_000, 9);
        pollUntil(() -> told.count("renewed") >= 1 && told.count("watching 9") == 1 && keeper.isConfirmed());
        assertEquals(9, keeper.lease().grant().seal(), "the newest seal");
        assertEquals(List.of("gap", "watching 9", "event 10"), told.only("watching", "event", "gap"));
        assertFalse(pending.isDone());
        sequencer.law =
                templateId -> List.of(templateId == AcquireDecoder.TEMPLATE_ID ? granted(20_000) : renewed(20_000, 9));
        pollUntil(pending::isDone);
        assertEquals(TOKEN, pending.lease().token());
        watch.close();
        keeper.close();
        assertFalse(keeper.isKeeping());
        pollUntil(() -> commands(UnwatchDecoder.TEMPLATE_ID) > 0);
    }

    @Test
    void everythingUnderWaySurvivesARestartedDriver() {
        sequencer.law = holding(60_000, 5);
        final LeaseWatch watch = client.watch("", told);
        client.keep(lease(60_000), told);
        pollUntil(() -> told.count("renewed") == 1 && told.count("event 6") == 1);
        told.lines.clear();
        driver.close();
        driver = TestDriver.launch(directory.resolve("aeron"));
        pollUntil(() -> told.count("gap") == 1 && told.count("watching 5") == 1);
        assertTrue(watch.isWatching());
        sequencer.law = templateId -> List.of(described(0));
        assertFalse(client.describe("orders").isHeld());
    }

    @Test
    void aThreadThatWasAwayForLongerThanItsLeaseHearsSoAndWhoHoldsItNow() {
        sequencer.law = holding(500, 5);
        final LeaseKeeper keeper = client.keep(lease(500), told);
        pollUntil(() -> told.count("renewed") >= 2);
        sequencer.law = templateId -> List.of(refused(LeaseVerdict.LEASE_LOST, LeaseEnd.EXPIRED));
        final long awayUntilNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(700);
        Await.until(() -> System.nanoTime() - awayUntilNs >= 0);
        told.lines.clear();
        pollUntil(() -> told.loss != null);
        assertEquals(List.of("unconfirmed", "lost"), told.lines);
        assertEquals(new LeaseLoss("orders", TOKEN, LeaseEnd.EXPIRED, OTHER, OTHER_CLIENT), told.loss);
        assertFalse(keeper.isKeeping());
        assertEquals(0, commands(AcquireDecoder.TEMPLATE_ID), "never acquired again");
        final long renewals = commands(RenewDecoder.TEMPLATE_ID);
        client.poll();
        assertEquals(renewals, commands(RenewDecoder.TEMPLATE_ID));
    }

    @Test
    void anOperatorDescribesAndRevokes() {
        sequencer.script.add(List.of(described(OTHER)));
        assertEquals(new LeaseState("orders", OTHER_CLIENT, OTHER, 20_000, 10_000, 2), client.describe("orders"));
        sequencer.script.add(List.of(described(OTHER)));
        sequencer.script.add(List.of(revoked()));
        final Revocation revocation = client.revoke("orders");
        assertEquals(OTHER, revocation.revokedToken());
        assertEquals(OTHER_CLIENT, revocation.revokedHolder());
        assertEquals(new Grant("orders", OTHER + 1, client.clientId(), 20_000, 5), revocation.grant());
        sequencer.script.add(List.of(described(0)));
        final LeaseRefusedException nobody = assertThrows(LeaseRefusedException.class, () -> client.revoke("orders"));
        assertEquals(LeaseVerdict.LEASE_LOST, nobody.verdict());
        sequencer.script.add(List.of(described(OTHER)));
        sequencer.script.add(List.of(refused(LeaseVerdict.LEASE_LOST, LeaseEnd.RELEASED)));
        final LeaseLostException meanwhile = assertThrows(LeaseLostException.class, () -> client.revoke("orders"));
        assertEquals(LeaseEnd.RELEASED, meanwhile.end());
    }

    @Test
    void aRefusedWatchAndTooManyPendingLeasesAreTold() {
        sequencer.law = templateId -> List.of(refused(LeaseVerdict.TOO_MANY_WATCHES, LeaseEnd.UNKNOWN));
        final LeaseWatch watch = client.watch("orders", told);
        pollUntil(() -> told.count("refused TOO_MANY_WATCHES") == 1);
        assertFalse(watch.isWatching());
        assertThrows(LeaseRefusedException.class, () -> client.watch("line\nbreak", told));
        for (int i = 0; i < 256; i++) {
            client.offerAcquire("orders/" + i, TTL, WAIT);
        }
        final IllegalStateException full =
                assertThrows(IllegalStateException.class, () -> client.offerAcquire("orders", TTL, WAIT));
        assertTrue(full.getMessage().contains("limit=256"), full.getMessage());
        assertNotEquals(0, client.clientId());
    }

    @Test
    void aKeeperThatCannotReleaseNowKeepsOn() {
        sequencer.law = holding(20_000, 5);
        final LeaseKeeper keeper = client.keep(lease(20_000), told);
        final Grant other = new Grant("orders/2", TOKEN, client.clientId(), 20_000, 1);
        for (int i = 0; i < 256; i++) {
            client.offerRelease(other);
        }
        final IllegalStateException full = assertThrows(IllegalStateException.class, keeper::release);
        assertTrue(full.getMessage().contains("limit=256"), full.getMessage());
        assertTrue(keeper.isKeeping(), "nobody else would release or renew it");
        pollUntil(() -> told.count("renewed") == 1);
    }

    @Test
    void theLongestWaitThatCanBeSaidIsNotOverAtOnce() {
        sequencer.law = holding(20_000, 5);
        final PendingLease pending = client.offerAcquire("orders", TTL, Duration.ofMillis(Long.MAX_VALUE));
        pollUntil(() -> pending.isDone() || pending.place() == 1);
        assertFalse(pending.isDone());
    }
}
