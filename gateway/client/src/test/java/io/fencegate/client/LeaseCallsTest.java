package io.fencegate.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.driver.MediaDriver;
import io.fencegate.client.error.DeniedException;
import io.fencegate.client.error.LeaseLostException;
import io.fencegate.client.error.LeaseRefusedException;
import io.fencegate.client.error.NotReachableException;
import io.fencegate.client.error.WaitTimedOutException;
import io.fencegate.client.lease.Lease;
import io.fencegate.client.session.lease.HeldLease;
import io.fencegate.codecs.wire.AcquireDecoder;
import io.fencegate.codecs.wire.DeniedEncoder;
import io.fencegate.codecs.wire.GrantedEncoder;
import io.fencegate.codecs.wire.LeaseRefusedEncoder;
import io.fencegate.codecs.wire.LeasesEncoder;
import io.fencegate.codecs.wire.ListLeasesDecoder;
import io.fencegate.codecs.wire.MessageHeaderDecoder;
import io.fencegate.codecs.wire.MessageHeaderEncoder;
import io.fencegate.codecs.wire.QueuedEncoder;
import io.fencegate.codecs.wire.ReleaseDecoder;
import io.fencegate.codecs.wire.ReleasedEncoder;
import io.fencegate.codecs.wire.RenewDecoder;
import io.fencegate.codecs.wire.RenewedEncoder;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.core.grant.Ticket;
import io.fencegate.core.grant.Token;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blocking calls to a sequencer whose answers get lost and whose sessions end. */
class LeaseCallsTest {
    private static final long TOKEN = Token.of(1, 7);
    private static final long OTHER = Token.of(1, 8);
    private static final long SEAL = 99;
    private static final Duration TTL = Duration.ofSeconds(20);
    private static final Duration WAIT = Duration.ofSeconds(5);

    @TempDir
    static Path directory;

    private static MediaDriver driver;
    private static ScriptedSequencer sequencer;

    private FencegateClient client;

    @BeforeAll
    static void startSequencer() {
        driver = TestDriver.launch(directory.resolve("aeron"));
        sequencer = new ScriptedSequencer(directory);
    }

    @AfterAll
    static void stopSequencer() {
        CloseHelper.closeAll(sequencer, driver);
    }

    @BeforeEach
    void connect() {
        sequencer.commands.clear();
        sequencer.script.clear();
        client = connect(TestDriver.config(directory.resolve("aeron")));
    }

    private static FencegateClient connect(final ClientConfig config) {
        return FencegateClient.connect(config.withSequencer(sequencer.ingressEndpoints()));
    }

    /** Instead of the client that waits patiently. */
    private void beHasty() {
        client.close();
        client = connect(TestDriver.hasty(directory.resolve("aeron")));
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void anAcquiredLeaseIsAGrantWithItsTicket() {
        sequencer.script.add(List.of(granted(20_000)));
        final Lease lease = client.acquire("orders", TTL, Duration.ZERO);
        assertEquals(new Grant("orders", TOKEN, client.clientId(), 20_000, SEAL), lease.grant());
        assertEquals(lease.grant(), Ticket.parse(lease.ticket()));
        final AcquireDecoder acquire = acquire(sequencer.commands.element());
        assertEquals(client.clientId(), acquire.clientId());
        assertEquals(20_000, acquire.ttlMs());
        assertEquals(0, acquire.waitMs());
        assertEquals("orders", acquire.resource());
    }

    @Test
    void aCommandWithoutAnAnswerIsRepeatedWithItsRequestId() {
        beHasty();
        sequencer.script.add(List.of());
        sequencer.script.add(List.of(granted(20_000)));
        client.acquire("orders", TTL, Duration.ZERO);
        assertTrue(sequencer.commands.size() >= 2);
        final UnsafeBuffer first = sequencer.commands.remove();
        assertEquals(first, sequencer.commands.remove(), "the same bytes");
    }

    @Test
    void aCommandWhoseSessionEndsIsRepeatedInANewOne() {
        sequencer.closeNextSession.set(true);
        sequencer.script.add(List.of(granted(20_000)));
        client.acquire("orders", TTL, Duration.ZERO);
        final long requestId = acquire(sequencer.commands.remove()).requestId();
        assertEquals(requestId, acquire(sequencer.commands.remove()).requestId());
    }

    @Test
    void answersToOtherCommandsArePassedOver() {
        sequencer.script.add(List.of(
                (command, answer) -> encodeGranted(answer, client.clientId() + 1, requestId(command), OTHER, 20_000),
                (command, answer) -> encodeGranted(answer, client.clientId(), requestId(command) + 1, OTHER, 20_000),
                (command, answer) -> 3,
                granted(20_000)));
        assertEquals(TOKEN, client.acquire("orders", TTL, Duration.ZERO).token());
    }

    @Test
    void aLeaseOutOfTheQueueIsRenewedAtOnce() {
        sequencer.script.add(List.of(queued(1), granted(10_000)));
        sequencer.script.add(List.of(renewed()));
        final Lease lease = client.acquire("orders", TTL, WAIT);
        assertEquals(20_000, lease.remainingMs());
        assertEquals(5_000, acquire(sequencer.commands.remove()).waitMs());
        final RenewDecoder renew =
                new RenewDecoder().wrapAndApplyHeader(sequencer.commands.remove(), 0, new MessageHeaderDecoder());
        assertEquals(TOKEN, renew.token());
        assertEquals(20_000, renew.ttlMs());
    }

    @Test
    void aLeaseThatSomebodyElseHoldsIsDenied() {
        sequencer.script.add(List.of((command, answer) -> {
            final DeniedEncoder denied = new DeniedEncoder()
                    .wrapAndApplyHeader(answer, 0, new MessageHeaderEncoder())
                    .requestId(requestId(command))
                    .clientId(client.clientId())
                    .token(OTHER)
                    .remainingMs(1_234);
            return MessageHeaderEncoder.ENCODED_LENGTH + denied.encodedLength();
        }));
        final DeniedException denied =
                assertThrows(DeniedException.class, () -> client.acquire("orders", TTL, Duration.ZERO));
        assertEquals(OTHER, denied.currentToken());
        assertEquals(1_234, denied.remainingMs());
    }

    @Test
    void aWaitThatEndsIsTold() {
        sequencer.script.add(List.of(queued(2), refused(LeaseVerdict.WAIT_TIMED_OUT, OTHER)));
        final WaitTimedOutException timedOut =
                assertThrows(WaitTimedOutException.class, () -> client.acquire("orders", TTL, WAIT));
        assertEquals(OTHER, timedOut.currentToken());
    }

    @Test
    void aWaitThatIsHeardOfNowAndThenKeepsItsConnection() {
        beHasty();
        sequencer.script.add(List.of(queued(2)));
        sequencer.script.add(List.of(queued(1)));
        sequencer.script.add(List.of(queued(1)));
        sequencer.script.add(List.of(granted(20_000)));
        sequencer.script.add(List.of(renewed()));
        assertEquals(TOKEN, client.acquire("orders", TTL, WAIT).token());
    }

    @Test
    void aCommandToASequencerThatIsNotFoundedYetIsRepeatedAndNoRefusal() {
        sequencer.script.add(List.of(refused(LeaseVerdict.NOT_FOUNDED, 0)));
        sequencer.script.add(List.of(refused(LeaseVerdict.NOT_FOUNDED, 0)));
        sequencer.script.add(List.of(granted(20_000)));
        assertEquals(TOKEN, client.acquire("orders", TTL, Duration.ZERO).token());
        final UnsafeBuffer first = sequencer.commands.remove();
        assertEquals(first, sequencer.commands.remove());
        assertEquals(first, sequencer.commands.remove());
    }

    @Test
    void aSequencerThatIsNeverFoundedDoesNotAnswerInTime() {
        client.close();
        client = connect(TestDriver.impatient(directory.resolve("aeron")));
        for (int i = 0; i < 1_000; i++) {
            sequencer.script.add(List.of(refused(LeaseVerdict.NOT_FOUNDED, 0)));
        }
        assertThrows(NotReachableException.class, () -> client.acquire("orders", TTL, Duration.ZERO));
        assertTrue(sequencer.commands.size() > 1);
    }

    @Test
    void anyOtherRefusalIsTold() {
        sequencer.script.add(List.of(refused(LeaseVerdict.TTL_OUT_OF_RANGE, 0)));
        final LeaseRefusedException refused = assertThrows(
                LeaseRefusedException.class, () -> client.acquire("orders", Duration.ofDays(2), Duration.ZERO));
        assertEquals(LeaseVerdict.TTL_OUT_OF_RANGE, refused.verdict());
        final LeaseRefusedException badName =
                assertThrows(LeaseRefusedException.class, () -> client.acquire("line\nbreak", TTL, Duration.ZERO));
        assertEquals(LeaseVerdict.BAD_NAME, badName.verdict());
        assertThrows(LeaseRefusedException.class, () -> client.acquire("x".repeat(129), TTL, Duration.ZERO));
        assertEquals(1, sequencer.commands.size());
    }

    @Test
    void aTicketIsRenewedAndReleasedAsItsHolder() {
        final Grant ofAnotherProcess = new Grant("orders", TOKEN, client.clientId() + 5, 20_000, SEAL);
        sequencer.script.add(List.of(renewed()));
        assertEquals(ofAnotherProcess, client.renew(ofAnotherProcess, TTL).grant());
        sequencer.script.add(List.of((command, answer) -> {
            final ReleasedEncoder released = new ReleasedEncoder()
                    .wrapAndApplyHeader(answer, 0, new MessageHeaderEncoder())
                    .requestId(requestId(command))
                    .clientId(ofAnotherProcess.clientId())
                    .token(TOKEN);
            return MessageHeaderEncoder.ENCODED_LENGTH + released.encodedLength();
        }));
        client.release(ofAnotherProcess);
        sequencer.commands.remove();
        final ReleaseDecoder release =
                new ReleaseDecoder().wrapAndApplyHeader(sequencer.commands.remove(), 0, new MessageHeaderDecoder());
        assertEquals(ofAnotherProcess.clientId(), release.clientId());
        assertEquals(TOKEN, release.token());
    }

    @Test
    void aLostLeaseIsToldWithBothTokensAndNotAcquiredAgain() {
        final Grant grant = new Grant("orders", TOKEN, client.clientId(), 20_000, SEAL);
        sequencer.script.add(List.of(refused(LeaseVerdict.LEASE_LOST, OTHER)));
        final LeaseLostException lost = assertThrows(LeaseLostException.class, () -> client.renew(grant, TTL));
        assertEquals(TOKEN, lost.ourToken());
        assertEquals(OTHER, lost.currentToken());
        sequencer.script.add(List.of(refused(LeaseVerdict.LEASE_LOST, 0)));
        assertThrows(LeaseLostException.class, () -> client.release(grant));
        assertEquals(2, sequencer.commands.size());
    }

    @Test
    void leasesAreListedPageByPage() {
        sequencer.script.add(List.of((command, answer) -> page(command, answer, true, "a/1", "a/2")));
        sequencer.script.add(List.of((command, answer) -> page(command, answer, false, "a/3")));
        assertEquals(
                List.of("a/1", "a/2", "a/3"),
                client.leases("a/").stream().map(HeldLease::resource).toList());
        sequencer.commands.remove();
        final ListLeasesDecoder list =
                new ListLeasesDecoder().wrapAndApplyHeader(sequencer.commands.remove(), 0, new MessageHeaderDecoder());
        assertEquals("a/", list.prefix());
        assertEquals("a/2", list.after());
    }

    @Test
    void withoutASequencerACallEndsInItsTime() {
        final ClientConfig config =
                TestDriver.impatient(directory.resolve("aeron")).withSequencer("0=localhost:1");
        try (FencegateClient lonely = FencegateClient.connect(config)) {
            final NotReachableException unreachable =
                    assertThrows(NotReachableException.class, () -> lonely.acquire("orders", TTL, Duration.ZERO));
            assertTrue(unreachable.getMessage().contains("unreachable=sequencer"), unreachable.getMessage());
        }
    }

    @Test
    void withoutAMediaDriverNothingBegins() {
        final ClientConfig config = ClientConfig.of(directory.resolve("nobody").toString())
                .withTimeouts(
                        TimeUnit.SECONDS.toNanos(1), TimeUnit.SECONDS.toNanos(1), TimeUnit.MILLISECONDS.toNanos(300));
        final NotReachableException unreachable =
                assertThrows(NotReachableException.class, () -> FencegateClient.connect(config));
        assertTrue(unreachable.getMessage().contains("unreachable=mediaDriver"), unreachable.getMessage());
    }

    @Test
    void anInterruptedCallEnds() {
        Thread.currentThread().interrupt();
        assertThrows(NotReachableException.class, () -> client.acquire("orders", TTL, Duration.ZERO));
        assertTrue(Thread.interrupted());
        assertFalse(Thread.currentThread().isInterrupted());
    }

    private static ScriptedSequencer.Answer granted(final long remainingMs) {
        return (command, answer) ->
                encodeGranted(answer, acquire(command).clientId(), requestId(command), TOKEN, remainingMs);
    }

    private static int encodeGranted(
            final UnsafeBuffer answer,
            final long clientId,
            final long requestId,
            final long token,
            final long remainingMs) {
        final GrantedEncoder granted = new GrantedEncoder()
                .wrapAndApplyHeader(answer, 0, new MessageHeaderEncoder())
                .requestId(requestId)
                .clientId(clientId)
                .token(token)
                .seal(SEAL)
                .ttlMs(20_000)
                .remainingMs(remainingMs)
                .resource("orders");
        return MessageHeaderEncoder.ENCODED_LENGTH + granted.encodedLength();
    }

    private static ScriptedSequencer.Answer queued(final int place) {
        return (command, answer) -> {
            final QueuedEncoder queued = new QueuedEncoder()
                    .wrapAndApplyHeader(answer, 0, new MessageHeaderEncoder())
                    .requestId(requestId(command))
                    .clientId(acquire(command).clientId())
                    .place(place);
            return MessageHeaderEncoder.ENCODED_LENGTH + queued.encodedLength();
        };
    }

    private static ScriptedSequencer.Answer renewed() {
        return (command, answer) -> {
            final RenewedEncoder renewed = new RenewedEncoder()
                    .wrapAndApplyHeader(answer, 0, new MessageHeaderEncoder())
                    .requestId(requestId(command))
                    .clientId(clientId(command))
                    .token(TOKEN)
                    .seal(SEAL)
                    .ttlMs(20_000)
                    .remainingMs(20_000);
            return MessageHeaderEncoder.ENCODED_LENGTH + renewed.encodedLength();
        };
    }

    private static ScriptedSequencer.Answer refused(final LeaseVerdict verdict, final long currentToken) {
        return (command, answer) -> {
            final LeaseRefusedEncoder refused = new LeaseRefusedEncoder()
                    .wrapAndApplyHeader(answer, 0, new MessageHeaderEncoder())
                    .requestId(requestId(command))
                    .clientId(clientId(command))
                    .currentToken(currentToken)
                    .verdict((short) verdict.code());
            return MessageHeaderEncoder.ENCODED_LENGTH + refused.encodedLength();
        };
    }

    private static int page(
            final UnsafeBuffer command, final UnsafeBuffer answer, final boolean more, final String... names) {
        final LeasesEncoder leases = new LeasesEncoder()
                .wrapAndApplyHeader(answer, 0, new MessageHeaderEncoder())
                .requestId(requestId(command))
                .clientId(clientId(command))
                .more((short) (more ? 1 : 0));
        final LeasesEncoder.LeaseEncoder lease = leases.leaseCount(names.length);
        for (final String name : names) {
            lease.next().holder(1).token(TOKEN).remainingMs(5).waiters(2).resource(name);
        }
        return MessageHeaderEncoder.ENCODED_LENGTH + leases.encodedLength();
    }

    private static AcquireDecoder acquire(final UnsafeBuffer command) {
        return new AcquireDecoder().wrapAndApplyHeader(command, 0, new MessageHeaderDecoder());
    }

    /** Every command begins with clientId and requestId. */
    private static long clientId(final UnsafeBuffer command) {
        return command.getLong(MessageHeaderDecoder.ENCODED_LENGTH);
    }

    private static long requestId(final UnsafeBuffer command) {
        return command.getLong(MessageHeaderDecoder.ENCODED_LENGTH + Long.BYTES);
    }
}
