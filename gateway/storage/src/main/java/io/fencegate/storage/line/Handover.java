package io.fencegate.storage.line;

import io.fencegate.storage.session.SessionEnd;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;

/**
 * Two queues between the admission agent and the line: clients go to the line when their answers have a way, and come
 * back when their session is over. Neither side waits for the other: both queues hold as many clients as there can be.
 */
public final class Handover {
    private final OneToOneConcurrentArrayQueue<ClientChannel> admitted;
    private final OneToOneConcurrentArrayQueue<ClientChannel> left;

    /**
     * Room for every client.
     *
     * @param channelsMax clients that the line may have at a time
     */
    public Handover(final int channelsMax) {
        admitted = new OneToOneConcurrentArrayQueue<>(channelsMax);
        left = new OneToOneConcurrentArrayQueue<>(channelsMax);
    }

    /** A client that came. The line's thread. @return or null */
    public ClientChannel pollAdmitted() {
        return admitted.poll();
    }

    /**
     * A client whose session is over. The line's thread, which does not touch it again.
     *
     * @param channel of the client
     * @param reason why
     */
    public void giveBack(final ClientChannel channel, final SessionEnd reason) {
        channel.end(reason);
        if (!left.offer(channel)) {
            throw new IllegalStateException("more clients leave than came: capacity=" + left.capacity());
        }
    }

    /**
     * A client whose answers have a way. The admission agent's thread, which does not touch it again.
     *
     * @param channel of the client
     */
    public void admit(final ClientChannel channel) {
        if (!admitted.offer(channel)) {
            throw new IllegalStateException("more clients came than may: capacity=" + admitted.capacity());
        }
    }

    /** A client that left. The admission agent's thread. @return or null */
    public ClientChannel pollLeft() {
        return left.poll();
    }
}
