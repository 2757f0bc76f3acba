package io.fencegate.verification.cable;

import io.aeron.driver.DataPacketDispatcher;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.media.ReceiveChannelEndpoint;
import io.aeron.driver.media.UdpChannel;
import io.aeron.protocol.DataHeaderFlyweight;
import io.aeron.protocol.RttMeasurementFlyweight;
import io.aeron.protocol.SetupFlyweight;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Receives through a cable that may be cut: then nothing of what senders say comes in, and nothing is said to them.
 *
 * <p>The driver's thread.
 */
final class CableReceiveEndpoint extends ReceiveChannelEndpoint {
    private final Cable cable;

    CableReceiveEndpoint(
            final Cable cable,
            final UdpChannel channel,
            final DataPacketDispatcher dispatcher,
            final AtomicCounter statusIndicator,
            final MediaDriver.Context context) {
        super(channel, dispatcher, statusIndicator, context);
        this.cable = cable;
    }

    @Override
    public int sendTo(final ByteBuffer buffer, final InetSocketAddress sender) {
        return cable.isCut() ? buffer.remaining() : super.sendTo(buffer, sender);
    }

    @Override
    public int onDataPacket(
            final DataHeaderFlyweight header,
            final UnsafeBuffer buffer,
            final int length,
            final InetSocketAddress source,
            final int transportIndex) {
        return cable.isCut() ? 0 : super.onDataPacket(header, buffer, length, source, transportIndex);
    }

    @Override
    public void onSetupMessage(
            final SetupFlyweight header,
            final UnsafeBuffer buffer,
            final int length,
            final InetSocketAddress source,
            final int transportIndex) {
        if (!cable.isCut()) {
            super.onSetupMessage(header, buffer, length, source, transportIndex);
        }
    }

    @Override
    public void onRttMeasurement(
            final RttMeasurementFlyweight header,
            final UnsafeBuffer buffer,
            final int length,
            final InetSocketAddress source,
            final int transportIndex) {
        if (!cable.isCut()) {
            super.onRttMeasurement(header, buffer, length, source, transportIndex);
        }
    }
}
