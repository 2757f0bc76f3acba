package io.fencegate.client.gateway;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.FragmentAssembler;
import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import org.agrona.CloseHelper;

/**
 * The two streams of one session: requests out, answers in.
 *
 * <p>The client's thread.
 */
final class GatewayConnection implements AutoCloseable {
    private static final int FRAGMENT_LIMIT = 32;

    private final Subscription answers;
    private final ExclusivePublication requests;
    private final FragmentAssembler assembler;
    private boolean hadImage;

    private GatewayConnection(
            final Subscription answers, final ExclusivePublication requests, final FragmentHandler handler) {
        this.answers = answers;
        this.requests = requests;
        this.assembler = new FragmentAssembler(handler);
    }

    static GatewayConnection connect(final Aeron aeron, final GatewayChannels channels, final FragmentHandler handler) {
        final Subscription answers = aeron.addSubscription(channels.answers(), GatewayChannels.ANSWER_STREAM_ID);
        try {
            final ExclusivePublication requests = aeron.addExclusivePublication(
                    channels.requests(answers.registrationId()), GatewayChannels.REQUEST_STREAM_ID);
            return new GatewayConnection(answers, requests, handler);
        } catch (final RuntimeException ex) {
            CloseHelper.quietClose(answers);
            throw ex;
        }
    }

    int poll() {
        return answers.poll(assembler, FRAGMENT_LIMIT);
    }

    ExclusivePublication requests() {
        return requests;
    }

    boolean canSend() {
        return requests.isConnected();
    }

    /** Whether the gateway has ended the stream of answers that it had begun. */
    boolean isEnded() {
        if (answers.imageCount() > 0) {
            hadImage = true;
            return false;
        }
        return hadImage || answers.isClosed();
    }

    @Override
    public void close() {
        CloseHelper.quietCloseAll(requests, answers);
    }
}
