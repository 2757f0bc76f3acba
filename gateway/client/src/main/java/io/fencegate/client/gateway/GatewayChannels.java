package io.fencegate.client.gateway;

import io.aeron.ChannelUri;
import io.aeron.CommonContext;

/**
 * The channels of a session with a gateway, over response channels: the client subscribes to its answers first, and
 * its publication of requests names that subscription.
 *
 * <pre>
 *            requests, stream 2001, response-correlation-id=I
 *   client -----------------------------------------------------> gateway
 *          &lt;-----------------------------------------------------
 *            answers, stream 2002, control-mode=response
 * </pre>
 *
 * <p>Immutable; any thread.
 */
public final class GatewayChannels {
    /** Stream of the requests. */
    public static final int REQUEST_STREAM_ID = 2001;

    /** Stream of the answers. */
    public static final int ANSWER_STREAM_ID = 2002;

    private static final String TERM_LENGTH = "1m";

    private final String channel;
    private final String answers;

    private GatewayChannels(final String channel, final String answers) {
        this.channel = channel;
        this.answers = answers;
    }

    /**
     * The channels of a gateway.
     *
     * @param channel {@code aeron:ipc}, or {@code aeron:udp?endpoint=host:port|control=host:port}
     * @return its channels
     * @throws IllegalArgumentException if it is neither
     */
    public static GatewayChannels of(final String channel) {
        final ChannelUri requests = ChannelUri.parse(channel);
        if (requests.isIpc()) {
            return new GatewayChannels(channel, "aeron:ipc?control-mode=response");
        }
        final String control = requests.remove(CommonContext.MDC_CONTROL_PARAM_NAME);
        if (!requests.isUdp() || control == null || requests.get(CommonContext.ENDPOINT_PARAM_NAME) == null) {
            throw new IllegalArgumentException("the gateway's channel is neither aeron:ipc nor"
                    + " aeron:udp?endpoint=host:port|control=host:port: channel=" + channel);
        }
        return new GatewayChannels(requests.toString(), "aeron:udp?control-mode=response|control=" + control);
    }

    String answers() {
        return answers;
    }

    String requests(final long answersRegistrationId) {
        final ChannelUri uri = ChannelUri.parse(channel);
        if (uri.get(CommonContext.TERM_LENGTH_PARAM_NAME) == null) {
            uri.put(CommonContext.TERM_LENGTH_PARAM_NAME, TERM_LENGTH);
        }
        uri.put(CommonContext.RESPONSE_CORRELATION_ID_PARAM_NAME, Long.toString(answersRegistrationId));
        return uri.toString();
    }
}
