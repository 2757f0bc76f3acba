package io.fencegate.verification.story.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.agrona.CloseHelper;

/**
 * A piece of network on the way from one sender to one UDP endpoint, and back, that can be cut.
 *
 * <p>A thread of its own; {@link #cut} and {@link #join} from any.
 */
final class Relay implements AutoCloseable {
    private static final int PACKET_MAX = 1 << 16;

    private final Selector selector;
    private final DatagramChannel front;
    private final DatagramChannel back;
    private final SocketAddress target;
    private final Thread thread;
    private final ByteBuffer packet = ByteBuffer.allocateDirect(PACKET_MAX);
    private SocketAddress sender;
    private volatile boolean isCut;

    Relay(final String host, final int port) {
        target = new InetSocketAddress(host, port);
        try {
            selector = Selector.open();
            front = channel();
            back = channel();
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
        thread = new Thread(this::run, "relay");
        thread.start();
    }

    /** Where senders find it. @return its port on the loopback interface */
    int port() {
        return front.socket().getLocalPort();
    }

    void cut() {
        isCut = true;
    }

    void join() {
        isCut = false;
    }

    @Override
    public void close() {
        CloseHelper.closeAll(selector, front, back);
        try {
            thread.join();
        } catch (final InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (selector.isOpen()) {
                selector.select(key -> pass((DatagramChannel) key.channel()));
            }
        } catch (final ClosedSelectorException closed) {
            // That is the end.
        } catch (final IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private void pass(final DatagramChannel from) {
        try {
            packet.clear();
            final SocketAddress source = from.receive(packet);
            if (source == null || isCut) {
                return;
            }
            packet.flip();
            if (from == front) {
                sender = source;
                back.send(packet, target);
            } else if (sender != null) {
                front.send(packet, sender);
            }
        } catch (final ClosedChannelException closed) {
            // That is the end.
        } catch (final IOException refused) {
            // Nobody listens there: the packet is lost.
        }
    }

    private DatagramChannel channel() throws IOException {
        final DatagramChannel channel = DatagramChannel.open();
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
        return channel;
    }
}
