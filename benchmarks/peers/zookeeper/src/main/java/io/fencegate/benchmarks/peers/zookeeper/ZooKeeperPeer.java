package io.fencegate.benchmarks.peers.zookeeper;

import io.fencegate.benchmarks.peers.load.FencedWrites;
import io.fencegate.benchmarks.peers.load.Peer;
import io.fencegate.benchmarks.peers.load.PeerClient;
import io.fencegate.benchmarks.peers.load.PeerLoad;
import io.fencegate.benchmarks.peers.load.PeerLock;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.api.transaction.CuratorTransactionResult;
import org.apache.curator.retry.RetryNTimes;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.client.FourLetterWordMain;
import org.apache.zookeeper.data.Stat;

/**
 * ZooKeeper: a write replaces the value if it still has the version that the writer's last write left. Who opens a
 * resource raises the token, kept in a node beside the value, and in the same transaction the value's version: so the
 * writer before is refused from then on. Each client of Curator has a connection of its own.
 */
public final class ZooKeeperPeer implements Peer {
    private static final int SESSION_MS = 60_000;
    private static final int CONNECT_MS = 20_000;
    private static final int FOUR_LETTERS_MS = 5_000;

    private final int port;

    private ZooKeeperPeer(final int port) {
        this.port = port;
    }

    /**
     * Serves as the load of a ZooKeeper.
     *
     * @param args the server's port on this machine
     * @throws Exception if it fails
     */
    public static void main(final String[] args) throws Exception {
        PeerLoad.serveProcess(new ZooKeeperPeer(Integer.parseInt(args[0])));
        // Threads of the library's may live on.
        System.exit(0);
    }

    @Override
    public String version() throws Exception {
        // The port is open a moment before the server serves.
        connect().close();
        final String status = FourLetterWordMain.send4LetterWord("127.0.0.1", port, "srvr", false, FOUR_LETTERS_MS);
        return status.replaceFirst("(?s).*version: ([^,-]*).*", "$1");
    }

    @Override
    public PeerClient connect() throws Exception {
        // Nothing is tried again: a lost answer is no figure.
        final CuratorFramework curator =
                CuratorFrameworkFactory.newClient("127.0.0.1:" + port, SESSION_MS, CONNECT_MS, new RetryNTimes(0, 1));
        curator.start();
        if (!curator.blockUntilConnected(CONNECT_MS, TimeUnit.MILLISECONDS)) {
            curator.close();
            throw new IllegalStateException("no connection: port=" + port);
        }
        return new Client(curator);
    }

    @Override
    public void close() {
        // Each connection is closed by its client.
    }

    private record Client(CuratorFramework curator) implements PeerClient {
        @Override
        public FencedWrites open(final String resource, final long token) throws Exception {
            final String value = "/" + resource;
            final String fence = value + "-fence";
            final byte[] mine = Long.toString(token).getBytes(StandardCharsets.US_ASCII);
            final Stat before = new Stat();
            if (curator.checkExists().forPath(fence) == null) {
                curator.transaction()
                        .forOperations(
                                curator.transactionOp().create().forPath(value, new byte[0]),
                                curator.transactionOp().create().forPath(fence, mine));
                return new Writes(curator, value, 0);
            }
            final String held =
                    new String(curator.getData().storingStatIn(before).forPath(fence), StandardCharsets.US_ASCII);
            if (Long.parseLong(held) >= token) {
                throw new IllegalStateException("the token is not the highest: token=" + token);
            }
            // What is there stays, and its version moves on; if it was just written, the opener fails and may try
            // again.
            final Stat last = new Stat();
            final byte[] kept = curator.getData().storingStatIn(last).forPath(value);
            final List<CuratorTransactionResult> opened = curator.transaction()
                    .forOperations(
                            curator.transactionOp()
                                    .setData()
                                    .withVersion(before.getVersion())
                                    .forPath(fence, mine),
                            curator.transactionOp()
                                    .setData()
                                    .withVersion(last.getVersion())
                                    .forPath(value, kept));
            return new Writes(curator, value, opened.get(1).getResultStat().getVersion());
        }

        @Override
        public byte[] read(final String resource) throws Exception {
            return curator.getData().forPath("/" + resource);
        }

        @Override
        public PeerLock lock(final String name) {
            return new ZooKeeperLock(curator, "/locks/" + name);
        }

        @Override
        public void close() {
            curator.close();
        }
    }

    private static final class Writes implements FencedWrites {
        private final CuratorFramework curator;
        private final String path;
        private int version;

        Writes(final CuratorFramework curator, final String path, final int version) {
            this.curator = curator;
            this.path = path;
            this.version = version;
        }

        @Override
        public boolean write(final byte[] payload) throws Exception {
            try {
                version = curator.setData()
                        .withVersion(version)
                        .forPath(path, payload)
                        .getVersion();
                return true;
            } catch (final KeeperException.BadVersionException fenced) {
                return false;
            }
        }

        @Override
        public void close() {
            // Nothing is held but the connection.
        }
    }
}
