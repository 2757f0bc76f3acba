package io.fencegate.verification.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.fencegate.client.ClientConfig;
import io.fencegate.client.FencegateClient;
import io.fencegate.client.error.LeaseRefusedException;
import io.fencegate.client.error.LoginRefusedException;
import io.fencegate.client.lease.AccessRules;
import io.fencegate.client.lease.Lease;
import io.fencegate.client.lease.PendingLease;
import io.fencegate.client.lease.WatchListener;
import io.fencegate.client.session.lease.LeaseEvent;
import io.fencegate.core.access.AccessRule;
import io.fencegate.core.access.Principal;
import io.fencegate.core.access.Right;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.grant.SealKey;
import io.fencegate.core.login.LoginRefusal;
import io.fencegate.core.login.LoginVerifier;
import io.fencegate.sequencer.SequencerCluster;
import io.fencegate.sequencer.counters.SequencerCounters;
import io.fencegate.sequencer.login.Admission;
import io.fencegate.sequencer.login.CredentialBook;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.agrona.CloseHelper;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is let in, and who may do what, between the client library and a real sequencer. */
class AccessTest {
    private static final Duration TTL = Duration.ofMinutes(2);
    private static final int SECONDS_MAX = 30;
    private static final CredentialBook BOOK = CredentialBook.NONE
            .with(new Principal("root"), verifier("root"))
            .with(new Principal("alice"), verifier("alice"))
            .with(new Principal("bob"), verifier("bob"));

    @TempDir
    Path directory;

    private final Queue<Object> failures = new ConcurrentLinkedQueue<>();
    private final List<AutoCloseable> clients = new ArrayList<>();
    private SequencerCluster sequencer;
    private String told = "";
    private MediaDriver driver;

    @BeforeEach
    void startDriver() {
        driver = driver("aeron");
    }

    @AfterEach
    void stop() {
        CloseHelper.closeAll(clients);
        CloseHelper.closeAll(driver, sequencer);
        assertTrue(failures.isEmpty(), failures::toString);
    }

    @Test
    void twoPrincipalsDoWhatTheyMayAndNothingElse() {
        launch(new Admission(20, BOOK, new Principal("root")));
        final FencegateClient root = connect("root");
        final FencegateClient alice = connect("alice");
        final FencegateClient bob = connect("bob");
        refused(LeaseVerdict.NOT_ALLOWED, () -> alice.acquire("orders/1", TTL, Duration.ZERO));
        final AccessRules founded = root.access().rules();
        assertEquals(new AccessRules(1, List.of(new AccessRule("root", "", Right.ALL))), founded);

        final AccessRule orders = new AccessRule("alice", "orders/", Right.ACQUIRE.bit() | Right.WATCH.bit());
        assertEquals(2, root.access().allow(orders, 1));
        refused(LeaseVerdict.ACCESS_CHANGED, () -> root.access().allow(orders, 1));
        refused(LeaseVerdict.NOT_ALLOWED, () -> alice.access().allow(orders, 2));
        refused(LeaseVerdict.LAST_OPERATOR, () -> root.access().forbid(new AccessRule("root", "", Right.ALL), 2));
        refused(LeaseVerdict.NOT_ALLOWED, () -> bob.access().rules());

        final Lease lease = alice.acquire("orders/1", TTL, Duration.ZERO);
        assertTrue(alice.describe("orders/1").isHeld());
        refused(LeaseVerdict.NOT_ALLOWED, () -> alice.acquire("bills/1", TTL, Duration.ZERO));
        refused(LeaseVerdict.NOT_ALLOWED, () -> alice.revoke("orders/1"));
        refused(LeaseVerdict.NOT_ALLOWED, () -> bob.acquire("orders/1", TTL, Duration.ZERO));
        refused(LeaseVerdict.NOT_ALLOWED, () -> bob.describe("orders/1"));
        refused(LeaseVerdict.NOT_ALLOWED, () -> alice.leases(""));
        assertEquals(1, alice.leases("orders/").size());

        // A ticket is worth nothing to another principal, and goes on in another process of the same one.
        root.access().allow(new AccessRule("bob", "", Right.ACQUIRE.bit()), 2);
        final Grant grant = lease.grant();
        final FencegateClient thief = connect(config("bob").withClientId(grant.clientId()));
        refused(LeaseVerdict.NOT_ALLOWED, () -> thief.renew(grant, TTL));
        refused(LeaseVerdict.NOT_ALLOWED, () -> thief.release(grant));
        connect(config("alice").withClientId(grant.clientId())).release(grant);
        final Grant second = bob.acquire("orders/1", TTL, Duration.ZERO).grant();
        assertEquals(second.token(), root.revoke("orders/1").revokedToken());
        assertTrue(counters().refusals(LeaseVerdict.NOT_ALLOWED) >= 10);
        assertEquals(0, counters().loginsRefused());
    }

    @Test
    void whoMayNotWatchAnyMoreIsToldOfAGapAndThenThatItIsRefused() {
        launch(new Admission(20, BOOK, new Principal("root")));
        final FencegateClient root = connect("root");
        final FencegateClient alice = connect("alice");
        final AccessRule watch = new AccessRule("alice", "orders/", Right.WATCH.bit());
        root.access().allow(watch, root.access().rules().revision());
        final Watcher watcher = new Watcher();
        alice.watch("orders/", watcher);
        pollUntil(() -> told.contains("watching"), alice);
        final Grant grant = root.acquire("orders/1", TTL, Duration.ZERO).grant();
        pollUntil(() -> told.contains("GRANTED orders/1"), alice);

        root.access().forbid(watch, 2);
        root.release(grant);

        pollUntil(() -> told.contains("refused NOT_ALLOWED"), alice, root);
        assertFalse(told.contains("RELEASED orders/1"), () -> told);
    }

    @Test
    void whoDoesNotShowItsSecretIsNotLetInAndToldSoAtOnce() {
        launch(new Admission(20, BOOK, Principal.ANONYMOUS));
        final FencegateClient alice = connect("alice");
        final Grant grant = alice.acquire("orders", TTL, Duration.ZERO).grant();

        assertEquals(
                LoginRefusal.WRONG_CREDENTIALS, refusalOf(connect(base().withCredentials("alice", secret("malice")))));
        assertEquals(
                LoginRefusal.WRONG_CREDENTIALS, refusalOf(connect(base().withCredentials("eve", secret("alice")))));
        assertEquals(LoginRefusal.LOGIN_REQUIRED, refusalOf(connect(base())));
        assertTrue(counters().loginsRefused() >= 3);
        // Without an operator, whoever is let in may do everything, but not in another's name.
        final FencegateClient bob = connect("bob");
        assertEquals(grant.token(), bob.revoke("orders").revokedToken());
    }

    @Test
    void whereNobodyLogsInEverybodyMayDoEverythingAndNoMoreComeInThanMay() {
        launch(Admission.anonymous(2));
        final FencegateClient first = connect(base());
        first.acquire("a", TTL, Duration.ZERO);
        final FencegateClient second = connect(config("alice"));
        second.acquire("b", TTL, Duration.ZERO);
        refused(LeaseVerdict.NOT_ALLOWED, () -> second.access().allow(new AccessRule("alice", "", Right.ALL), 0));
        assertEquals(new AccessRules(0, List.of()), first.access().rules());

        final FencegateClient third = connect(base().withTimeouts(
                        TimeUnit.SECONDS.toNanos(2), TimeUnit.SECONDS.toNanos(1), TimeUnit.SECONDS.toNanos(2)));
        assertEquals(LoginRefusal.SESSION_LIMIT, refusalOf(third));
        assertTrue(counters().sessionsRefused() >= 1);
        assertEquals(2, counters().sessions());
        first.close();
        pollUntil(() -> counters().sessions() == 1, second);
        third.acquire("c", TTL, Duration.ZERO);
    }

    @Test
    void aLostSessionLosesNeitherAPlaceInTheQueueNorAWatch() {
        launch(new Admission(20, BOOK, new Principal("root")));
        final MediaDriver other = driver("other");
        clients.add(other);
        final FencegateClient holder = connect(elsewhere(other).withCredentials("root", secret("root")));
        final FencegateClient behind = connect(elsewhere(other).withCredentials("root", secret("root")));
        final FencegateClient waiter = connect("root");
        final Grant held = holder.acquire("orders", TTL, Duration.ZERO).grant();
        final Watcher watcher = new Watcher();
        waiter.watch("orders", watcher);
        final PendingLease first = waiter.offerAcquire("orders", TTL, TTL);
        pollUntil(() -> first.place() == 1 && told.contains("watching"), waiter);
        final PendingLease second = behind.offerAcquire("orders", TTL, TTL);
        pollUntil(() -> second.place() == 2, behind);

        // Its driver dies, and with it everything that the cluster could reach it by.
        driver.close();
        holder.renew(held, TTL.plusMinutes(1));
        final long openedBefore = counters().sessionsOpened();
        driver = driver("aeron");
        pollUntil(() -> told.contains("gap") && told.endsWith("watching"), waiter, holder, behind);
        assertEquals(openedBefore + 1, counters().sessionsOpened());
        holder.release(held);

        pollUntil(first::isDone, waiter, holder, behind);
        assertEquals(held.token() + 1, first.lease().grant().token());
        pollUntil(() -> told.contains("RELEASED orders GRANTED orders"), waiter);
        assertFalse(told.contains("RENEWED orders gap"), "what happened while it was away is in the gap");
        assertFalse(second.isDone());
    }

    private void launch(final Admission admission) {
        sequencer = SequencerCluster.launch(
                1,
                directory.resolve("sequencer"),
                directory.resolve("sequencer-aeron"),
                SealKey.Source.of(),
                admission,
                (member, reason, fact, cause) -> failures.add(fact));
        assertTrue(sequencer.awaitLeader(TimeUnit.SECONDS.toMillis(SECONDS_MAX)));
    }

    private SequencerCounters counters() {
        return sequencer.nodes().get(0).counters();
    }

    private ClientConfig base() {
        return ClientConfig.of(directory.resolve("aeron").toString()).withSequencer(sequencer.ingressEndpoints());
    }

    private ClientConfig elsewhere(final MediaDriver other) {
        return ClientConfig.of(other.aeronDirectoryName()).withSequencer(sequencer.ingressEndpoints());
    }

    private ClientConfig config(final String name) {
        return base().withCredentials(name, secret(name));
    }

    private FencegateClient connect(final String name) {
        return connect(config(name));
    }

    private FencegateClient connect(final ClientConfig config) {
        final FencegateClient client = FencegateClient.connect(config);
        clients.add(0, client);
        return client;
    }

    private MediaDriver driver(final String name) {
        return MediaDriver.launch(new MediaDriver.Context()
                .aeronDirectoryName(directory.resolve(name).toString())
                .threadingMode(ThreadingMode.SHARED)
                .sharedIdleStrategy(idle())
                .termBufferSparseFile(true)
                .publicationTermBufferLength(1 << 17)
                .ipcTermBufferLength(1 << 17)
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true));
    }

    private static IdleStrategy idle() {
        return new BackoffIdleStrategy(10, 10, 1_000, 1_000_000);
    }

    private void pollUntil(final BooleanSupplier condition, final FencegateClient... polled) {
        final IdleStrategy idle = idle();
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - deadlineNs < 0, () -> "it did not happen in time: told=" + told);
            int workCount = 0;
            for (final FencegateClient client : polled) {
                workCount += client.poll();
            }
            idle.idle(workCount);
        }
    }

    private static void refused(final LeaseVerdict verdict, final Runnable call) {
        assertEquals(
                verdict, assertThrows(LeaseRefusedException.class, call::run).verdict());
    }

    private static LoginRefusal refusalOf(final FencegateClient client) {
        return assertThrows(LoginRefusedException.class, () -> client.acquire("orders", TTL, Duration.ZERO))
                .refusal();
    }

    private static String secret(final String name) {
        return name + "-has-a-secret";
    }

    private static LoginVerifier verifier(final String name) {
        return LoginVerifier.of(
                secret(name).getBytes(StandardCharsets.UTF_8),
                new byte[LoginVerifier.SALT_LENGTH],
                LoginVerifier.ITERATIONS_MIN);
    }

    /** Writes down what it is told. */
    private final class Watcher implements WatchListener {

        @Override
        public void onWatching(final long revision) {
            told = (told + " watching").strip();
        }

        @Override
        public void onEvent(final LeaseEvent event) {
            told = told + " " + event.kind() + " " + event.resource();
        }

        @Override
        public void onGap() {
            told = told + " gap";
        }

        @Override
        public void onRefused(final LeaseVerdict verdict) {
            told = told + " refused " + verdict;
        }
    }
}
