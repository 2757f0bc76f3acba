package io.fencegate.sequencer;

import io.aeron.driver.Configuration;
import io.aeron.driver.DataPacketDispatcher;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ReceiveChannelEndpointSupplier;
import io.aeron.driver.SendChannelEndpointSupplier;
import io.aeron.driver.ext.DebugReceiveChannelEndpoint;
import io.aeron.driver.ext.DebugSendChannelEndpoint;
import io.aeron.driver.ext.LossGenerator;
import io.aeron.driver.media.ReceiveChannelEndpoint;
import io.aeron.driver.media.SendChannelEndpoint;
import io.aeron.driver.media.UdpChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * The network between the media drivers that are launched in this process while it is open. It can be cut between any
 * two of them, and drops then every frame in both directions, where it is sent and where it arrives. A driver is known by
 * its directory, and the sender of a frame by its port.
 *
 * <p>Any thread; one network at a time.
 */
public final class TestNetwork implements AutoCloseable {
    private static volatile TestNetwork current;

    private final Map<Integer, String> owners = new ConcurrentHashMap<>();
    private final Set<Integer> strangers = ConcurrentHashMap.newKeySet();
    private volatile List<Set<String>> islands = List.of();
    private volatile Set<Set<String>> cuts = Set.of();

    private TestNetwork() {}

    /** Drivers that are launched from now on are in it. */
    static TestNetwork open() {
        final TestNetwork network = new TestNetwork();
        current = network;
        System.setProperty(Configuration.SEND_CHANNEL_ENDPOINT_SUPPLIER_PROP_NAME, Senders.class.getName());
        System.setProperty(Configuration.RECEIVE_CHANNEL_ENDPOINT_SUPPLIER_PROP_NAME, Receivers.class.getName());
        return network;
    }

    /** A node's own ports, some of which its driver opens where this network can not see it. */
    void own(final Path driver, final MemberEndpoints member) {
        for (final int port : new int[] {
            member.ingressPort(), member.consensusPort(), member.logPort(), member.catchupPort(), member.archivePort()
        }) {
            owners.put(port, driver.toString());
        }
    }

    /** From now on these drivers hear each other only; those of an earlier island stay there. */
    void isolate(final Path... together) {
        final List<Set<String>> more = new ArrayList<>(islands);
        more.add(Arrays.stream(together).map(Path::toString).collect(Collectors.toSet()));
        islands = List.copyOf(more);
    }

    /** These two do not hear each other. */
    void cut(final Path one, final Path other) {
        cuts = Set.of(Set.of(one.toString(), other.toString()));
    }

    /** Everybody hears everybody. */
    void heal() {
        islands = List.of();
        cuts = Set.of();
    }

    @Override
    public void close() {
        System.clearProperty(Configuration.SEND_CHANNEL_ENDPOINT_SUPPLIER_PROP_NAME);
        System.clearProperty(Configuration.RECEIVE_CHANNEL_ENDPOINT_SUPPLIER_PROP_NAME);
        current = null;
        if (!strangers.isEmpty()) {
            throw new AssertionError("frames of nobody knows whom: ports=" + strangers);
        }
    }

    private LossGenerator lossAt(final String driver) {
        return (address, buffer, length) -> address != null && isDropped(driver, address.getPort());
    }

    private boolean isDropped(final String driver, final int port) {
        final String other = owners.get(port);
        if (other == null) {
            strangers.add(port);
            return false;
        }
        return islands.stream().anyMatch(island -> island.contains(driver) != island.contains(other))
                || !driver.equals(other) && cuts.contains(Set.of(driver, other));
    }

    private void learn(final String driver, final DatagramChannel channel) {
        try {
            owners.put(((InetSocketAddress) channel.getLocalAddress()).getPort(), driver);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Named by a property of the media driver. */
    public static final class Senders implements SendChannelEndpointSupplier {
        @Override
        public SendChannelEndpoint newInstance(
                final UdpChannel channel, final AtomicCounter status, final MediaDriver.Context context) {
            final TestNetwork network = current;
            final String driver = context.aeronDirectoryName();
            final LossGenerator loss = network.lossAt(driver);
            return new DebugSendChannelEndpoint(channel, status, context, loss, loss) {
                @Override
                public void openDatagramChannel(final AtomicCounter indicator) {
                    super.openDatagramChannel(indicator);
                    network.learn(driver, sendDatagramChannel);
                }
            };
        }
    }

    /** Named by a property of the media driver. */
    public static final class Receivers implements ReceiveChannelEndpointSupplier {
        @Override
        public ReceiveChannelEndpoint newInstance(
                final UdpChannel channel,
                final DataPacketDispatcher dispatcher,
                final AtomicCounter status,
                final MediaDriver.Context context) {
            final TestNetwork network = current;
            final String driver = context.aeronDirectoryName();
            final LossGenerator loss = network.lossAt(driver);
            return new DebugReceiveChannelEndpoint(channel, dispatcher, status, context, loss, loss) {
                @Override
                public void openDatagramChannel(final AtomicCounter indicator) {
                    super.openDatagramChannel(indicator);
                    network.learn(driver, receiveDatagramChannel);
                }
            };
        }
    }
}
