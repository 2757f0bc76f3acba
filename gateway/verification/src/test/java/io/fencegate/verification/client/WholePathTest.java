package io.fencegate.verification.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.fencegate.client.ClientConfig;
import io.fencegate.client.FencegateClient;
import io.fencegate.client.Receipt;
import io.fencegate.client.WriteListener;
import io.fencegate.client.error.DeniedException;
import io.fencegate.client.error.LeaseLostException;
import io.fencegate.client.error.RefusedException;
import io.fencegate.client.error.StaleTokenException;
import io.fencegate.client.lease.Lease;
import io.fencegate.client.session.lease.HeldLease;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.SealKey;
import io.fencegate.core.grant.Ticket;
import io.fencegate.core.grant.Verdict;
import io.fencegate.journal.JournalConfig;
import io.fencegate.journal.JournalReport;
import io.fencegate.journal.JournalVerifier;
import io.fencegate.sequencer.SequencerCluster;
import io.fencegate.storage.FenceLimits;
import io.fencegate.storage.Gateway;
import io.fencegate.storage.GatewayConfig;
import io.fencegate.storage.Threading;
import io.fencegate.storage.admission.Endpoints;
import io.fencegate.storage.durability.Durability;
import io.fencegate.storage.session.SessionLimits;
import io.fencegate.verification.checker.Properties;
import io.fencegate.verification.checker.fact.Findings;
import io.fencegate.verification.checker.fact.Property;
import io.fencegate.verification.checker.linear.Linearizability;
import io.fencegate.verification.history.Event;
import io.fencegate.verification.history.History;
import io.fencegate.verification.history.HistoryHeader;
import io.fencegate.verification.history.JournalEvents;
import io.fencegate.verification.history.Transport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client's calls against a real sequencer and a real gateway, each with a media driver of its own. */
class WholePathTest {
    private static final SealKey KEY = SealKey.parse("000102030405060708090a0b0c0d0e0f");
    private static final Duration TTL = Duration.ofMinutes(2);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration WAIT = Duration.ofMinutes(1);
    private static final int PIPELINED_WRITES = 5_000;
    private static final int SMALL = 100;

    @TempDir
    static Path shared;

    private static SequencerCluster sequencer;
    private static final Queue<Object> FAILURES = new ConcurrentLinkedQueue<>();

    @TempDir
    Path directory;

    private MediaDriver driver;
    private Gateway gateway;
    private FencegateClient client;
    private FencegateClient successor;
    private History history;
    private RecordedClient ours;
    private RecordedClient theirs;

    @BeforeAll
    static void startSequencer() {
        sequencer = SequencerCluster.launch(
                1,
                shared.resolve("sequencer"),
                SealKey.Source.of(KEY),
                (member, reason, fact, cause) -> FAILURES.add(fact));
    }

    @AfterAll
    static void stopSequencer() {
        sequencer.close();
    }

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
        startGateway();
        client = connect();
        successor = connect();
        history = new History(new HistoryHeader(Durability.PROCESS, true, Transport.STREAM));
        ours = new RecordedClient(client, "client", history);
        theirs = new RecordedClient(successor, "successor", history);
    }

    @AfterEach
    void stop() {
        CloseHelper.closeAll(client, successor, gateway, driver);
        assertTrue(FAILURES.isEmpty(), FAILURES::toString);
        everyPropertyHolds();
    }

    @Test
    void aHolderWritesAndAnybodyReads() {
        final Lease lease = ours.acquire("path/orders", TTL, Duration.ZERO);
        assertEquals(lease.grant(), Ticket.parse(lease.ticket()));
        final RecordedClient.Writer writer = ours.open(lease.grant());
        final Receipt receipt = writer.write(bytes("hello"));
        assertEquals(1, receipt.sequence());
        assertEquals(Verdict.ACCEPTED, receipt.verdict());
        assertArrayEquals(bytes("hello"), theirs.read("path/orders").payload());
        final HeldLease held = client.leases("path/").get(0);
        assertEquals(
                "path/orders " + client.clientId() + " " + lease.token(),
                held.resource() + " " + held.holder() + " " + held.token());
        assertEquals(lease.token(), client.renew(lease.grant(), TTL).token());
        ours.release(lease.grant());
        assertEquals(List.of(), client.leases("path/"));
        assertThrows(LeaseLostException.class, () -> ours.release(lease.grant()));
    }

    @Test
    void aHolderThatSleptPastItsLeaseIsRefusedByTheStorage() {
        final Lease lease = ours.acquire("zombie", SHORT, Duration.ZERO);
        final RecordedClient.Writer writer = ours.open(lease.grant());
        writer.write(bytes("before the pause"));
        final Lease next = theirs.acquire("zombie", TTL, WAIT);
        assertTrue(next.token() > lease.token());
        assertTrue(next.remainingMs() > TTL.toMillis() / 2, "renewed at once: remainingMs=" + next.remainingMs());
        assertEquals(2, writer.write(bytes("nobody has opened a newer one yet")).sequence());
        final RecordedClient.Writer newer = theirs.open(next.grant());
        assertEquals(2, newer.opened().lastSequence());
        final StaleTokenException stale =
                assertThrows(StaleTokenException.class, () -> writer.write(bytes("after the pause")));
        assertEquals(lease.token(), stale.ourToken());
        assertEquals(next.token(), stale.fenceToken());
        assertThrows(LeaseLostException.class, () -> client.renew(lease.grant(), TTL));
        newer.write(bytes("the newer holder's"));
        assertArrayEquals(bytes("the newer holder's"), ours.read("zombie").payload());
        theirs.release(next.grant());
    }

    @Test
    void aLeaseInUseIsDeniedWithItsHoldersToken() {
        final Lease lease = ours.acquire("denied", TTL, Duration.ZERO);
        final DeniedException denied =
                assertThrows(DeniedException.class, () -> theirs.acquire("denied", TTL, Duration.ZERO));
        assertEquals(lease.token(), denied.currentToken());
        ours.release(lease.grant());
    }

    @Test
    void aWriterGoesOnBehindARestartedGateway() {
        final Lease lease = ours.acquire("restart", TTL, Duration.ZERO);
        final RecordedClient.Writer writer = ours.open(lease.grant());
        final Receipt first = writer.write(bytes("one"));
        gateway.close();
        startGateway();
        final Receipt second = writer.write(bytes("two"));
        assertEquals(2, second.sequence());
        assertEquals(first.generation() + 1, second.generation());
        assertTrue(second.position() > first.position());
        assertEquals(2, journalAfterClose().writesAccepted());
    }

    @Test
    void aForgedGrantOpensNothing() {
        final Lease lease = ours.acquire("forged", TTL, Duration.ZERO);
        ours.open(lease.grant());
        final Grant forged = new Grant(
                "forged",
                lease.token() + 1,
                successor.clientId(),
                1_000,
                lease.grant().seal());
        final RefusedException refused = assertThrows(RefusedException.class, () -> theirs.open(forged));
        assertEquals(Verdict.BAD_SEAL, refused.verdict());
    }

    @Test
    void manyWritesUnderWayAreAcceptedOnceEach() {
        final RecordedClient.Writer writer =
                ours.open(ours.acquire("pipelined", TTL, Duration.ZERO).grant());
        final UnsafeBuffer payload = new UnsafeBuffer(new byte[100]);
        final InOrder inOrder = new InOrder(writer);
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        long offered = 0;
        while (inOrder.last < PIPELINED_WRITES && System.nanoTime() - deadlineNs < 0) {
            payload.putLong(0, offered);
            if (offered < PIPELINED_WRITES && writer.offer(payload) > 0) {
                offered++;
            }
            writer.poll(inOrder, 16);
        }
        assertEquals(PIPELINED_WRITES, inOrder.last);
        assertNull(inOrder.unexpected);
        final JournalReport report = journalAfterClose();
        assertEquals(PIPELINED_WRITES, report.writesAccepted());
        assertEquals(1, report.fencesRaised());
    }

    private void everyPropertyHolds() {
        JournalEvents.add(
                history,
                directory.resolve("journal"),
                "gateway",
                history.events().size(),
                name -> true);
        final Findings findings = Properties.check(history);
        assertEquals(List.of(), findings.violations());
        assertTrue(findings.checkedCount(Property.S1) > 0, "nothing was looked at");
        if (history.events().size() < SMALL) {
            history.events().stream()
                    .map(Event::resource)
                    .filter(name -> !name.isEmpty())
                    .distinct()
                    .forEach(
                            name -> assertNull(Linearizability.of(history, name).violation()));
        }
    }

    private JournalReport journalAfterClose() {
        CloseHelper.closeAll(client, successor, gateway);
        gateway = null;
        final JournalReport report = JournalVerifier.verify(directory.resolve("journal"));
        assertTrue(report.isIntact(), () -> String.valueOf(report.violation()));
        return report;
    }

    private FencegateClient connect() {
        return FencegateClient.connect(ClientConfig.of(driver.aeronDirectoryName())
                .withSequencer(sequencer.ingressEndpoints())
                .withGateway("aeron:ipc")
                .withTimeouts(
                        TimeUnit.SECONDS.toNanos(60), TimeUnit.SECONDS.toNanos(10), TimeUnit.SECONDS.toNanos(10)));
    }

    private void startGateway() {
        final JournalConfig journal = new JournalConfig(
                directory.resolve("journal"), 1 << 20, 1 << 20, JournalConfig.FENCE_LOG_RESERVE_LENGTH_DEFAULT);
        gateway = Gateway.launch(
                new GatewayConfig(
                        driver.aeronDirectoryName(),
                        Endpoints.ipc(),
                        journal,
                        Durability.PROCESS,
                        new FenceLimits(1 << 10, 1 << 16, 1 << 16),
                        SessionLimits.DEFAULT,
                        Threading.SHARED,
                        SealKey.Source.of(KEY)),
                (agent, cause) -> FAILURES.add(agent + ": " + cause));
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(UTF_8);
    }

    /** Expects every sequence once, in order, accepted. */
    private static final class InOrder implements WriteListener {
        private final RecordedClient.Writer writer;
        private long last;
        private String unexpected;

        InOrder(final RecordedClient.Writer writer) {
            this.writer = writer;
        }

        @Override
        public void onAccepted(final long sequence, final Verdict verdict, final long generation, final long position) {
            writer.offerAccepted(sequence, verdict, generation, position);
            if (sequence != last + 1 || verdict != Verdict.ACCEPTED) {
                unexpected = "sequence=" + sequence + " verdict=" + verdict;
            }
            last = sequence;
        }

        @Override
        public void onRefused(
                final long sequence,
                final Verdict verdict,
                final long fenceToken,
                final long fenceClientId,
                final long sequenceExpected) {
            unexpected = "sequence=" + sequence + " verdict=" + verdict;
        }

        @Override
        public void onInDoubt(
                final long sequence, final Verdict verdict, final long fenceToken, final long fenceClientId) {
            unexpected = "sequence=" + sequence + " verdict=" + verdict;
        }

        @Override
        public void onTimedOut(final long sequence) {
            unexpected = "timed out " + sequence;
        }
    }
}
