package io.fencegate.benchmarks.peers.bookkeeper;

import io.fencegate.benchmarks.peers.load.ServerLife;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.apache.bookkeeper.client.BookKeeperAdmin;
import org.apache.bookkeeper.conf.ServerConfiguration;
import org.apache.bookkeeper.server.EmbeddedServer;
import org.apache.bookkeeper.server.conf.BookieConfiguration;
import org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;

/**
 * One bookie, and the ZooKeeper that keeps its metadata, on the loopback interface, in this process. The port is
 * ZooKeeper's; the bookie is there when it has registered. Its journal is synced before it answers, or is not.
 */
public final class BookKeeperNode {
    private static final int TICK_MS = 2_000;
    private static final int CONNECTIONS_UNLIMITED = 0;

    private BookKeeperNode() {}

    /**
     * Serves until the input ends.
     *
     * @param args port, directory, and {@code synced} or {@code unsynced}
     * @throws Exception if it does not start
     */
    public static void main(final String[] args) throws Exception {
        ServerLife.endWithInput();
        final int port = Integer.parseInt(args[0]);
        final Path directory = Path.of(args[1]);
        final Path metadata = directory.resolve("metadata");
        final NIOServerCnxnFactory connections = new NIOServerCnxnFactory();
        connections.configure(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECTIONS_UNLIMITED);
        connections.startup(new ZooKeeperServer(metadata.toFile(), metadata.toFile(), TICK_MS));
        final ServerConfiguration config = config(port, directory, args[2].equals("synced"));
        if (!BookKeeperAdmin.initNewCluster(config)) {
            throw new IllegalStateException("the metadata could not be begun");
        }
        EmbeddedServer.builder(new BookieConfiguration(config))
                .build()
                .getLifecycleComponentStack()
                .start();
    }

    private static ServerConfiguration config(final int port, final Path directory, final boolean isSynced)
            throws Exception {
        final InetAddress loopback = InetAddress.getLoopbackAddress();
        final ServerConfiguration config = new ServerConfiguration();
        config.setMetadataServiceUri(BookKeeperPeer.metadata(port));
        config.setAllowLoopback(true);
        config.setListeningInterface(NetworkInterface.getByInetAddress(loopback).getName());
        try (ServerSocket socket = new ServerSocket(0, 1, loopback)) {
            config.setBookiePort(socket.getLocalPort());
        }
        config.setJournalDirName(directory.resolve("journal").toString());
        config.setLedgerDirNames(new String[] {directory.resolve("ledgers").toString()});
        config.setJournalSyncData(isSynced);
        config.setJournalFlushWhenQueueEmpty(true);
        config.setHttpServerEnabled(false);
        return config;
    }
}
