package io.fencegate.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.driver.MediaDriver;
import io.fencegate.client.error.AcknowledgedWritesLostException;
import io.fencegate.client.error.GatewayWentBackException;
import io.fencegate.client.error.StaleTokenException;
import io.fencegate.client.session.writer.Opened;
import io.fencegate.client.session.writer.StopReason;
import io.fencegate.client.session.writer.WriterState;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.Token;
import io.fencegate.core.grant.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writers that resume by themselves, over a real media driver, from what a gateway can do to them. */
class ResumingTest {
    private static final long FIRST = Token.of(1, 5);
    private static final long SECOND = Token.of(1, 6);
    private static final int WRITES = 200;

    @TempDir
    Path directory;

    private final UnsafeBuffer payload = new UnsafeBuffer("payload".getBytes(UTF_8));
    private final Story story = new Story();
    private MediaDriver driver;
    private ScriptedGateway gateway;
    private FencegateClient client;
    private FencegateClient successor;
    private FencedWriter writer;

    @BeforeEach
    void start() {
        driver = TestDriver.launch(aeron());
        gateway = new ScriptedGateway(driver.aeronDirectoryName());
        client = FencegateClient.connect(TestDriver.hasty(aeron()));
        successor = FencegateClient.connect(TestDriver.config(aeron()));
        writer = client.openAsync(grant(client, FIRST));
    }

    @AfterEach
    void stop() {
        CloseHelper.closeAll(client, successor, gateway, driver);
    }

    @Test
    void aPipelineWhoseSessionEndsAgainAndAgainLosesAndRepeatsNothing() {
        assertEquals(WriterState.OPENING, writer.state());
        assertEquals(FencedWriter.NOT_OPEN, offer());
        for (int round = 1; round <= 3; round++) {
            final int upTo = WRITES * round;
            pollUntil(() -> {
                offerUpTo(upTo);
                return story.accepted >= upTo - WRITES / 2;
            });
            gateway.endSessions();
        }
        pollUntil(() -> {
            offerUpTo(3 * WRITES);
            return story.accepted == 3 * WRITES && story.lines.contains("resumed");
        });
        assertEquals(3 * WRITES, gateway.records());
        assertEquals(0, story.others);
        assertEquals("opened", story.lines.get(0));
        assertEquals("lost", story.lines.get(1));
    }

    @Test
    void aGatewayThatIsKilledAndRecoversForAWhileIsWaitedFor() {
        awaitOpen();
        offer();
        pollUntil(() -> story.accepted == 1);
        gateway.helloRefusal.set(Verdict.RECOVERING);
        gateway.endSessions();
        pollUntil(() -> writer.state() == WriterState.RESUMING);
        offer();
        offer();
        final int hellos = gateway.hellos.get();
        pollUntil(() -> gateway.hellos.get() >= hellos + 2);
        gateway.helloRefusal.set(null);
        gateway.nextOpenRefusal.set(Verdict.RECOVERING);
        pollUntil(() -> story.accepted == 3);
        assertEquals(List.of("opened", "lost", "resumed"), story.lines);
        assertEquals(3, gateway.records());
    }

    @Test
    void aGatewayWithAnotherJournalStopsTheWritersOnce() {
        goBack(43, 1);
        assertEquals(1, gateway.records());
        assertEquals(
                43,
                assertThrows(GatewayWentBackException.class, () -> writer.write(new byte[1]))
                        .journalIdFound());
        assertThrows(GatewayWentBackException.class, writer::reopen);
        assertEquals(1, client.open(grant(client, SECOND)).write(new byte[1]).sequence());
    }

    @Test
    void aGatewayOfAnEarlierGenerationStopsTheWritersOnce() {
        gateway.becomeAnother(42, 7);
        goBack(42, 6);
        assertEquals("7 -> 6", generations());
    }

    @Test
    void aReaderHearsOnceOfAGatewayThatWentBack() {
        awaitOpen();
        writer.write(new byte[1]);
        writer.close();
        gateway.becomeAnother(43, 1);
        Await.until(() -> client.poll() >= 0 && !writer.isConnected() && gateway.hellos.get() > 0);
        assertThrows(GatewayWentBackException.class, () -> client.read("orders"));
        assertEquals(1, client.read("orders").sequence());
    }

    @Test
    void aGatewayWithFewerWritesThanItAcknowledgedStopsTheWriter() {
        awaitOpen();
        offer();
        pollUntil(() -> story.accepted == 1);
        gateway.forgetEverything();
        pollUntil(() -> story.lines.contains("stopped ACKNOWLEDGED_WRITES_LOST"));
        assertEquals(
                "1 -> 0",
                ((AcknowledgedWritesLostException) writer.stopCause()).sequenceTold() + " -> "
                        + writer.opened().sequenceLast());
    }

    @Test
    void aWriterThatIsFencedWhileItsSessionIsLostSaysWhoseGrantItWas() {
        awaitOpen();
        successor.open(grant(successor, SECOND));
        gateway.endSessions();
        pollUntil(() -> story.lines.contains("stopped FENCED"));
        final StaleTokenException stale = (StaleTokenException) writer.stopCause();
        assertEquals(SECOND, stale.fenceToken());
        assertEquals(successor.clientId(), stale.fenceClientId());
        assertTrue(stale.getMessage().contains("fenceClientId="), stale.getMessage());
    }

    @Test
    void aPausedThreadAsksBeforeItWritesSoThatNothingIsInDoubt() {
        awaitOpen();
        gateway.goDeaf();
        successor.open(grant(successor, SECOND));
        final long awayNs = System.nanoTime();
        Await.until(() -> System.nanoTime() - awayNs > TimeUnit.MILLISECONDS.toNanos(1_100));
        assertEquals(1, offer());
        pollUntil(() -> story.lines.contains("stopped FENCED"));
        assertEquals("refused 1 STALE_TOKEN", story.lines.get(story.lines.size() - 2));
    }

    @Test
    void whatCannotBeSettledInTimeIsToldAndSettledByReopening() {
        CloseHelper.close(client);
        client = FencegateClient.connect(
                TestDriver.hasty(aeron()).withWriter(WriterConfig.DEFAULT.withWriteTimeout(1_500_000_000L)));
        writer = client.openAsync(grant(client, FIRST));
        awaitOpen();
        gateway.writeAnswersToSwallow.set(1);
        offer();
        gateway.deafToOpensOf.set(client.clientId());
        pollUntil(() -> story.lines.contains("stopped TIMED_OUT"));
        assertTrue(story.lines.contains("timedOut 1"), story.lines.toString());
        gateway.deafToOpensOf.set(0);
        assertEquals(1, writer.reopen().sequenceLast());
        assertEquals(2, offer());
        pollUntil(() -> story.accepted == 1);
        assertEquals(2, gateway.records());
    }

    @Test
    void oneTicketHasOneWriterInAClient() {
        assertThrows(IllegalStateException.class, () -> client.openAsync(grant(client, FIRST)));
        writer.close();
        assertEquals(1, client.open(grant(client, FIRST)).write(new byte[1]).sequence());
    }

    private void goBack(final long journalId, final long generation) {
        awaitOpen();
        offer();
        pollUntil(() -> story.accepted == 1);
        gateway.becomeAnother(journalId, generation);
        pollUntil(() -> story.lines.contains("stopped GATEWAY_WENT_BACK"));
        assertEquals(FencedWriter.NOT_OPEN, offer());
        assertEquals(
                1,
                story.lines.stream().filter(line -> line.startsWith("stopped")).count());
    }

    private String generations() {
        final GatewayWentBackException back = (GatewayWentBackException) writer.stopCause();
        return back.generationKnown() + " -> " + back.generationFound();
    }

    private void awaitOpen() {
        pollUntil(() -> writer.state() == WriterState.OPEN);
    }

    private void offerUpTo(final long sequence) {
        long taken = 1;
        while (taken > 0 && story.offered < sequence) {
            taken = offer();
            story.offered += taken > 0 ? 1 : 0;
        }
    }

    private long offer() {
        return writer.offer(payload, 0, payload.capacity());
    }

    private void pollUntil(final BooleanSupplier condition) {
        Await.until(() -> {
            writer.poll(story, Integer.MAX_VALUE);
            return condition.getAsBoolean();
        });
    }

    private Path aeron() {
        return directory.resolve("aeron");
    }

    private static Grant grant(final FencegateClient holder, final long token) {
        return new Grant("orders", token, holder.clientId(), 20_000, 0);
    }

    /** Counts what is accepted in order, and keeps the rest as lines. */
    private static final class Story implements WriteListener {
        private final List<String> lines = new ArrayList<>();
        private long offered;
        private long accepted;
        private long others;

        @Override
        public void onAccepted(final long sequence, final Verdict verdict, final long generation, final long position) {
            accepted++;
        }

        @Override
        public void onRefused(
                final long sequence,
                final Verdict verdict,
                final long fenceToken,
                final long fenceClientId,
                final long sequenceExpected) {
            others++;
            lines.add("refused " + sequence + " " + verdict);
        }

        @Override
        public void onInDoubt(
                final long sequence, final Verdict verdict, final long fenceToken, final long fenceClientId) {
            others++;
            lines.add("inDoubt " + sequence + " " + verdict);
        }

        @Override
        public void onTimedOut(final long sequence) {
            others++;
            lines.add("timedOut " + sequence);
        }

        @Override
        public void onOpened(final Opened opened) {
            lines.add("opened");
        }

        @Override
        public void onConnectionLost(final String reason) {
            lines.add("lost");
        }

        @Override
        public void onResumed(final Opened opened) {
            lines.add("resumed");
        }

        @Override
        public void onStopped(final StopReason reason) {
            lines.add("stopped " + reason);
        }
    }
}
