package io.fencegate.benchmarks.peers;

import static io.fencegate.benchmarks.peers.DurabilityClass.PAGE_CACHE;
import static io.fencegate.benchmarks.peers.DurabilityClass.SYNCED;

import io.fencegate.benchmarks.peers.server.EtcdServer;
import io.fencegate.benchmarks.peers.server.JavaServer;
import io.fencegate.benchmarks.peers.server.Libraries;
import io.fencegate.benchmarks.peers.server.PostgresServer;
import io.fencegate.benchmarks.peers.server.Programs;
import io.fencegate.benchmarks.peers.server.RedisServer;
import java.util.List;
import java.util.Map;

/** The systems that are measured beside ours. */
final class PeerSystems {
    private PeerSystems() {}

    /** The names, in the order of the table. */
    static List<String> names() {
        return all(new Programs(List.of()), peer -> null).stream()
                .map(PeerSystem::name)
                .toList();
    }

    /**
     * All of them.
     *
     * @param programs where servers are looked for
     * @param libraries of the peers whose servers are Java
     */
    static List<PeerSystem> all(final Programs programs, final Libraries libraries) {
        return List.of(
                redis(programs),
                postgresql(programs),
                etcd(programs),
                zookeeper(libraries),
                hazelcast(libraries),
                bookkeeper(libraries));
    }

    private static PeerSystem redis(final Programs programs) {
        return new PeerSystem(
                "redis",
                "Redis",
                "io.fencegate.benchmarks.peers.redis.RedisPeer",
                new RedisServer(programs),
                Map.of(
                        PAGE_CACHE, "EVALSHA compare and HSET, appendfsync everysec",
                        SYNCED, "EVALSHA compare and HSET, appendfsync always"),
                "TCP; one node, not replicated; a script of the user's compares the token with a field of the"
                        + " same key; nobody keeps a client from writing without the script; keeps the last"
                        + " value, not a record of each write",
                null,
                true);
    }

    private static PeerSystem postgresql(final Programs programs) {
        return new PeerSystem(
                "postgresql",
                "PostgreSQL",
                "io.fencegate.benchmarks.peers.postgresql.PostgresPeer",
                new PostgresServer(programs),
                Map.of(
                        PAGE_CACHE, "UPDATE … WHERE fence <= token, synchronous_commit off",
                        SYNCED, "UPDATE … WHERE fence <= token, synchronous_commit on"),
                "TCP; one node, not replicated; a condition of the user's statement compares the token with a"
                        + " column of the row; nobody keeps a client from writing without it; keeps the last"
                        + " value; with synchronous_commit off the last commits can be lost with the process",
                null,
                true);
    }

    private static PeerSystem etcd(final Programs programs) {
        return new PeerSystem(
                "etcd",
                "etcd",
                "io.fencegate.benchmarks.peers.etcd.EtcdPeer",
                new EtcdServer(programs),
                Map.of(SYNCED, "txn: put if the fence is the token"),
                "gRPC; one node, not replicated; a comparison of the user's transaction compares the token with"
                        + " a key beside the value; nobody keeps a client from writing without it; keeps every"
                        + " revision until it is compacted; a lock's number is the store's revision",
                "etcd's lock service: lock and unlock, under a lease that is kept alive",
                true);
    }

    private static PeerSystem zookeeper(final Libraries libraries) {
        return new PeerSystem(
                "zookeeper",
                "ZooKeeper",
                "io.fencegate.benchmarks.peers.zookeeper.ZooKeeperPeer",
                new JavaServer(libraries, "zookeeper", "io.fencegate.benchmarks.peers.zookeeper.ZooKeeperNode"),
                Map.of(
                        PAGE_CACHE, "setData with the version that the writer's last write left, forceSync no",
                        SYNCED, "setData with the version that the writer's last write left, forceSync yes"),
                "TCP; one node, not replicated; a writer shows the version that it left, and must read again when"
                        + " an answer was lost; nobody keeps a client from writing without it; keeps the last"
                        + " value, and each write in its log; a lock is Curator's mutex, three round trips, and"
                        + " its number the czxid of its node",
                "Curator's InterProcessMutex: acquire and release",
                true);
    }

    private static PeerSystem hazelcast(final Libraries libraries) {
        return new PeerSystem(
                "hazelcast",
                "Hazelcast",
                "io.fencegate.benchmarks.peers.hazelcast.HazelcastPeer",
                new JavaServer(libraries, "hazelcast", "io.fencegate.benchmarks.peers.hazelcast.HazelcastMembers"),
                Map.of(PAGE_CACHE, "EntryProcessor: put if the fence is not above the token"),
                "TCP; in memory: a write does not survive the end of the members' process, what the others of its"
                        + " class do; three members in one process, the least that its CP subsystem works with: a"
                        + " write has one backup, a lock goes through Raft among the three; code of the user's"
                        + " compares the token with a field of the entry; nobody keeps a client from writing"
                        + " without it; keeps the last value",
                "FencedLock: lockAndGetFence and unlock",
                false);
    }

    private static PeerSystem bookkeeper(final Libraries libraries) {
        return new PeerSystem(
                "bookkeeper",
                "BookKeeper",
                "io.fencegate.benchmarks.peers.bookkeeper.BookKeeperPeer",
                new JavaServer(libraries, "bookkeeper", "io.fencegate.benchmarks.peers.bookkeeper.BookKeeperNode"),
                Map.of(
                        PAGE_CACHE, "add to a ledger that a newer owner's recovery fences, journalSyncData false",
                        SYNCED, "add to a ledger that a newer owner's recovery fences, journalSyncData true"),
                "TCP; one bookie, not replicated, with the ZooKeeper of its metadata in the same process; shows no"
                        + " token: whoever takes over closes the ledger and begins another one, and which ledger"
                        + " is whose the user keeps, here in the clients' memory; the journal is flushed as soon"
                        + " as nothing waits (journalFlushWhenQueueEmpty), not after its default 2 ms; keeps"
                        + " each write",
                null,
                false);
    }
}
