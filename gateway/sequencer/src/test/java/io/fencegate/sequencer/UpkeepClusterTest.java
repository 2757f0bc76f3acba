package io.fencegate.sequencer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fencegate.core.grant.LeaseVerdict;
import io.fencegate.sequencer.TestClient.Answer;
import io.fencegate.sequencer.counters.SequencerCounters;
import io.fencegate.sequencer.upkeep.Readiness;
import io.fencegate.sequencer.upkeep.UpkeepConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.agrona.IoUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What three nodes do for themselves: snapshots, purges, copies of the log; and who may vote. */
class UpkeepClusterTest {
    private static final long ANN = 0xA000_0000_0000_0001L;
    private static final long BOB = 0xB000_0000_0000_0002L;
    private static final long TTL_MS = 600_000;
    private static final long SNAPSHOT_LENGTH = 1 << 20;
    private static final byte[] GARBAGE = new byte[1200];

    @TempDir
    private Path directory;

    private long request = 1000;

    @Test
    void aSnapshotIsTakenByItselfAndARestartUsesIt() {
        try (TestCluster cluster = new TestCluster(3, directory, upkeep(128 << 10));
                TestClient client = new TestClient(directory.resolve("client"), cluster.ingressEndpoints())) {
            final Answer ann = acquire(client, ANN, ++request, "orders");
            fillUntil(cluster, client, () -> all(cluster).allMatch(i -> snapshot(cluster, i) > 0));
            cluster.awaitAllApplied();
            final long malformed = malformed(cluster.node(0));

            cluster.stopAll();
            client.dropSession();
            cluster.startAll();

            final Answer repeat = acquire(client, ANN, ann.requestId(), "orders");
            assertEquals(ann.token(), repeat.token());
            assertTrue(malformed(cluster.node(0)) < malformed, "replayed everything: refusals=" + malformed);
            assertEquals(
                    0, all(cluster).mapToLong(i -> cluster.node(i).errors()).sum());
        }
    }

    @Test
    void theLogIsPurgedOnlyBelowWhatAllHaveAndAWipedNodeCopiesTheRestAndVotes() throws IOException {
        try (TestCluster cluster = new TestCluster(3, directory, upkeep(SNAPSHOT_LENGTH));
                TestClient client = new TestClient(directory.resolve("client"), cluster.ingressEndpoints())) {
            final Answer ann = acquire(client, ANN, ++request, "orders");
            final int follower = (cluster.awaitLeader() + 1) % 3;
            final int other = 3 - follower - cluster.awaitLeader();
            final Path early = backUp(cluster, follower);
            fillUntil(
                    cluster,
                    client,
                    () -> all(cluster).allMatch(i -> cluster.node(i).log().start() > 0));

            final SequencerNode stopped = cluster.node(follower);
            cluster.stop(follower);
            final int leader = cluster.awaitLeader();
            fillUntil(
                    cluster,
                    client,
                    () -> IntStream.of(leader, other)
                            .allMatch(i -> cluster.node(i).log().snapshotSecond()
                                    > stopped.log().snapshotNewest() + SNAPSHOT_LENGTH));
            for (final int living : List.of(leader, other)) {
                assertTrue(
                        cluster.node(living).log().start() <= stopped.log().snapshotSecond(),
                        () -> cluster.node(living).log() + " " + stopped.log());
            }

            IoUtil.delete(cluster.config(follower).directory().toFile(), false);
            copy(early, cluster.config(follower).directory());
            checkRefused(cluster.config(follower), "this directory is older than what its member acknowledged");

            IoUtil.delete(cluster.config(follower).directory().toFile(), false);
            cluster.start(follower);
            cluster.awaitReady();
            checkSameState(cluster, leader, follower);
            assertTrue(cluster.node(follower).log().start() > 0);

            client.dropSession();
            cluster.stop(cluster.awaitLeader());
            final Answer repeat = acquire(client, ANN, ann.requestId(), "orders");
            assertEquals(ann.token(), repeat.token());
            assertTrue(acquire(client, BOB, ++request, "invoices").token() > ann.token());
        }
    }

    @Test
    void aNodeWithoutALogElectsNobody() {
        try (TestCluster cluster = new TestCluster(3, directory);
                TestClient client = new TestClient(directory.resolve("client"), cluster.ingressEndpoints())) {
            final Answer ann = acquire(client, ANN, ++request, "orders");
            cluster.awaitReady();
            client.dropSession();
            cluster.stop(0);
            cluster.stop(1);
            IoUtil.delete(cluster.config(1).directory().toFile(), false);

            cluster.start(1);
            Await.until(() -> cluster.node(1).readiness() == Readiness.SEEDING
                    && !cluster.node(2).isLeader());
            final long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1500);
            Await.until(() -> {
                assertTrue(IntStream.of(1, 2).noneMatch(i -> cluster.node(i).isLeader()));
                assertEquals(Readiness.SEEDING, cluster.node(1).readiness());
                return System.nanoTime() - endNs > 0;
            });

            cluster.start(0);
            cluster.awaitReady();
            assertEquals(
                    ann.token(), acquire(client, ANN, ann.requestId(), "orders").token());
            checkSameState(cluster, 0, 1);
        }
    }

    @Test
    void everyNodeIsRestartedInTurnAndNoLeaseIsLost() {
        try (TestCluster cluster = new TestCluster(3, directory);
                TestClient client = new TestClient(directory.resolve("client"), cluster.ingressEndpoints())) {
            final long startNs = System.nanoTime();
            final Answer ann = acquire(client, ANN, ++request, "orders");
            cluster.awaitReady();
            for (int node = 0; node < 3; node++) {
                cluster.stop(node);
                assertEquals(
                        "Granted",
                        acquire(client, BOB, ++request, "during-" + node).kind());
                cluster.start(node);
                cluster.awaitReady();
            }

            final Answer repeat = acquire(client, ANN, ann.requestId(), "orders");
            final long elapsedMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
            assertEquals(ann.token(), repeat.token());
            assertTrue(
                    repeat.remainingMs() >= TTL_MS - elapsedMs && repeat.remainingMs() <= TTL_MS,
                    () -> "elapsedMs=" + elapsedMs + " " + repeat);
            cluster.awaitAllApplied();
            checkSameState(cluster, 0, 1);
            checkSameState(cluster, 0, 2);
        }
    }

    @Test
    void aDirectoryOfAnotherClusterOrMemberIsRefused() throws IOException {
        final Path foreign = directory.resolve("foreign");
        try (TestCluster another = new TestCluster(3, directory.resolve("another"))) {
            another.awaitReady();
            another.stop(2);
            copy(another.config(2).directory(), foreign);
        }
        try (TestCluster cluster = new TestCluster(3, directory)) {
            cluster.awaitReady();
            cluster.stop(2);
            final SequencerConfig config = cluster.config(2);
            IoUtil.delete(config.directory().toFile(), false);
            copy(foreign, config.directory());
            checkRefused(config, "this directory is of another cluster");

            IoUtil.delete(config.directory().toFile(), false);
            copy(cluster.config(1).directory(), config.directory());
            final IllegalArgumentException wrongMember = assertThrows(
                    IllegalArgumentException.class,
                    () -> SequencerNode.launch(config, (id, reason, fact, cause) -> {})
                            .close());
            assertTrue(wrongMember.getMessage().contains("itsMember=1 ofMembers=3 asked=2"), wrongMember.getMessage());
        }
    }

    private static void checkSameState(final TestCluster cluster, final int one, final int other) {
        cluster.awaitAllApplied();
        final SequencerCounters expected = cluster.node(one).counters();
        final SequencerCounters actual = cluster.node(other).counters();
        Await.until(() -> expected.leases() == actual.leases()
                && expected.leaseEvents() == actual.leaseEvents()
                && expected.clients() == actual.clients());
        assertTrue(actual.leases() > 0);
    }

    /** The node of another's, or of an old, directory stops, and says why; the others go on. */
    private static void checkRefused(final SequencerConfig config, final String fact) {
        final Queue<String> stops = new ConcurrentLinkedQueue<>();
        try (SequencerNode node =
                SequencerNode.launch(config, (id, reason, why, cause) -> stops.add(reason + " " + why))) {
            Await.until(() -> !stops.isEmpty());
            assertTrue(
                    stops.peek().startsWith("CONFIGURATION member " + config.memberId() + " " + fact), stops::toString);
            assertTrue(node.leadershipTerm() < 0);
        }
    }

    /** A copy of a node's directory, made while it does not run. */
    private Path backUp(final TestCluster cluster, final int node) throws IOException {
        cluster.awaitReady();
        cluster.stop(node);
        final Path to = directory.resolve("early");
        copy(cluster.config(node).directory(), to);
        cluster.start(node);
        cluster.awaitReady();
        return to;
    }

    private static void copy(final Path from, final Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (final Path file : (Iterable<Path>) files::iterator) {
                final Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    private static void fillUntil(final TestCluster cluster, final TestClient client, final BooleanSupplier condition) {
        Await.until(() -> {
            for (int i = 0; i < 50; i++) {
                client.send(client.bytes(GARBAGE));
            }
            return condition.getAsBoolean();
        });
        cluster.awaitAllApplied();
    }

    private static IntStream all(final TestCluster cluster) {
        return IntStream.range(0, 3).filter(i -> cluster.node(i) != null);
    }

    private static long snapshot(final TestCluster cluster, final int node) {
        return cluster.node(node).log().snapshotNewest();
    }

    private static long malformed(final SequencerNode node) {
        return node.counters().refusals(LeaseVerdict.MALFORMED);
    }

    private static UpkeepConfig upkeep(final long snapshotLength) {
        return new UpkeepConfig(snapshotLength, 1 << 20, 1000, 3000, 1000);
    }

    private static Answer acquire(final TestClient client, final long clientId, final long id, final String name) {
        return client.call(client.commands.acquire(clientId, id, TTL_MS, 0, name), id);
    }
}
