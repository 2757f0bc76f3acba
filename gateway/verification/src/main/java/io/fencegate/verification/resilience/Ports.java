package io.fencegate.verification.resilience;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.agrona.CloseHelper;

/**
 * UDP ports that nobody uses, below the range from which the system hands out its own.
 *
 * <p>Any thread.
 */
public final class Ports {
    private static final int PORT_MIN = 12_000;
    private static final int PORT_MAX = 32_000;
    private static final int TRIES = 1_000;

    private Ports() {}

    /**
     * Free ports in a row on the loopback interface.
     *
     * @param count how many
     * @return the first of them
     * @throws IllegalStateException if there are none
     */
    public static int inARow(final int count) {
        for (int tried = 0; tried < TRIES; tried++) {
            final int first = ThreadLocalRandom.current().nextInt(PORT_MIN, PORT_MAX - count);
            if (areFree(first, count)) {
                return first;
            }
        }
        throw new IllegalStateException("no free UDP ports: count=" + count + " tried=" + TRIES);
    }

    private static boolean areFree(final int first, final int count) {
        final List<DatagramSocket> held = new ArrayList<>();
        try {
            for (int port = first; port < first + count; port++) {
                held.add(new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
            }
            return true;
        } catch (final IOException used) {
            return false;
        } finally {
            CloseHelper.closeAll(held);
        }
    }
}
