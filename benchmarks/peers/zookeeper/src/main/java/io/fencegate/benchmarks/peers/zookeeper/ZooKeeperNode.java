package io.fencegate.benchmarks.peers.zookeeper;

import io.fencegate.benchmarks.peers.load.ServerLife;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.zookeeper.server.ServerConfig;
import org.apache.zookeeper.server.ZooKeeperServerMain;

/** One ZooKeeper on the loopback interface, with its defaults; its log is synced before it answers, or is not. */
public final class ZooKeeperNode {
    private ZooKeeperNode() {}

    /**
     * Serves until the input ends.
     *
     * @param args port, directory, and {@code synced} or {@code unsynced}
     * @throws Exception if it does not start
     */
    public static void main(final String[] args) throws Exception {
        ServerLife.endWithInput();
        System.setProperty("zookeeper.admin.enableServer", "false");
        System.setProperty("zookeeper.forceSync", args[2].equals("synced") ? "yes" : "no");
        final Path directory = Path.of(args[1]);
        final Path file = directory.resolve("zoo.cfg");
        Files.write(
                file,
                List.of(
                        "tickTime=2000",
                        "dataDir=" + directory.resolve("data"),
                        "clientPort=" + args[0],
                        "clientPortAddress=127.0.0.1",
                        // All clients come from one address.
                        "maxClientCnxns=0"));
        final ServerConfig config = new ServerConfig();
        config.parse(file.toString());
        new ZooKeeperServerMain().runFromConfig(config);
    }
}
