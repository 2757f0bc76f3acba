package io.fencegate.storage.line;

import io.fencegate.storage.flow.Caller;
import io.fencegate.storage.session.Session;
import io.fencegate.storage.session.SessionEnd;

/** A client that Aeron connects, as the line turns to it. The line's thread. */
final class ChannelCaller implements Caller {
    private final ClientChannel channel;
    private final RequestAssembler assembler;
    private final AnswerWay way;
    private final Handover handover;

    /**
     * A client that came.
     *
     * @param channel of the client
     * @param assembler of its requests
     * @param way that answers take
     * @param handover takes the client when it leaves
     */
    ChannelCaller(
            final ClientChannel channel,
            final RequestAssembler assembler,
            final AnswerWay way,
            final Handover handover) {
        this.channel = channel;
        this.assembler = assembler;
        this.way = way;
        this.handover = handover;
    }

    @Override
    public Session session() {
        return channel.session();
    }

    @Override
    public int poll(final int limit) {
        return channel.requests().controlledPoll(assembler, limit);
    }

    @Override
    public boolean isGone() {
        return channel.requests().isClosed();
    }

    @Override
    public void turnTo() {
        way.to(channel.answers());
    }

    @Override
    public void onEnd(final SessionEnd reason) {
        handover.giveBack(channel, reason);
    }
}
