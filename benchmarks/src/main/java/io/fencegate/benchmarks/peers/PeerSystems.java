package io.fencegate.benchmarks.peers;

import static io.fencegate.benchmarks.peers.DurabilityClass.PAGE_CACHE;
import static io.fencegate.benchmarks.peers.DurabilityClass.SYNCED;

import io.fencegate.benchmarks.peers.server.EtcdServer;
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
                new PeerSystem(
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
                        true),
                new PeerSystem(
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
                        true),
                new PeerSystem(
                        "etcd",
                        "etcd",
                        "io.fencegate.benchmarks.peers.etcd.EtcdPeer",
                        new EtcdServer(programs),
                        Map.of(SYNCED, "txn: put if the fence is the token"),
                        "gRPC; one node, not replicated; a comparison of the user's transaction compares the token with"
                                + " a key beside the value; nobody keeps a client from writing without it; keeps every"
                                + " revision until it is compacted",
                        null,
                        true));
    }
}
