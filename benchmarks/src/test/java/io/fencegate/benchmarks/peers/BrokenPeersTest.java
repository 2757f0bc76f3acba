package io.fencegate.benchmarks.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.benchmarks.measure.Measure;
import io.fencegate.benchmarks.measure.Outcome;
import io.fencegate.benchmarks.peers.fake.FakePeer;
import io.fencegate.benchmarks.peers.fake.FakeServer;
import io.fencegate.benchmarks.peers.server.JavaServer;
import io.fencegate.benchmarks.peers.server.Libraries;
import io.fencegate.benchmarks.rig.Effort;
import io.fencegate.benchmarks.rig.Idling;
import io.fencegate.benchmarks.rig.Results;
import io.fencegate.benchmarks.rig.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A peer that breaks: its row says how, and those before and after it are measured all the same. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class BrokenPeersTest {
    private static final Libraries OF_THIS_TEST = peer -> System.getProperty("java.class.path");
    private static final String LOCK = "the lock";
    private static final String NO_LOCK = null;

    @TempDir
    Path directory;

    @Test
    void theOthersAreMeasured() throws Exception {
        final List<Measure> rows = rows(
                system("good", FakePeer.Good.class, LOCK),
                system("dying", FakePeer.Dying.class, NO_LOCK),
                system("lying", FakePeer.Lying.class, NO_LOCK),
                system("last", FakePeer.Good.class, NO_LOCK));
        assertEquals(7, rows.size(), rows::toString);
        assertMeasured(rows.subList(0, 3));
        assertEquals(
                "the lock; page cache, clients=1: p50 beside Fencegate lease",
                rows.get(2).what());
        assertFailed(rows.get(3), "dying, page cache", "the server is gone");
        assertFailed(rows.get(4), "lying, page cache", "a write under a stale token was accepted");
        assertMeasured(rows.subList(5, 7));
        nothingIsLeft();
    }

    @Test
    void aLockThatRepeatsANumberFailsAndItsWritesStand() throws Exception {
        final List<Measure> rows = rows(system("repeating", FakePeer.Repeating.class, LOCK));
        assertEquals(3, rows.size(), rows::toString);
        assertMeasured(rows.subList(0, 2));
        assertFailed(rows.get(2), "repeating, page cache", "a later grant is not higher: grant=20 before=20");
        nothingIsLeft();
    }

    private List<Measure> rows(final PeerSystem... systems) throws Exception {
        final PeersSize size = new PeersSize(
                Stream.of(systems).map(PeerSystem::name).toList(),
                List.of(1),
                64,
                0,
                2,
                TimeUnit.MILLISECONDS.toNanos(20),
                false);
        return new PeersRig(size, List.of(systems), OF_THIS_TEST)
                .run(new Run(directory, Effort.SMOKE, Idling.YIELD, Results.NONE, () -> false, what -> {}));
    }

    private static PeerSystem system(final String name, final Class<?> adapter, final String lock) {
        return new PeerSystem(
                name,
                name,
                adapter.getName(),
                new JavaServer(OF_THIS_TEST, name, FakeServer.class.getName()),
                Map.of(DurabilityClass.PAGE_CACHE, "a write of " + name),
                "everything",
                lock,
                true);
    }

    private static void assertMeasured(final List<Measure> rows) {
        rows.forEach(row -> assertEquals(Outcome.REPORTED, row.outcome(), row::toString));
    }

    private static void assertFailed(final Measure row, final String what, final String why) {
        assertEquals(Outcome.FAILED, row.outcome(), row::toString);
        assertEquals(what, row.what());
        assertTrue(row.notes().get(0).contains(why), row::toString);
    }

    private void nothingIsLeft() throws IOException {
        try (Stream<Path> left = Files.list(directory)) {
            assertEquals(List.of(), left.toList());
        }
        assertFalse(ProcessHandle.current()
                .descendants()
                .anyMatch(process -> process.info().commandLine().orElse("").contains("benchmarks.peers.fake")));
    }
}
