package io.fencegate.benchmarks.peers.etcd;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.KV;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.PutOption;
import io.fencegate.benchmarks.peers.load.FencedWrites;
import io.fencegate.benchmarks.peers.load.Peer;
import io.fencegate.benchmarks.peers.load.PeerClient;
import io.fencegate.benchmarks.peers.load.PeerLoad;
import io.fencegate.benchmarks.peers.load.PeerLock;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * etcd: a transaction compares the fence, a key of its own beside the value, with the writer's token, and puts the value
 * if they are equal. Each client of jetcd has a channel of its own, and its thread waits for each answer. Its lock is that
 * of etcd's lock service.
 */
public final class EtcdPeer implements Peer {
    private static final long ANSWER_DEADLINE_S = 30;
    private static final int DIGITS = 19;

    private final String endpoint;

    private EtcdPeer(final int port) {
        endpoint = "http://127.0.0.1:" + port;
    }

    /**
     * Serves as the load of an etcd.
     *
     * @param args the server's port on this machine
     * @throws Exception if it fails
     */
    public static void main(final String[] args) throws Exception {
        PeerLoad.serveProcess(new EtcdPeer(Integer.parseInt(args[0])));
        // Threads of the library's may live on.
        System.exit(0);
    }

    @Override
    public String version() throws Exception {
        try (Client client = Client.builder().endpoints(endpoint).build()) {
            return await(client.getMaintenanceClient().statusMember(endpoint)).getVersion();
        }
    }

    @Override
    public PeerClient connect() {
        return new Connection(Client.builder().endpoints(endpoint).build());
    }

    @Override
    public void close() {
        // Each connection is closed by its client.
    }

    static <T> T await(final CompletableFuture<T> answer) throws Exception {
        return answer.get(ANSWER_DEADLINE_S, TimeUnit.SECONDS);
    }

    private static ByteSequence bytes(final String text) {
        return ByteSequence.from(text, StandardCharsets.UTF_8);
    }

    private static final class Connection implements PeerClient {
        private final Client client;
        private final KV kv;

        Connection(final Client client) {
            this.client = client;
            kv = client.getKVClient();
        }

        @Override
        public FencedWrites open(final String resource, final long token) throws Exception {
            final ByteSequence fenceKey = bytes(resource + "/fence");
            // As many digits for each: etcd compares values byte by byte.
            final ByteSequence fence = bytes(String.format("%0" + DIGITS + "d", token));
            final List<KeyValue> before = await(kv.get(fenceKey)).getKvs();
            final Cmp unchanged = before.isEmpty()
                    ? new Cmp(fenceKey, Cmp.Op.EQUAL, CmpTarget.version(0))
                    : new Cmp(fenceKey, Cmp.Op.LESS, CmpTarget.value(fence));
            final TxnResponse opened = await(kv.txn()
                    .If(unchanged)
                    .Then(Op.put(fenceKey, fence, PutOption.DEFAULT))
                    .commit());
            if (!opened.isSucceeded()) {
                throw new IllegalStateException("the token is not the highest: token=" + token);
            }
            return new Writes(kv, resource, new Cmp(fenceKey, Cmp.Op.EQUAL, CmpTarget.value(fence)));
        }

        @Override
        public byte[] read(final String resource) throws Exception {
            final List<KeyValue> found = await(kv.get(bytes(resource))).getKvs();
            return found.isEmpty() ? null : found.get(0).getValue().getBytes();
        }

        @Override
        public PeerLock lock(final String name) throws Exception {
            return new EtcdLock(client, bytes(name));
        }

        @Override
        public void close() {
            client.close();
        }
    }

    private record Writes(KV kv, String resource, Cmp isHolder) implements FencedWrites {
        @Override
        public boolean write(final byte[] payload) throws Exception {
            return await(kv.txn()
                            .If(isHolder)
                            .Then(Op.put(bytes(resource), ByteSequence.from(payload), PutOption.DEFAULT))
                            .commit())
                    .isSucceeded();
        }

        @Override
        public void close() {
            // Nothing is held but the connection.
        }
    }
}
