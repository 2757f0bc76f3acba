package io.fencegate.verification.cable;

import io.aeron.driver.DriverConductorProxy;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.media.SendChannelEndpoint;
import io.aeron.driver.media.UdpChannel;
import io.aeron.protocol.ErrorFlyweight;
import io.aeron.protocol.NakFlyweight;
import io.aeron.protocol.ResponseSetupFlyweight;
import io.aeron.protocol.RttMeasurementFlyweight;
import io.aeron.protocol.StatusMessageFlyweight;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Sends through a cable that may be cut: then data goes nowhere, and nothing of what receivers say comes back.
 *
 * <p>The driver's thread.
 */
final class CableSendEndpoint extends SendChannelEndpoint {
    private final Cable cable;

    CableSendEndpoint(
            final Cable cable,
            final UdpChannel channel,
            final AtomicCounter statusIndicator,
            final MediaDriver.Context context) {
        super(channel, statusIndicator, context);
        this.cable = cable;
    }

    @Override
    public int send(final ByteBuffer buffer) {
        return cable.isCut() ? buffer.remaining() : super.send(buffer);
    }

    @Override
    public int send(final ByteBuffer buffer, final InetSocketAddress receiver) {
        return cable.isCut() ? buffer.remaining() : super.send(buffer, receiver);
    }

    @Override
    public void onStatusMessage(
            final StatusMessageFlyweight message,
            final UnsafeBuffer buffer,
            final int length,
            final InetSocketAddress source,
            final DriverConductorProxy conductor) {
        if (!cable.isCut()) {
            super.onStatusMessage(message, buffer, length, source, conductor);
        }
    }

    @Override
    public void onError(
            final ErrorFlyweight message,
            final UnsafeBuffer buffer,
            final int length,
            final InetSocketAddress source,
            final DriverConductorProxy conductor) {
        if (!cable.isCut()) {
            super.onError(message, buffer, length, source, conductor);
        }
    }

    @Override
    public void onNakMessage(
            final NakFlyweight message, final UnsafeBuffer buffer, final int length, final InetSocketAddress source) {
        if (!cable.isCut()) {
            super.onNakMessage(message, buffer, length, source);
        }
    }

    @Override
    public void onRttMeasurement(
            final RttMeasurementFlyweight message,
            final UnsafeBuffer buffer,
            final int length,
            final InetSocketAddress source) {
        if (!cable.isCut()) {
            super.onRttMeasurement(message, buffer, length, source);
        }
    }

    @Override
    public void onResponseSetup(
            final ResponseSetupFlyweight message,
            final UnsafeBuffer buffer,
            final int length,
            final InetSocketAddress source,
            final DriverConductorProxy conductor) {
        if (!cable.isCut()) {
            super.onResponseSetup(message, buffer, length, source, conductor);
        }
    }
}
