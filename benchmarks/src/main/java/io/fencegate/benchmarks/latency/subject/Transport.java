package io.fencegate.benchmarks.latency.subject;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Locale;

/** How messages travel. */
public enum Transport {
    /** Shared memory: no driver on the way. */
    IPC,
    /** UDP over the loopback interface: the media driver and the kernel's sockets are on the way, both ways. */
    UDP;

    /** A channel of this kind that nobody uses. @return as Aeron writes it */
    String channel() {
        return this == IPC ? "aeron:ipc" : "aeron:udp?endpoint=" + freeEndpoint();
    }

    /** An endpoint of the loopback interface whose port nobody uses. @return host:port */
    static String freeEndpoint() {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return "localhost:" + socket.getLocalPort();
        } catch (final IOException e) {
            throw new UncheckedIOException("no free port", e);
        }
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
