package io.fencegate.client.gateway;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.FragmentAssembler;
import io.aeron.Subscription;
import io.aeron.logbuffer.FragmentHandler;
import org.agrona.CloseHelper;

/**
 * The two streams of one session: answers in, and then requests out. Both are asked for without waiting for the media
 * driver.
 *
 * <p>The client's thread.
 */
final class GatewayConnection implements AutoCloseable {
    private static final int FRAGMENT_LIMIT = 32;

    private final Aeron aeron;
    private final GatewayChannels channels;
    private final FragmentAssembler assembler;
    private final long answersId;
    private long requestsId = Aeron.NULL_VALUE;
    private Subscription answers;
    private ExclusivePublication requests;
    private boolean hadImage;
    private boolean isClosed;

    GatewayConnection(final Aeron aeron, final GatewayChannels channels, final FragmentHandler handler) {
        this.aeron = aeron;
        this.channels = channels;
        this.assembler = new FragmentAssembler(handler);
        this.answersId = aeron.asyncAddSubscription(channels.answers(), GatewayChannels.ANSWER_STREAM_ID);
    }

    /**
     * Takes the streams as the media driver adds them.
     *
     * @return true once both are there
     * @throws io.aeron.exceptions.AeronException if the media driver does not add one
     */
    boolean isAdded() {
        if (answers == null) {
            answers = aeron.getSubscription(answersId);
        }
        if (answers != null && requestsId == Aeron.NULL_VALUE) {
            requestsId =
                    aeron.asyncAddExclusivePublication(channels.requests(answersId), GatewayChannels.REQUEST_STREAM_ID);
        }
        if (requestsId != Aeron.NULL_VALUE && requests == null) {
            requests = aeron.getExclusivePublication(requestsId);
        }
        return requests != null;
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
        if (isClosed) {
            return;
        }
        isClosed = true;
        CloseHelper.quietCloseAll(requests, answers);
        if (!aeron.isClosed()) {
            CloseHelper.quietClose(this::forgetWhatIsNotAdded);
        }
    }

    private void forgetWhatIsNotAdded() {
        if (answers == null) {
            aeron.asyncRemoveSubscription(answersId);
        } else if (requests == null && requestsId != Aeron.NULL_VALUE) {
            aeron.asyncRemovePublication(requestsId);
        }
    }
}
