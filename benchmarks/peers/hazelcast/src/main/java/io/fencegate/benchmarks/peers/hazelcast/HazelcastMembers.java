package io.fencegate.benchmarks.peers.hazelcast;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.core.Hazelcast;
import io.fencegate.benchmarks.peers.load.ServerLife;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * Three members of a Hazelcast on the loopback interface, in this process: the least that its CP subsystem works with.
 * All in memory; it tells nobody that it runs. The member on the port that was asked for starts last.
 */
public final class HazelcastMembers {
    private static final int MEMBERS = 3;
    private static final String LOOPBACK = "127.0.0.1";

    private HazelcastMembers() {}

    /**
     * Serves until the input ends.
     *
     * @param args port, directory, and {@code synced} or {@code unsynced}, which changes nothing
     * @throws IOException if there are no free ports
     */
    public static void main(final String[] args) throws IOException {
        ServerLife.endWithInput();
        final List<Integer> ports = new ArrayList<>(freePorts(MEMBERS - 1));
        ports.add(Integer.parseInt(args[0]));
        for (final int port : ports) {
            Hazelcast.newHazelcastInstance(config(port, ports));
        }
    }

    private static List<Integer> freePorts(final int count) throws IOException {
        final List<ServerSocket> sockets = new ArrayList<>();
        final List<Integer> ports = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                final ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                sockets.add(socket);
                ports.add(socket.getLocalPort());
            }
        } finally {
            for (final ServerSocket socket : sockets) {
                socket.close();
            }
        }
        return ports;
    }

    private static Config config(final int port, final List<Integer> ports) {
        final Config config = new Config();
        config.setClusterName(HazelcastPeer.CLUSTER);
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.socket.bind.any", "false");
        config.setProperty("hazelcast.shutdownhook.enabled", "false");
        config.getCPSubsystemConfig().setCPMemberCount(MEMBERS);
        final NetworkConfig network = config.getNetworkConfig();
        network.setPort(port).setPortAutoIncrement(false).setPublicAddress(LOOPBACK + ":" + port);
        network.getInterfaces().setEnabled(true).addInterface(LOOPBACK);
        final JoinConfig join = network.getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true);
        ports.forEach(member -> join.getTcpIpConfig().addMember(LOOPBACK + ":" + member));
        return config;
    }
}
