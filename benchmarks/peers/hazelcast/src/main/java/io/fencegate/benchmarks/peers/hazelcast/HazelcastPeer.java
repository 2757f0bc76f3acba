package io.fencegate.benchmarks.peers.hazelcast;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.fencegate.benchmarks.peers.load.FencedWrites;
import io.fencegate.benchmarks.peers.load.Peer;
import io.fencegate.benchmarks.peers.load.PeerClient;
import io.fencegate.benchmarks.peers.load.PeerLoad;
import io.fencegate.benchmarks.peers.load.PeerLock;
import java.util.concurrent.TimeUnit;

/**
 * Hazelcast: a processor of an entry, which runs where the entry is, compares the fence in it with the writer's token and
 * replaces the value. The entry's backup is written before the answer leaves. Its lock is the CP subsystem's.
 */
public final class HazelcastPeer implements Peer {
    static final String CLUSTER = "fencegate-peer";

    private static final String MAP = "fenced";
    private static final int CONNECT_MS = 60_000;

    private final String address;

    private HazelcastPeer(final int port) {
        address = "127.0.0.1:" + port;
    }

    /**
     * Serves as the load of a Hazelcast.
     *
     * @param args the port of one member on this machine
     * @throws Exception if it fails
     */
    public static void main(final String[] args) throws Exception {
        PeerLoad.serveProcess(new HazelcastPeer(Integer.parseInt(args[0])));
        // Threads of the library's may live on.
        System.exit(0);
    }

    @Override
    public String version() {
        final HazelcastInstance client = newClient();
        try {
            return client.getCluster().getMembers().iterator().next().getVersion() + " members="
                    + client.getCluster().getMembers().size();
        } finally {
            client.shutdown();
        }
    }

    @Override
    public PeerClient connect() {
        return new Client(newClient());
    }

    private HazelcastInstance newClient() {
        final ClientConfig config = new ClientConfig();
        config.setClusterName(CLUSTER);
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.getNetworkConfig().addAddress(address);
        config.getConnectionStrategyConfig().getConnectionRetryConfig().setClusterConnectTimeoutMillis(CONNECT_MS);
        return HazelcastClient.newHazelcastClient(config);
    }

    @Override
    public void close() {
        // Each connection is closed by its client.
    }

    private record Client(HazelcastInstance hazelcast) implements PeerClient {
        @Override
        public FencedWrites open(final String resource, final long token) {
            final IMap<String, FencedValue> map = hazelcast.getMap(MAP);
            if (!map.executeOnKey(resource, new RaiseFence(token))) {
                throw new IllegalStateException("the token is not the highest: token=" + token);
            }
            return new Writes(map, resource, token);
        }

        @Override
        public byte[] read(final String resource) {
            final IMap<String, FencedValue> map = hazelcast.getMap(MAP);
            final FencedValue found = map.get(resource);
            return found == null ? null : found.value();
        }

        @Override
        public PeerLock lock(final String name) {
            return new HazelcastLock(hazelcast.getCPSubsystem().getLock(name));
        }

        @Override
        public void close() {
            hazelcast.shutdown();
        }
    }

    private record Writes(IMap<String, FencedValue> map, String resource, long token) implements FencedWrites {
        private static final long ANSWER_DEADLINE_S = 30;

        @Override
        public boolean write(final byte[] payload) throws Exception {
            return map.submitToKey(resource, new WriteFenced(token, payload))
                    .toCompletableFuture()
                    .get(ANSWER_DEADLINE_S, TimeUnit.SECONDS);
        }

        @Override
        public void close() {
            // Nothing is held but the connection.
        }
    }
}
