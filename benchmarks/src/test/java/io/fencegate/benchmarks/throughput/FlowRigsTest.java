package io.fencegate.benchmarks.throughput;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.driver.MediaDriver;
import io.fencegate.benchmarks.measure.Measure;
import io.fencegate.benchmarks.measure.Outcome;
import io.fencegate.benchmarks.rig.Effort;
import io.fencegate.benchmarks.rig.Idling;
import io.fencegate.benchmarks.rig.Results;
import io.fencegate.benchmarks.rig.Run;
import io.fencegate.benchmarks.rig.WriteStream;
import io.fencegate.benchmarks.rig.WrongAnswerException;
import io.fencegate.benchmarks.throughput.SyncFloor.Forcing;
import io.fencegate.benchmarks.throughput.SyncFloor.Limit;
import io.fencegate.codecs.JournalLimits;
import io.fencegate.core.grant.Verdict;
import io.fencegate.storage.durability.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The rigs of throughput and of disk tell only of what ran, refuse a disk without room, and leave nothing. */
@Timeout(60)
class FlowRigsTest {
    private static final int LENGTH = 64;

    @TempDir
    Path directory;

    @Test
    void aDiskWithoutRoomFailsTheRowsAndNothingIsWritten() throws Exception {
        final Room full = new Room(path -> 1_000);
        final List<Measure> rows = new ThroughputRig(full).run(run(Effort.QUICK, false));
        rows.forEach(row -> assertFailedForRoom(row));
        assertEquals(2, rows.size());
        final List<Measure> disk = new DiskRig(full, Forcing.DATA).run(run(Effort.QUICK, false));
        disk.forEach(row -> assertFailedForRoom(row));
        assertEquals(2, disk.size());
        assertNothingLeft();
    }

    private static void assertFailedForRoom(final Measure row) {
        assertEquals(Outcome.FAILED, row.outcome());
        assertTrue(row.figures().isEmpty());
        assertTrue(row.notes().get(0).contains("free=1000"), row.notes()::toString);
        assertTrue(row.notes().get(0).contains("needed="), row.notes()::toString);
    }

    @Test
    void roomIsAskedForWhatTheJournalWillHold() throws IOException {
        assertTrue(Room.journaled(1_000, LENGTH) >= 1_000L * (JournalLimits.ACCEPTED_FIXED_LENGTH + LENGTH));
        final Room just = new Room(path -> 1L << 30);
        assertTrue(just.lacks(directory, 512L << 20).isEmpty());
        assertTrue(just.lacks(directory, (512L << 20) + 1).isPresent());
    }

    @Test
    void aBlockOfTheGatewayWritesAllThatItCountsAndIsGone() throws IOException {
        try (MediaDriver driver = FlowGateway.driver()) {
            final ThroughputRig.Size size = new ThroughputRig.Size(LENGTH, 0, 1, 2_000);
            final FlowGateway.Config config = config(driver, Durability.PROCESS, 1);
            final Flow flow = ThroughputRig.subject(config, size, () -> false);
            assertEquals(2_000, flow.writes());
            final Flow stopped = ThroughputRig.subject(config, size, () -> true);
            assertTrue(stopped.writes() < 2_000, "writes=" + stopped.writes());
        }
        assertNothingLeft();
    }

    @Test
    void aStoppedRunIsNotJudged() throws Exception {
        final List<Measure> rows = new ThroughputRig().run(run(Effort.SMOKE, true));
        assertEquals(
                List.of(Outcome.PARTIAL), rows.stream().map(Measure::outcome).toList());
        assertNothingLeft();
    }

    @Test
    void everyWriterHasOneWriteUnderWayAndAnswersWaitForSyncs() throws IOException {
        try (MediaDriver driver = FlowGateway.driver();
                FlowGateway gateway = new FlowGateway(config(driver, Durability.DISK, 5))) {
            final ClosedWriters writers = new ClosedWriters(gateway, new Patience(Idling.YIELD.strategy()));
            final SyncedFlow flow = writers.block(new Limit(4, TimeUnit.MINUTES.toNanos(1)), () -> false);
            assertEquals(5 * 4, flow.writes());
            assertEquals(flow.writes(), flow.latencies().getTotalCount());
            assertTrue(flow.syncs() >= 4, "one writer's writes cannot share a sync: syncs=" + flow.syncs());
            // Whoever is answered sooner writes more: what is even is what all wrote, and each took part both times.
            assertEquals(
                    5 * (Limit.RUN_IN + 4),
                    gateway.streams().stream().mapToLong(WriteStream::answered).sum());
            gateway.streams().forEach(stream -> assertTrue(stream.answered() >= 2));
            gateway.verify();
        }
    }

    @Test
    void aBlockWithoutSyncsIsVoid() throws IOException {
        try (MediaDriver driver = FlowGateway.driver();
                FlowGateway gateway = new FlowGateway(config(driver, Durability.PROCESS, 1))) {
            final ClosedWriters writers = new ClosedWriters(gateway, new Patience(Idling.YIELD.strategy()));
            assertThrows(WrongAnswerException.class, () -> writers.block(new Limit(2, Long.MAX_VALUE), () -> false));

            final WriteStream stream = gateway.streams().get(0);
            final long last = stream.answered();
            assertThrows(WrongAnswerException.class, () -> stream.onAccepted(last, Verdict.ACCEPTED, 1, 1_000));
            assertThrows(WrongAnswerException.class, () -> stream.onAccepted(last + 1, Verdict.ACCEPTED, 1, 1_000));
            assertTrue(stream.offer());
            assertThrows(WrongAnswerException.class, () -> stream.onAccepted(last + 1, Verdict.DUPLICATE, 1, 1_000));
            assertThrows(WrongAnswerException.class, () -> stream.onAccepted(last + 1, Verdict.ACCEPTED, 2, 1_000));
            assertThrows(WrongAnswerException.class, () -> stream.onAccepted(last + 1, Verdict.ACCEPTED, 1, 1));
            assertEquals(last, stream.answered());
        }
    }

    @Test
    void threadsSpinOnlyWhereEachHasACore() {
        assertEquals(Idling.YIELD, DiskRig.idling(Idling.SPIN, 2));
        assertEquals(Idling.SPIN, DiskRig.idling(Idling.SPIN, 3));
        assertEquals(Idling.BACKOFF, DiskRig.idling(Idling.BACKOFF, 2));
    }

    private FlowGateway.Config config(final MediaDriver driver, final Durability durability, final int writers) {
        return new FlowGateway.Config(
                driver.aeronDirectoryName(), directory.resolve("gateway"), durability, writers, LENGTH, Idling.YIELD);
    }

    private Run run(final Effort effort, final boolean isStopped) {
        return new Run(directory, effort, Idling.YIELD, Results.NONE, () -> isStopped, what -> {});
    }

    private void assertNothingLeft() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            assertFalse(files.findAny().isPresent());
        }
    }
}
