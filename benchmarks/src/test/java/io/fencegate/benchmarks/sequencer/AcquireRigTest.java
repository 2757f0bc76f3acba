package io.fencegate.benchmarks.sequencer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.cluster.service.ClientSession;
import io.aeron.cluster.service.ClusteredService;
import io.aeron.logbuffer.Header;
import io.fencegate.benchmarks.measure.Measure;
import io.fencegate.benchmarks.measure.Outcome;
import io.fencegate.benchmarks.rig.Effort;
import io.fencegate.benchmarks.rig.Idling;
import io.fencegate.benchmarks.rig.Results;
import io.fencegate.benchmarks.rig.Run;
import io.fencegate.benchmarks.rig.Scratch;
import io.fencegate.benchmarks.rig.WrongAnswerException;
import io.fencegate.benchmarks.sequencer.ClusterPair.Shape;
import io.fencegate.benchmarks.sequencer.LeaseCycle.Times;
import io.fencegate.client.FencegateClient;
import io.fencegate.client.lease.Lease;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The parts of {@link AcquireRig} on a sequencer of one node: right answers are counted, wrong ones end the run. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AcquireRigTest {
    private static final String RESOURCE = "benchmarks/test";
    private static final Shape ONE = new Shape(1, 0, Idling.YIELD);

    @TempDir
    Path directory;

    @Test
    void rightAnswersAreMeasured() throws Exception {
        try (Scratch logs = new Scratch(directory);
                Scratch buffers = new Scratch(directory);
                ClusterPair pair = pair(logs, buffers, EchoService::new)) {
            final AcquireRig.Size size = new AcquireRig.Size(0, 2, 3, 1, 1);
            final Run run = new Run(directory, Effort.SMOKE, Idling.BACKOFF, Results.NONE, () -> false, what -> {});
            final List<Measure> rows = AcquireRig.measure(run, ONE, pair, size, false);
            assertEquals(2, rows.size());
            rows.forEach(row -> assertEquals(Outcome.REPORTED, row.outcome(), row::toString));
            rows.forEach(row -> assertTrue(row.figures().get(0).spread().median() > 0, row::toString));

            assertTrue(pair.leaders().matches("sequencer:0@\\d+,floor:0@\\d+"), pair::leaders);
            final double gatedPercent = pair.gatedPercent();
            assertTrue(gatedPercent >= 0, () -> "gatedPercent=" + gatedPercent);

            everyCallIsCountedOnce(pair);
            theLeaseGoesFromClientToClient(pair);
            pair.echo().pipeline(300, 16);
            assertTrue(new LeasePipeline(pair.client(), "benchmarks/many-", 8).run(50) > 0);
            aLeaseThatIsStillHeldIsNoNewGrant(pair);
        }
    }

    @Test
    void anElectionVoidsABlock() {
        ClusterPair.checkSame("sequencer:0@1,floor:2@0", "sequencer:0@1,floor:2@0");
        assertThrows(
                WrongAnswerException.class,
                () -> ClusterPair.checkSame("sequencer:0@1,floor:2@0", "sequencer:0@2,floor:2@0"));
        assertThrows(
                WrongAnswerException.class,
                () -> ClusterPair.checkSame("sequencer:none,floor:2@0", "sequencer:none,floor:2@0"));
    }

    private static void everyCallIsCountedOnce(final ClusterPair pair) {
        final Times times = Times.empty();
        final LeaseCycle cycle = new LeaseCycle(pair.client(), RESOURCE);
        cycle.run(times);
        cycle.run(times);
        List.of(times.acquire(), times.renew(), times.release())
                .forEach(histogram -> assertEquals(2, histogram.getTotalCount()));
    }

    private static void theLeaseGoesFromClientToClient(final ClusterPair pair) {
        try (FencegateClient first = pair.newClient();
                FencegateClient second = pair.newClient()) {
            final Histogram times = ClusterPair.histogram();
            final HandOver handOver = new HandOver(first, second, "benchmarks/handed-over");
            handOver.run(times);
            assertEquals(
                    second.clientId(), first.describe("benchmarks/handed-over").holder());
            handOver.run(times);
            assertEquals(
                    first.clientId(), second.describe("benchmarks/handed-over").holder());
            assertEquals(2, times.getTotalCount());
        }
    }

    /** What a release that did nothing would lead to. */
    private static void aLeaseThatIsStillHeldIsNoNewGrant(final ClusterPair pair) {
        final Duration ttl = Duration.ofMinutes(1);
        final FencegateClient client = pair.client();
        final GrantCheck check = new GrantCheck(RESOURCE, ttl.toMillis());
        final Lease lease = check.granted(client.acquire(RESOURCE, ttl, Duration.ZERO), client.clientId());
        final Lease same = client.acquire(RESOURCE, ttl, Duration.ZERO);
        assertThrows(WrongAnswerException.class, () -> check.granted(same, client.clientId()));
        check.renewed(same, lease);
    }

    @Test
    void aFloorThatEchoesOtherBytesEndsTheRun() throws Exception {
        try (Scratch logs = new Scratch(directory);
                Scratch buffers = new Scratch(directory);
                ClusterPair pair = pair(logs, buffers, LyingEcho::new)) {
            final WrongAnswerException wrong =
                    assertThrows(WrongAnswerException.class, () -> pair.echo().exchange());
            assertTrue(wrong.getMessage().contains("answered=0"), wrong::getMessage);
        }
    }

    private static ClusterPair pair(
            final Scratch logs, final Scratch buffers, final Supplier<? extends ClusteredService> floor) {
        return new ClusterPair(ONE, logs.directory(), buffers.directory(), RESOURCE, floor);
    }

    /** Answers with one bit changed, in the last byte. */
    private static final class LyingEcho extends EchoService {
        private final UnsafeBuffer copy = new UnsafeBuffer(new byte[512]);

        @Override
        public void onSessionMessage(
                final ClientSession session,
                final long timestamp,
                final DirectBuffer buffer,
                final int offset,
                final int length,
                final Header header) {
            copy.putBytes(0, buffer, offset, length);
            copy.putByte(length - 1, (byte) (copy.getByte(length - 1) ^ 1));
            super.onSessionMessage(session, timestamp, copy, 0, length, header);
        }
    }
}
