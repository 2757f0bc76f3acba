package io.fencegate.sequencer;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.agrona.CloseHelper;

/**
 * Finds UDP ports that nobody uses, below the range from which the system hands out its own, so that no other program
 * is given one of them in between.
 *
 * <p>Any thread.
 */
public final class FreePorts {
    private static final int PORT_MIN = 12_000;
    private static final int PORT_MAX = 32_000;

    private FreePorts() {}

    /**
     * Endpoints on free ports.
     *
     * @param host to which they belong, of this machine
     * @param members how many members need them
     * @return the endpoints, in the order of the members
     * @throws IllegalStateException if there are not enough free ports
     */
    public static List<MemberEndpoints> find(final String host, final int members) {
        final List<DatagramSocket> held = new ArrayList<>();
        try {
            final InetAddress address = InetAddress.getByName(host);
            final int wanted = members * MemberEndpoints.PORTS;
            int port = ThreadLocalRandom.current().nextInt(PORT_MIN, PORT_MAX);
            for (int tried = 0; held.size() < wanted && tried < PORT_MAX - PORT_MIN; tried++) {
                hold(new InetSocketAddress(address, port), held);
                port = port + 1 < PORT_MAX ? port + 1 : PORT_MIN;
            }
            if (held.size() < wanted) {
                throw new IllegalStateException("not enough free UDP ports: host=" + host + " wanted=" + wanted
                        + " free=" + held.size() + " from=" + PORT_MIN + " to=" + PORT_MAX);
            }
            return endpoints(host, members, held);
        } catch (final IOException e) {
            throw new IllegalStateException("unknown host: host=" + host, e);
        } finally {
            CloseHelper.closeAll(held);
        }
    }

    private static void hold(final InetSocketAddress address, final List<DatagramSocket> held) {
        try {
            held.add(new DatagramSocket(address));
        } catch (final IOException ignored) {
            // Somebody uses it: the next one, then.
        }
    }

    private static List<MemberEndpoints> endpoints(
            final String host, final int members, final List<DatagramSocket> held) {
        final List<MemberEndpoints> endpoints = new ArrayList<>(members);
        for (int i = 0; i < members; i++) {
            final int first = i * MemberEndpoints.PORTS;
            endpoints.add(new MemberEndpoints(
                    host,
                    held.get(first).getLocalPort(),
                    held.get(first + 1).getLocalPort(),
                    held.get(first + 2).getLocalPort(),
                    held.get(first + 3).getLocalPort(),
                    held.get(first + 4).getLocalPort()));
        }
        return endpoints;
    }
}
