package io.fencegate.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.driver.MediaDriver;
import io.fencegate.client.error.AcknowledgedWritesLostException;
import io.fencegate.client.error.ForeignWritesException;
import io.fencegate.client.error.InDoubtException;
import io.fencegate.client.error.NotReachableException;
import io.fencegate.client.error.RefusedException;
import io.fencegate.client.error.StaleTokenException;
import io.fencegate.client.error.WriteUnansweredException;
import io.fencegate.client.lease.Lease;
import io.fencegate.client.session.writer.StopReason;
import io.fencegate.client.session.writer.WriterState;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.Token;
import io.fencegate.core.grant.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blocking calls against a gateway whose answers get lost, whose sessions end, and whose fence rises. */
class FencedWriterTest {
    private static final long FIRST = Token.of(1, 5);
    private static final long SECOND = Token.of(1, 6);

    @TempDir
    Path directory;

    private MediaDriver driver;
    private ScriptedGateway gateway;
    private FencegateClient client;
    private FencegateClient successor;

    @BeforeEach
    void start() {
        driver = TestDriver.launch(aeron());
        gateway = new ScriptedGateway(driver.aeronDirectoryName());
        client = FencegateClient.connect(TestDriver.config(aeron()));
        successor = FencegateClient.connect(TestDriver.config(aeron()));
    }

    @AfterEach
    void stop() {
        CloseHelper.closeAll(client, successor, gateway, driver);
    }

    @Test
    void writesAreNumberedAndTheLastOneIsRead() {
        final FencedWriter writer = client.open(grant(client, FIRST));
        assertEquals(0, writer.opened().lastToken());
        assertEquals(new Receipt(1, Verdict.ACCEPTED, 1, 1), writer.write(bytes("one")));
        assertEquals(new Receipt(2, Verdict.ACCEPTED, 1, 2), writer.write(bytes("two")));
        final LastRecord last = successor.read("orders");
        assertArrayEquals(bytes("two"), last.payload());
        assertEquals(
                "orders " + FIRST + " 2 1 2",
                last.resource() + " " + last.token() + " " + last.sequence() + " " + last.generation() + " "
                        + last.position());
    }

    @Test
    void aHolderWhoseLeaseWentOnIsToldBothTokens() {
        final FencedWriter writer = client.open(grant(client, FIRST));
        writer.write(bytes("before the pause"));
        final FencedWriter newer = successor.open(grant(successor, SECOND));
        assertEquals(1, newer.opened().lastSequence());
        final StaleTokenException stale =
                assertThrows(StaleTokenException.class, () -> writer.write(bytes("after the pause")));
        assertEquals(FIRST, stale.ourToken());
        assertEquals(SECOND, stale.fenceToken());
        assertEquals(successor.clientId(), stale.fenceClientId());
        assertEquals(Verdict.STALE_TOKEN, stale.verdict());
        assertEquals(StopReason.FENCED, writer.stopReason());
        assertThrows(StaleTokenException.class, () -> writer.write(bytes("again")));
        assertThrows(StaleTokenException.class, writer::reopen);
        assertEquals(1, gateway.records());
    }

    @Test
    void aHolderWhoseSessionEndedMeanwhileIsToldBothTokensToo() {
        final FencedWriter writer = client.open(grant(client, FIRST));
        successor.open(grant(successor, SECOND));
        gateway.endSessions();
        final long endedNs = System.nanoTime();
        Await.until(() -> System.nanoTime() - endedNs > TimeUnit.MILLISECONDS.toNanos(1_100));
        final StaleTokenException stale =
                assertThrows(StaleTokenException.class, () -> writer.write(bytes("after the pause")));
        assertEquals(FIRST, stale.ourToken());
        assertEquals(SECOND, stale.fenceToken());
        assertEquals(0, gateway.records());
    }

    @Test
    void aHolderThatWasAwayAsksBeforeItWritesSoThatNothingIsInDoubt() {
        use(TestDriver.hasty(aeron()));
        final FencedWriter writer = client.open(grant(client, FIRST));
        gateway.goDeaf();
        successor.open(grant(successor, SECOND));
        final long awayNs = System.nanoTime();
        Await.until(() -> System.nanoTime() - awayNs > TimeUnit.MILLISECONDS.toNanos(1_100));
        assertThrows(StaleTokenException.class, () -> writer.write(bytes("after the pause")));
    }

    @Test
    void aListenerThatIsToldWithinABlockingWriteSlipsNoOtherOneIn() {
        try (ScriptedSequencer sequencer = new ScriptedSequencer(directory)) {
            use(TestDriver.config(aeron()).withSequencer(sequencer.ingressEndpoints()));
            final FencedWriter writer = client.open(grant(client, FIRST));
            final List<Long> offered = new ArrayList<>();
            final Told told = new Told() {
                @Override
                public void onUnconfirmed(final Lease lease) {
                    offered.add(writer.offer(new UnsafeBuffer(bytes("slipped in")), 0, 10));
                }
            };
            client.keep(new Lease(grant(client, FIRST), 0, System.nanoTime()), told);

            assertEquals(new Receipt(1, Verdict.ACCEPTED, 1, 1), writer.write(bytes("one")));
            assertEquals(List.of(FencedWriter.BACK_PRESSURED), offered);
            assertEquals(0, writer.pending());
            assertEquals(1, gateway.records());
        }
    }

    @Test
    void anOlderGrantCannotBeOpened() {
        successor.open(grant(successor, SECOND));
        final StaleTokenException stale =
                assertThrows(StaleTokenException.class, () -> client.open(grant(client, FIRST)));
        assertEquals(SECOND, stale.fenceToken());
    }

    @Test
    void theSameTokenOfAnotherClientIsNotItsOwner() {
        successor.open(grant(successor, FIRST));
        final RefusedException refused = assertThrows(RefusedException.class, () -> client.open(grant(client, FIRST)));
        assertEquals(Verdict.NOT_OWNER, refused.verdict());
    }

    @Test
    void aWriteWhoseAnswerIsLostIsNotWrittenTwice() {
        use(TestDriver.hasty(aeron()));
        final FencedWriter writer = client.open(grant(client, FIRST));
        writer.write(bytes("one"));
        gateway.writeAnswersToSwallow.set(1);
        assertEquals(new Receipt(2, Verdict.DUPLICATE, 1, 2), writer.write(bytes("two")));
        assertEquals(3, writer.write(bytes("three")).sequence());
        assertEquals(3, gateway.records());
    }

    @Test
    void aWriteThatIsLostOnItsWayIsSentAgain() {
        use(TestDriver.hasty(aeron()));
        final FencedWriter writer = client.open(grant(client, FIRST));
        gateway.writesToDrop.set(2);
        assertEquals(1, writer.write(bytes("one")).sequence());
        assertEquals(1, gateway.records());
        assertEquals(0, gateway.writesToDrop.get());
    }

    @Test
    void aWriteAfterTheSessionEndedGoesOnInANewOne() {
        final FencedWriter writer = client.open(grant(client, FIRST));
        writer.write(bytes("one"));
        gateway.endSessions();
        assertEquals(new Receipt(2, Verdict.ACCEPTED, 2, 2), writer.write(bytes("two")));
        assertEquals(WriterState.OPEN, writer.state());
    }

    @Test
    void aWriteIsInDoubtIfItsAnswerIsLostAndTheFenceRises() {
        use(TestDriver.hasty(aeron()));
        final FencedWriter writer = client.open(grant(client, FIRST));
        writer.write(bytes("one"));
        gateway.writeAnswersToSwallow.set(1);
        gateway.deafToOpensOf.set(client.clientId());
        final Thread other = new Thread(() -> {
            Await.until(() -> gateway.records() == 2);
            successor.open(grant(successor, SECOND));
            gateway.deafToOpensOf.set(0);
        });
        other.start();
        final InDoubtException doubt =
                assertThrows(InDoubtException.class, () -> writer.write(bytes("accepted, but who knows")));
        assertEquals("2..2", doubt.sequenceFirst() + ".." + doubt.sequenceLast());
        assertEquals(Verdict.STALE_TOKEN, doubt.verdict());
        assertEquals(SECOND, doubt.fenceToken());
        assertEquals(successor.clientId(), doubt.fenceClientId());
        assertEquals(0, writer.pending());
        assertThrows(StaleTokenException.class, () -> writer.write(bytes("three")));
        join(other);
    }

    @Test
    void aWriteWithoutAnyAnswerEndsInItsTimeAndIsSettledByReopening() {
        use(TestDriver.config(aeron(), 400, 6_000));
        final FencedWriter writer = client.open(grant(client, FIRST));
        gateway.writeAnswersToSwallow.set(Integer.MAX_VALUE);
        gateway.deafToOpensOf.set(client.clientId());
        final long startNs = System.nanoTime();
        final WriteUnansweredException unanswered =
                assertThrows(WriteUnansweredException.class, () -> writer.write(bytes("one")));
        assertTrue(System.nanoTime() - startNs < TimeUnit.SECONDS.toNanos(60));
        assertEquals(1, unanswered.sequence());
        assertEquals(StopReason.TIMED_OUT, writer.stopReason());
        assertThrows(WriteUnansweredException.class, () -> writer.write(bytes("not before it is settled")));
        gateway.writeAnswersToSwallow.set(0);
        gateway.deafToOpensOf.set(0);
        assertEquals(1, writer.reopen().sequenceLast());
        assertEquals(2, writer.write(bytes("two")).sequence());
    }

    @Test
    void aGatewayThatForgotAcknowledgedWritesIsReported() {
        final FencedWriter writer = client.open(grant(client, FIRST));
        writer.write(bytes("one"));
        writer.write(bytes("two"));
        gateway.forgetEverything();
        final AcknowledgedWritesLostException lost =
                assertThrows(AcknowledgedWritesLostException.class, () -> writer.write(bytes("three")));
        assertEquals("2 -> 0", lost.sequenceTold() + " -> " + lost.sequenceFound());
        assertEquals(StopReason.ACKNOWLEDGED_WRITES_LOST, writer.stopReason());
        assertThrows(AcknowledgedWritesLostException.class, () -> writer.write(bytes("four")));
        assertThrows(AcknowledgedWritesLostException.class, writer::reopen);
        assertEquals(2, gateway.records());
    }

    @Test
    void aTicketThatTwoProcessesUseIsReported() {
        final Grant grant = grant(client, FIRST);
        final FencedWriter writer = client.open(grant);
        writer.write(bytes("mine"));
        final FencedWriter twin = successor.open(grant);
        twin.write(bytes("not mine"));
        final RefusedException refused = assertThrows(RefusedException.class, () -> writer.write(bytes("mine again")));
        assertEquals(Verdict.NOT_OWNER, refused.verdict());
        assertEquals(StopReason.SUPERSEDED, writer.stopReason());
        final ForeignWritesException foreign = assertThrows(ForeignWritesException.class, writer::reopen);
        assertEquals("1 -> 2", foreign.sequenceSent() + " -> " + foreign.sequenceFound());
        assertThrows(ForeignWritesException.class, () -> writer.write(bytes("never")));
    }

    @Test
    void anotherProcessOfTheSameHolderGoesOnWithTheTicket() {
        final Grant grant = grant(client, FIRST);
        client.open(grant).write(bytes("one"));
        client.close();
        final FencedWriter next = successor.open(grant);
        assertEquals(1, next.opened().sequenceLast());
        assertEquals(2, next.write(bytes("two")).sequence());
    }

    @Test
    void aTransientRefusalIsRetriedAndAnyOtherIsTold() {
        final FencedWriter writer = client.open(grant(client, FIRST));
        gateway.nextWriteRefusal.set(Verdict.OVERLOADED);
        assertEquals(1, writer.write(bytes("one")).sequence());
        gateway.nextWriteRefusal.set(Verdict.STORAGE_FULL);
        final RefusedException full = assertThrows(RefusedException.class, () -> writer.write(bytes("two")));
        assertEquals(Verdict.STORAGE_FULL, full.verdict());
        assertEquals(2, writer.write(bytes("two, later")).sequence());
        gateway.nextWriteRefusal.set(Verdict.NOT_OPEN);
        assertEquals(3, writer.write(bytes("three")).sequence());
        gateway.nextOpenRefusal.set(Verdict.RECOVERING);
        assertEquals(3, writer.reopen().sequenceLast());
        gateway.nextOpenRefusal.set(Verdict.TABLE_FULL);
        assertEquals(
                Verdict.TABLE_FULL,
                assertThrows(RefusedException.class, writer::reopen).verdict());
    }

    @Test
    void aPayloadOfManyFragmentsGoesThereAndBack() {
        final FencedWriter writer = client.open(grant(client, FIRST));
        final byte[] payload = new byte[writer.payloadLengthMax()];
        for (int i = 0; i < payload.length; i++) {
            payload[i] = (byte) (i * 31);
        }
        writer.write(payload);
        assertArrayEquals(payload, client.read("orders").payload());
        final RefusedException tooLarge =
                assertThrows(RefusedException.class, () -> writer.write(new byte[payload.length + 1]));
        assertEquals(Verdict.TOO_LARGE, tooLarge.verdict());
        assertEquals(2, writer.write(new byte[0]).sequence());
        assertEquals(0, client.read("orders").payload().length);
    }

    @Test
    void aReadOfNothingIsRefused() {
        final RefusedException none = assertThrows(RefusedException.class, () -> client.read("nothing"));
        assertEquals(Verdict.NO_RECORD, none.verdict());
        assertEquals("nothing", none.resource());
        assertEquals(
                Verdict.MALFORMED,
                assertThrows(RefusedException.class, () -> client.read("tab\there"))
                        .verdict());
    }

    @Test
    void bytesThatAreNoAnswerEndTheSessionAndNothingElse() {
        final FencedWriter writer = client.open(grant(client, FIRST));
        for (final int length : new int[] {1, 7, 8, 40}) {
            gateway.garbageBeforeNextAnswer.set(new byte[length]);
            writer.write(bytes("despite garbage"));
        }
        assertEquals(4, gateway.records());
    }

    @Test
    void twoWritersOfOneClientShareItsSession() {
        final FencedWriter orders = client.open(grant(client, FIRST));
        final FencedWriter stock = client.open(new Grant("stock", SECOND, client.clientId(), 20_000, 0));
        assertEquals(1, orders.write(bytes("a")).sequence());
        assertEquals(1, stock.write(bytes("b")).sequence());
        assertEquals(2, orders.write(bytes("c")).sequence());
        assertEquals(1, gateway.hellos.get());
    }

    @Test
    void aGatewayThatRefusesTheHelloIsTold() {
        gateway.helloRefusal.set(Verdict.MALFORMED);
        assertEquals(
                Verdict.MALFORMED,
                assertThrows(RefusedException.class, () -> client.read("orders"))
                        .verdict());
        use(TestDriver.config(aeron(), 500, 2_000));
        gateway.helloRefusal.set(Verdict.SESSION_LIMIT);
        assertEquals(
                Verdict.SESSION_LIMIT,
                assertThrows(RefusedException.class, () -> client.read("orders"))
                        .verdict());
        gateway.helloRefusal.set(Verdict.RECOVERING);
        assertThrows(NotReachableException.class, () -> client.read("orders"));
    }

    @Test
    void withoutAGatewayACallEndsInItsTime() {
        gateway.close();
        use(TestDriver.impatient(aeron()));
        final NotReachableException unreachable =
                assertThrows(NotReachableException.class, () -> client.open(grant(client, FIRST)));
        assertTrue(unreachable.getMessage().contains("unreachable=gateway"), unreachable.getMessage());
    }

    @Test
    void aClosedWriterOrClientSaysSo() {
        final FencedWriter writer = client.open(grant(client, FIRST));
        writer.close();
        assertThrows(IllegalStateException.class, () -> writer.write(bytes("one")));
        assertThrows(IllegalStateException.class, writer::reopen);
        assertFalse(writer.isConnected());
        client.close();
        assertThrows(IllegalStateException.class, () -> client.open(grant(client, SECOND)));
        assertThrows(IllegalStateException.class, () -> successor.leases(""));
        assertEquals(0, client.poll());
    }

    @Test
    void theClientSurvivesARestartOfItsMediaDriver() {
        final FencedWriter writer = client.open(grant(client, FIRST));
        writer.write(bytes("one"));
        gateway.close();
        driver.close();
        driver = TestDriver.launch(aeron());
        gateway = new ScriptedGateway(driver.aeronDirectoryName());
        assertThrows(AcknowledgedWritesLostException.class, () -> writer.write(bytes("two")));
        assertEquals(1, client.open(grant(client, SECOND)).write(bytes("again")).sequence());
    }

    /** Instead of the client that waits patiently. */
    private void use(final ClientConfig config) {
        client.close();
        client = FencegateClient.connect(config);
    }

    private Path aeron() {
        return directory.resolve("aeron");
    }

    private static Grant grant(final FencegateClient holder, final long token) {
        return new Grant("orders", token, holder.clientId(), 20_000, 0);
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(UTF_8);
    }

    private static void join(final Thread thread) {
        try {
            thread.join(TimeUnit.SECONDS.toMillis(60));
        } catch (final InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
        assertFalse(thread.isAlive());
    }
}
