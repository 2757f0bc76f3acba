package io.fencegate.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.aeron.driver.MediaDriver;
import io.fencegate.client.error.StaleTokenException;
import io.fencegate.client.session.writer.Opened;
import io.fencegate.client.session.writer.StopReason;
import io.fencegate.client.session.writer.WriterState;
import io.fencegate.core.grant.Grant;
import io.fencegate.core.grant.Token;
import io.fencegate.core.grant.Verdict;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Offers and polls: many writes under way, what becomes of each, and no garbage. */
class PipeliningTest {
    private static final long FIRST = Token.of(1, 5);
    private static final long SECOND = Token.of(1, 6);
    private static final int WARM_UP_WRITES = 40_000;
    private static final int WRITES_MAX = 2 * ScriptedGateway.ANSWERS_PENDING_MAX;
    private static final int ROUNDS_MAX = 5;
    private static final int MEASURED_WRITES = 30_000;

    @TempDir
    Path directory;

    private final UnsafeBuffer payload = new UnsafeBuffer("payload".getBytes(UTF_8));
    private final Told told = new Told();
    private MediaDriver driver;
    private ScriptedGateway gateway;
    private FencegateClient client;
    private FencegateClient successor;

    @BeforeEach
    void start() {
        driver = TestDriver.launch(directory.resolve("aeron"));
        gateway = new ScriptedGateway(driver.aeronDirectoryName());
        client = FencegateClient.connect(TestDriver.config(directory.resolve("aeron"))
                .withWriter(WriterConfig.DEFAULT.withRoom(1 << 16, WRITES_MAX)));
        successor = FencegateClient.connect(TestDriver.config(directory.resolve("aeron")));
    }

    @AfterEach
    void stop() {
        CloseHelper.closeAll(client, successor, gateway, driver);
    }

    @Test
    void writesAreToldInOrderAndTheWindowIsNotExceeded() {
        final FencedWriter writer = client.open(grant(client, FIRST));
        for (int sequence = 1; sequence <= WRITES_MAX; sequence++) {
            assertEquals(sequence, offer(writer));
        }
        assertEquals(FencedWriter.WINDOW_FULL, writer.offer(payload, 0, payload.capacity()));
        assertThrows(IllegalStateException.class, () -> writer.write(new byte[1]));
        pollUntil(writer, () -> writer.pending() == 0);
        assertEquals(WRITES_MAX + 1, told.lines.size());
        assertEquals("opened 0", told.lines.get(0));
        assertEquals("accepted 1 ACCEPTED 1/1", told.lines.get(1));
        assertEquals("accepted 16 ACCEPTED 1/16", told.lines.get(WRITES_MAX));
        assertEquals(WRITES_MAX + 1, offer(writer));
    }

    @Test
    void aPollTellsNoMoreThanItsLimit() {
        final FencedWriter writer = client.open(grant(client, FIRST));
        offer(writer);
        offer(writer);
        pollUntil(writer, () -> gateway.records() == 2 && writer.sequenceAcknowledged() == 2, 0);
        writer.poll(told, 1);
        assertEquals(List.of("opened 0", "accepted 1 ACCEPTED 1/1"), told.lines);
        writer.poll(told, 1);
        assertEquals(3, told.lines.size());
        assertEquals(0, writer.poll(told, 1));
    }

    @Test
    void aRefusedWriteIsTakenUpAgainAtItsSequence() {
        final FencedWriter writer = client.open(grant(client, FIRST));
        gateway.nextWriteRefusal.set(Verdict.STORAGE_FULL);
        offer(writer);
        offer(writer);
        pollUntil(writer, () -> writer.pending() == 0);
        assertEquals(
                List.of(
                        "opened 0",
                        "refused 1 STORAGE_FULL fence=0 by=0 expected=0",
                        "refused 2 SEQUENCE_GAP fence=0 by=0 expected=1"),
                told.lines);
        assertEquals(1, offer(writer));
        pollUntil(writer, () -> writer.pending() == 0);
        assertEquals("accepted 1 ACCEPTED 1/1", told.lines.get(3));
    }

    @Test
    void aFencedWriterIsToldTheNewerToken() {
        final FencedWriter writer = client.open(grant(client, FIRST));
        successor.open(grant(successor, SECOND));
        offer(writer);
        pollUntil(writer, () -> writer.pending() == 0);
        assertEquals(
                List.of(
                        "opened 0",
                        "refused 1 STALE_TOKEN fence=" + SECOND + " by=" + successor.clientId() + " expected=0",
                        "stopped FENCED"),
                told.lines);
        assertEquals(FencedWriter.NOT_OPEN, writer.offer(payload, 0, payload.capacity()));
        assertEquals(StopReason.FENCED, writer.stopReason());
    }

    @Test
    void whatWasUnderWayWhenTheSessionEndedIsSettledAndSentAgain() {
        final FencedWriter writer = client.open(grant(client, FIRST));
        gateway.writeAnswersToSwallow.set(2);
        offer(writer);
        offer(writer);
        Await.until(() -> gateway.records() == 2);
        gateway.writesToDrop.set(1);
        offer(writer);
        Await.until(() -> gateway.writesToDrop.get() == 0);
        gateway.endSessions();
        pollUntil(writer, () -> writer.pending() == 0);
        assertEquals(
                List.of(
                        "opened 0",
                        "lost",
                        "resumed 2",
                        "accepted 1 DUPLICATE 0/0",
                        "accepted 2 DUPLICATE 1/2",
                        "accepted 3 ACCEPTED 2/3"),
                told.lines);
        assertEquals(4, offer(writer));
    }

    @Test
    void whatWasUnderWayIsInDoubtIfTheResourceCannotBeOpenedAgain() {
        final FencedWriter writer = client.open(grant(client, FIRST));
        gateway.writeAnswersToSwallow.set(2);
        offer(writer);
        offer(writer);
        Await.until(() -> gateway.records() == 2);
        successor.open(grant(successor, SECOND));
        gateway.endSessions();
        pollUntil(writer, () -> writer.state() == WriterState.STOPPED && writer.pending() == 0);
        final String fence = "STALE_TOKEN fence=" + SECOND + " by=" + successor.clientId();
        assertEquals(
                List.of("opened 0", "lost", "inDoubt 1 " + fence, "inDoubt 2 " + fence, "stopped FENCED"), told.lines);
        assertThrows(StaleTokenException.class, writer::reopen);
    }

    @Test
    void whatCannotBeSentSaysWhy() {
        final FencedWriter writer = client.open(grant(client, FIRST));
        final UnsafeBuffer large = new UnsafeBuffer(new byte[writer.payloadLengthMax() + 1]);
        assertEquals(FencedWriter.TOO_LARGE, writer.offer(large, 0, large.capacity()));
        writer.close();
        assertEquals(FencedWriter.CLOSED, writer.offer(payload, 0, payload.capacity()));
        assertEquals(0, writer.poll(told, 10));
        assertFalse(writer.isConnected());
    }

    @Test
    void anIdleClientThatPollsKeepsItsSession() {
        final FencedWriter writer = client.open(grant(client, FIRST));
        final int keepAlives = gateway.keepAlives.get();
        Await.until(() -> client.poll() >= 0 && gateway.keepAlives.get() >= keepAlives + 2);
        assertTrue(writer.isConnected());
    }

    @Test
    void offersAndPollsDoNotAllocate() {
        final FencedWriter writer = client.open(grant(client, FIRST));
        final Counting counting = new Counting();
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long writes = WARM_UP_WRITES;
        pump(writer, counting, writes);
        // The JVM allocates a few bytes of its own when it swaps compiled code; the writer would in every round.
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS_MAX && least > 0; round++) {
            writes += MEASURED_WRITES;
            final long before = threads.getCurrentThreadAllocatedBytes();
            pump(writer, counting, writes);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least, "bytes allocated by " + MEASURED_WRITES + " writes in each round");
        assertEquals(writes, counting.accepted);
        assertEquals(0, counting.others);
    }

    private void pump(final FencedWriter writer, final Counting counting, final long upTo) {
        while (counting.accepted < upTo && counting.others == 0) {
            if (writer.sequenceAcknowledged() + writer.pending() < upTo) {
                counting.refusals += writer.offer(payload, 0, payload.capacity()) < 0 ? 1 : 0;
            }
            writer.poll(counting, ScriptedGateway.ANSWERS_PENDING_MAX);
        }
    }

    private long offer(final FencedWriter writer) {
        return writer.offer(payload, 0, payload.capacity());
    }

    private void pollUntil(final FencedWriter writer, final BooleanSupplier condition) {
        pollUntil(writer, condition, Integer.MAX_VALUE);
    }

    private void pollUntil(final FencedWriter writer, final BooleanSupplier condition, final int limit) {
        Await.until(() -> {
            writer.poll(told, limit);
            return condition.getAsBoolean();
        });
    }

    private static Grant grant(final FencegateClient holder, final long token) {
        return new Grant("orders", token, holder.clientId(), 20_000, 0);
    }

    /** Keeps what it was told as lines. */
    private static final class Told implements WriteListener {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void onAccepted(final long sequence, final Verdict verdict, final long generation, final long position) {
            lines.add("accepted " + sequence + " " + verdict + " " + generation + "/" + position);
        }

        @Override
        public void onRefused(
                final long sequence,
                final Verdict verdict,
                final long fenceToken,
                final long fenceClientId,
                final long sequenceExpected) {
            lines.add("refused " + sequence + " " + verdict + " fence=" + fenceToken + " by=" + fenceClientId
                    + " expected=" + sequenceExpected);
        }

        @Override
        public void onInDoubt(
                final long sequence, final Verdict verdict, final long fenceToken, final long fenceClientId) {
            lines.add("inDoubt " + sequence + " " + verdict + " fence=" + fenceToken + " by=" + fenceClientId);
        }

        @Override
        public void onTimedOut(final long sequence) {
            lines.add("timedOut " + sequence);
        }

        @Override
        public void onOpened(final Opened opened) {
            lines.add("opened " + opened.sequenceLast());
        }

        @Override
        public void onConnectionLost(final String reason) {
            lines.add("lost");
        }

        @Override
        public void onResumed(final Opened opened) {
            lines.add("resumed " + opened.sequenceLast());
        }

        @Override
        public void onStopped(final StopReason reason) {
            lines.add("stopped " + reason);
        }
    }

    /** Counts what it was told. */
    private static final class Counting implements WriteListener {
        private long accepted;
        private long others;
        private long refusals;

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
        }

        @Override
        public void onInDoubt(
                final long sequence, final Verdict verdict, final long fenceToken, final long fenceClientId) {
            others++;
        }

        @Override
        public void onTimedOut(final long sequence) {
            others++;
        }
    }
}
